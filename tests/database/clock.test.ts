import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { does, member, one, openStage, organisation, type Actor, type Stage } from './council.ts';

// One clock and one calendar: the day is the one in Shanghai, and only the owner tells a story at another hour.

let stage: Stage;
let owner: Client;
let city: string;
let council: string;
let secretariat: Actor;

beforeAll(async () => {
	stage = await openStage('clock');
	owner = stage.owner;
	city = await organisation(owner, 'government', 'city', '31');
	secretariat = await member(owner, city, 'admin');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
		[city]
	);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing) values ($1, $2, 'voting')`,
		[council, city]
	);
}, 180_000);

afterAll(() => stage?.close());

/** Does something at the given time, as only the owner's session can. */
async function at<T>(time: string, act: () => Promise<T>): Promise<T> {
	await owner.query(`select set_config('xiezhi.clock', $1, false)`, [time]);
	try {
		return await act();
	} finally {
		await owner.query(`select set_config('xiezhi.clock', '', false)`);
	}
}

const register = (name: string) =>
	does(
		owner,
		secretariat,
		`public.register_organisation($1, 'social', $2, $2, $2, $2, '310105', 'voting')`,
		[council, name]
	);

describe('the day', () => {
	test('on which a seat begins and ends is the one in Shanghai, also half an hour after midnight', async () => {
		const seat = await at('2026-11-30 00:30+08', () => register('early'));
		await at('2026-12-01 07:59+08', () =>
			does(owner, secretariat, 'public.end_seat($1, $2)', [council, seat])
		);
		const { rows } = await owner.query(
			`select s.since::text, s.until::text, private.day_of(e.at)::text as recorded
			 from public.council_seats s
			 join public.audit_events e on e.subject_id = s.organisation_id::text and e.verb = 'register_organisation'
			 where s.organisation_id = $1`,
			[seat]
		);
		expect(rows).toEqual([{ since: '2026-11-30', until: '2026-12-01', recorded: '2026-11-30' }]);
	});

	test('opens a seat from its first hour, and not an hour before', async () => {
		const seat = await at('2026-12-02 00:10+08', () => register('early too'));
		const delegate = await member(owner, seat, 'delegate');
		const joined = () =>
			does<number>(owner, delegate, '(select count(*)::int from private.councils_joined())');
		expect(await at('2026-12-01 23:50+08', joined)).toBe(0);
		expect(await at('2026-12-02 00:10+08', joined)).toBe(1);
	});

	test('is asked of one function everywhere: no default, constraint, view, policy or body has a clock of its own', async () => {
		const { rows } = await owner.query<{ thing: string }>(
			`with said (thing, text) as (
				select p.oid::regprocedure::text, regexp_replace(pg_get_functiondef(p.oid), '--[^\\n]*', '', 'g') from pg_proc p
				where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace, 'identity'::regnamespace)
				union all
				select d.adrelid::regclass || ' default', pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
				join pg_class c on c.oid = d.adrelid
				where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'identity'::regnamespace)
				union all
				select c.conname, pg_get_constraintdef(c.oid) from pg_constraint c
				where c.connamespace in ('public'::regnamespace, 'private'::regnamespace, 'identity'::regnamespace)
				union all select viewname, definition from pg_views where schemaname in ('public', 'private')
				union all select policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies
			 )
			 select thing from said
			 where text ~* '(current_date|current_timestamp|localtime|(^|[^.a-z_])(pg_catalog\\.)?(now|clock_timestamp|statement_timestamp|transaction_timestamp)\\(\\))'
			 order by thing`
		);
		expect(rows.map(({ thing }) => thing)).toEqual(['private.moment()', 'private.now()']);
	});
});

describe('the clock', () => {
	const elsewhen = '2020-06-01 00:00+08';
	const moved = `select extract(year from private.now()) = 2020 as moved`;

	test('is moved by the owner for their session alone', async () => {
		expect(await at(elsewhen, () => one<boolean>(owner, moved))).toBe(true);
		expect(await one<boolean>(owner, moved)).toBe(false);
		// Events of one act keep their order all the same.
		const [first, second] = await at(elsewhen, async () => {
			const { rows } = await owner.query<{ a: Date; b: Date }>(
				'select private.moment() as a, pg_sleep(0.001), private.moment() as b'
			);
			return [rows[0]?.a.getTime() ?? 0, rows[0]?.b.getTime() ?? 0];
		});
		expect(second).toBeGreaterThan(first ?? 0);
	});

	test.each(['anon', 'authenticated', 'service_role'])(
		'is moved by no request, which comes as %s over a login of its own',
		async (role) => {
			// The login through which a hosted API becomes one of the three roles of requests.
			await owner.query(`
				do $$ begin
					if not exists (select from pg_roles where rolname = 'visitor') then
						create role visitor login noinherit password 'visitor';
					end if;
				end $$;
				grant anon, authenticated, service_role to visitor;
				grant connect on database postgres to visitor`);
			const url = new URL(stage.backend.ownerUrl);
			url.username = 'visitor';
			url.password = 'visitor';
			expect(await hears(url.href, role)).toBe(false);
		}
	);

	test.each(['databaseApiUrl', 'identityUrl', 'jobsUrl'] as const)(
		'is moved by no service: %s',
		async (login) => {
			expect(
				await hears(stage.backend[login], login === 'databaseApiUrl' ? 'authenticated' : null)
			).toBe(false);
		}
	);

	/** Whether the database believes another time that this login states, in what it records. */
	async function hears(url: string, role: string | null): Promise<boolean> {
		const client = new Client({ connectionString: url });
		await client.connect();
		try {
			await client.query(`select set_config('xiezhi.clock', $1, false)`, [elsewhen]);
			if (role) await client.query(`set role ${role}`);
			const { rows } = await client.query<{ moved: boolean }>(moved);
			return rows[0]?.moved ?? false;
		} catch (error) {
			// Who may not ask for the time cannot state it either.
			expect((error as { code?: string }).code).toBe('42501');
			return false;
		} finally {
			await client.end();
		}
	}
});
