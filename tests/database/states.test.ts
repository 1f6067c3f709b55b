import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filingStates } from '../../src/lib/submissions/states.ts';
import { together } from '../../src/lib/kernel/domains.ts';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { generatedValues } from '../../supabase/embedded/database-values.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';

let backend: Backend;
let owner: Client;

beforeAll(async () => {
	backend = await temporaryBackend();
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
}, 120_000);
afterAll(async () => {
	await owner.end();
	await backend.stop();
});

/** Where the database keeps a state, and what it is called and looks like. */
const tables: Record<string, object> = together(
	Object.values(
		import.meta.glob<Record<string, object>>('../../src/lib/*/states.ts', {
			eager: true,
			import: 'columns'
		})
	)
);

/** A request for more time is told as what was done with it, by its acts. */
const told = ['extension_requests.status'];

test('every state that a row can be in has its word and its look', async () => {
	const values = await generatedValues(backend.ownerUrl);
	const allowed = [...values.matchAll(/^\t'([\w.]+)': (.*);$/gm)].map(([, column, list]) => ({
		column: column!,
		values: [...list!.matchAll(/'(\w+)'/g)].map((match) => match[1]!)
	}));
	const states = allowed.filter(
		({ column }) => /\.(status|outcome|choice)$/.test(column) && !told.includes(column)
	);
	expect(states.map(({ column }) => column).sort()).toEqual(Object.keys(tables).sort());
	for (const { column, values } of states) {
		expect(Object.keys(tables[column]!), column).toEqual(expect.arrayContaining(values));
	}
});

test('the states of an obligation are those of the view, and no others', async () => {
	const { rows } = await owner.query<{ text: string }>(
		`select pg_get_viewdef('public.obligation_states'::regclass) as text`
	);
	const choice =
		/CASE((?:(?!\bCASE\b)[\s\S])*?)END AS state\b/.exec(rows[0]?.text ?? '')?.[1] ?? '';
	const computed = [...choice.matchAll(/(?:THEN|ELSE) '(\w+)'::text/g)].map((match) => match[1]!);
	expect(computed).toHaveLength(6);
	const kept = await owner.query<{ rule: string }>(
		`select pg_get_constraintdef(oid) as rule from pg_constraint
		 where conrelid = 'public.submissions'::regclass and conname = 'the_status_is_known'`
	);
	const statuses = [...(kept.rows[0]?.rule ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1]!);
	expect(Object.keys(filingStates).sort()).toEqual([...computed, ...statuses].sort());
});

test('the values that the code knows are those that the database allows', async () => {
	const file = new URL('../../src/lib/kernel/database-values.ts', import.meta.url);
	expect(readFileSync(file, 'utf8')).toBe(await generatedValues(backend.ownerUrl));
});
