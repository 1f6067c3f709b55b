import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everybody, id, openCouncil, personOf, stage, the } from './access/council.ts';
import { brings, calls, tables } from './access/domains.ts';
import {
	call,
	everyRow,
	exposedTo,
	http,
	keepNothing,
	names,
	read,
	signatures,
	together,
	told,
	writable
} from './access/engine.ts';

// Who may see and do what. It is written out by domain in `access/`; here all of it is compared with the catalogue, and
// tried on everybody through SQL and through HTTP.

beforeAll(async () => {
	await openCouncil(brings);
	await keepNothing();
}, 180_000);
afterAll(() => stage?.close());

describe('the catalogue', () => {
	test('exposes no table, view or column that is not written out', async () => {
		const columns = (of: typeof tables) =>
			Object.fromEntries(of.map(([name, table]) => [name, table.columns]));
		expect(await exposedTo('authenticated')).toEqual(columns(tables));
		expect(await exposedTo('anon')).toEqual(columns(tables.filter(([, table]) => table.anonymous)));
	});

	test('has no table or view in the API that is not written out', async () => {
		expect(
			await names(
				`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f')`
			)
		).toEqual(tables.map(([name]) => name).toSorted());
	});

	test('has no function in the API, by its whole signature, that is not written out', async () => {
		expect(await signatures()).toEqual(calls.map(([signature]) => signature).toSorted());
	});

	test('has no function that only reads whose rows are not written out', async () => {
		const reading = calls.filter(([, { rows }]) => rows).map(([signature]) => signature);
		expect(await signatures(`p.provolatile <> 'v'`)).toEqual(reading.toSorted());
	});

	test('lets nobody without an account call a function', async () => {
		expect(await signatures(`has_function_privilege('anon', p.oid, 'execute')`)).toEqual([]);
	});

	test('has row-level security enabled and forced on every table', async () => {
		expect(
			await names(
				`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
				 where n.nspname in ('public', 'identity', 'private') and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`
			)
		).toEqual([]);
	});

	test('has no table whose changes do not move the versions that answers are kept by', async () => {
		expect(
			await names(
				`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
					select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'versions_follow' and t.tgenabled = 'O'
					and t.tgfoid = 'private.note_change'::regproc
					-- After each statement that inserts, deletes, updates or truncates.
					and t.tgtype = 4 + 8 + 16 + 32
				)`
			)
		).toEqual([]);
	});

	test('has no view that reads with the rights of its owner', async () => {
		expect(
			await names(
				`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
				 and not coalesce(c.reloptions @> array['security_invoker=true'], false)`
			)
		).toEqual([]);
	});

	test('grants nobody a way to write to a table, by column or wholly', async () => {
		expect(
			await names(
				`select concat_ws(' ', grantee, table_name, privilege_type) from information_schema.role_column_grants
				 where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type <> 'SELECT'
				 union all
				 select concat_ws(' ', grantee, table_name, privilege_type) from information_schema.role_table_grants
				 where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type <> 'SELECT'`
			)
		).toEqual([]);
	});

	test('lets people call only those helpers that policies need, and what domains give under the reader’s own rights', async () => {
		expect(
			await names(
				`select p.proname from pg_proc p where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')
				   and (p.prosecdef or p.proname !~ '^(subjects|links|found)_')`
			)
		).toEqual([
			'acting_kind',
			'acting_organisation',
			'answered_for',
			'came_back',
			'claim',
			'councils_convened',
			'councils_joined',
			'day_of',
			'due_dates_decided',
			'effect_of',
			'filed_values',
			'files_of',
			'finds',
			'frequency_months',
			'in_language',
			'indicator_line',
			'interest_in_completion',
			'is_filed',
			'notifications_told',
			'now',
			'of_every_domain',
			'organisation_names',
			'organisations_as',
			'organisations_in_council',
			'organisations_regulated',
			'organisations_reviewed',
			'overview_districts',
			'overview_figures',
			'overview_filings',
			'overview_months',
			'overview_organisations',
			'owed_filing',
			'party',
			'period_end',
			'period_frequency',
			'period_months',
			'period_spoken_of',
			'period_start',
			'person_id',
			'region_line',
			'shortest_frequency',
			'skipped',
			'subjects',
			'target_for',
			'today',
			'unwrap',
			'uuids',
			'wanted'
		]);
		expect(
			await names(
				`select p.oid::regprocedure::text from pg_proc p where p.pronamespace in ('private'::regnamespace, 'public'::regnamespace, 'identity'::regnamespace)
				 and p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false)`
			)
		).toEqual([]);
	});
});

describe('names', () => {
	test('that the fixture does not have are errors, not empty', () => {
		expect(() => the('typo')).toThrow('typo');
		expect(() => personOf('typo')).toThrow('typo');
		expect(() => {
			id.action = undefined as never;
		}).toThrow('action');
	});
});

for (const by of ['sql', 'http'] as const)
	describe(`reading through ${by}`, () => {
		for (const who of everybody)
			test(`${who} reads what is theirs`, async () => {
				for (const [name, table] of tables) {
					const theirs =
						who === 'nobody' && !table.anonymous
							? '42501'
							: 'whole' in table
								? await everyRow(name, table)
								: (table.seen[who]?.toSorted() ?? []);
					expect.soft(await read(by, who, name, table), name).toEqual(theirs);
				}
			});
	});

describe('writing', () => {
	for (const who of everybody)
		test(`${who} changes no table past the verbs`, async () => {
			const past = await writable();
			const statements = past.flatMap(({ table, column, view }) => [
				`insert into public.${table} default values`,
				`update public.${table} set ${column} = ${column}`,
				`delete from public.${table}`,
				...(view ? [] : [`truncate public.${table}`])
			]);
			const answers = await told(who, statements);
			expect(statements.map((statement, at) => `${answers[at]} ${statement}`)).toEqual(
				statements.map((statement) => `42501 ${statement}`)
			);

			const requests = past.flatMap(({ table, column }) =>
				(['POST', 'PATCH', 'DELETE'] as const).map((method) => ({
					method,
					path: method === 'POST' ? table : `${table}?${column}=not.is.null`,
					body: method === 'DELETE' ? undefined : { [column]: null }
				}))
			);
			await together(requests, async ({ method, path, body }) => {
				const { status } = await http(who, path, { method, body });
				expect.soft([401, 403], `${method} ${path}`).toContain(status);
			});
		}, 60_000);
});

for (const by of ['sql', 'http'] as const)
	describe(`calling through ${by}`, () => {
		for (const who of everybody)
			test(`${who} is answered as written, and shown the rows that are theirs`, async () => {
				for (const [signature, tried] of calls) {
					const answer = who === 'nobody' ? '42501' : (tried.answers[who] ?? tried.otherwise);
					const rows = answer === 'done' ? (tried.rows?.seen[who]?.toSorted() ?? []) : [];
					expect.soft(await call(by, who, signature, tried), signature).toEqual({ answer, rows });
				}
			}, 60_000);
	});
