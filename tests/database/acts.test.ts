import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acts, subjects } from '../../src/lib/audit/acts.ts';
import { taskKinds } from '../../src/lib/tasks/kinds.ts';
import type { Backend } from '../../supabase/embedded/backend.ts';
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

test('every act that the database records has its words, and nothing else has', async () => {
	const recorded = await recordings();
	expect(sorted(recorded.flatMap(({ verb }) => textsOf(verb)))).toEqual(sorted(Object.keys(acts)));
});

test('every kind of thing that an act is recorded of has its word and its page, and nothing else has', async () => {
	const recorded = await recordings();
	expect(sorted(recorded.flatMap(({ subject }) => textsOf(subject)))).toEqual(
		sorted(Object.keys(subjects))
	);
});

test('a verb that is chosen by a condition is found in each of its branches', () => {
	expect(textsOf(`case when decision = 'accepted' then 'accept' else 'send_back' end`)).toEqual([
		'accept',
		'send_back'
	]);
	expect(() => textsOf(`'accept_' || kind`)).toThrow();
	expect(() => textsOf(`case when done then verb else 'report' end`)).toThrow();
});

test('every kind of task, finding and link that a domain gives has its words, and nothing else has', async () => {
	expect(await given('tasks')).toEqual(sorted(Object.keys(taskKinds)));
	const withWords = (words: 'found' | 'link') =>
		sorted(Object.entries(subjects).flatMap(([type, subject]) => (subject[words] ? type : [])));
	expect(await given('found')).toEqual(withWords('found'));
	expect(await given('links')).toEqual(withWords('link'));
});

test('whatever is found or linked has a name that its readers may read', async () => {
	expect(await namesOf('subjects')).toEqual(
		expect.arrayContaining([...(await given('found')), ...(await given('links'))])
	);
});

const namesOf = async (gives: string) => {
	const { rows } = await owner.query<{ name: string }>(
		`select substr(proname, length($1) + 2) as name from pg_proc where pronamespace = 'private'::regnamespace and starts_with(proname, $1 || '_') order by 1`,
		[gives]
	);
	return rows.map(({ name }) => name);
};

/** The kinds that stand first in the queries of `private.<gives>_<domain>`. */
async function given(gives: string): Promise<string[]> {
	const { rows } = await owner.query<{ body: string }>(
		`select prosrc as body from pg_proc where pronamespace = 'private'::regnamespace and starts_with(proname, $1 || '_')`,
		[gives]
	);
	return sorted(
		rows.flatMap(({ body }) => [...body.matchAll(/\bselect '(\w+)',/g)].map((match) => match[1]!))
	);
}

const sorted = (texts: string[]) => [...new Set(texts)].sort();

/** The expressions under which the functions of the database record what is done: by `private.record`, or where nobody acts for an organisation yet by a row of their own. */
async function recordings(): Promise<{ verb: string; subject: string }[]> {
	const { rows } = await owner.query<{ name: string; body: string }>(
		`select p.oid::regprocedure::text as name, p.prosrc as body
		 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		 where n.nspname in ('public', 'private', 'identity') and p.proname <> 'record'`
	);
	const found = rows.flatMap(({ name, body }) => {
		const code = body.replace(/--.*$/gm, '');
		const calls = [...code.matchAll(/private\.record\(/g)].map(({ index }) => {
			const [verb = '', subject = ''] = listAt(code, code.indexOf('(', index) + 1);
			return { verb, subject };
		});
		const written = [...code.matchAll(/insert into public\.audit_events\s*\(/g)].map((match) => {
			const start = match.index + match[0].length;
			const columns = listAt(code, start);
			const values = /\)\s*(?:values\s*\(|select\s)/g;
			values.lastIndex = start;
			if (!values.exec(code)) throw new Error(`${name} writes audit events in a way unknown here`);
			const list = listAt(code, values.lastIndex);
			const of = (column: string) => list[columns.indexOf(column)] ?? '';
			return { verb: of('verb'), subject: of('subject_type') };
		});
		return [...calls, ...written];
	});
	// The rule would hold of nothing at all.
	expect(found.length).toBeGreaterThan(50);
	return found;
}

/** The expressions of a list in SQL from where its bracket has opened, or its `select` begun. */
function listAt(code: string, start: number): string[] {
	const parts = [''];
	let depth = 0;
	let quoted = false;
	for (const sign of code.slice(start)) {
		if (sign === "'") quoted = !quoted;
		else if (!quoted && sign === '(') depth++;
		else if (!quoted && sign === ')' && depth-- === 0) break;
		if (sign === ',' && depth === 0 && !quoted) parts.push('');
		else parts[parts.length - 1] += sign;
	}
	return parts.map((part) => part.trim());
}

/** The texts that an expression can be. One that is put together some other way is not readable here, and fails. */
function textsOf(expression: string): string[] {
	const plain = /^'([a-z_]+)'$/.exec(expression);
	if (plain) return [plain[1]!];
	const branches = [...expression.matchAll(/\b(?:then|else)\s+('?[^\s]+)/g)].map(
		(match) => match[1]!
	);
	if (!/^case\s.*\send$/s.test(expression) || !branches.length) {
		throw new Error(`the verb of an act is not written out: ${expression}`);
	}
	return branches.flatMap(textsOf);
}
