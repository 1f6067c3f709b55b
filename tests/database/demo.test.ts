import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPassword } from 'better-auth/crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { together } from '../../src/lib/kernel/domains.ts';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';
import { loadDemo } from '../../supabase/seed/demo/load.ts';
import { councilId, partyOf } from '../../supabase/seed/demo/parties.ts';
import { seats, type Account } from '../../supabase/seed/demo/people.ts';
import { calendarOf } from '../../supabase/seed/demo/time.ts';
import { as, notificationsRead } from './council.ts';

vi.setConfig({ testTimeout: 120_000 });

let backend: Backend;
let owner: Client;
const calendar = calendarOf(new Date());
const newest = calendar.months.at(-1) ?? '';

beforeAll(async () => {
	backend = await temporaryBackend('demonstration');
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
}, 600_000);

afterAll(async () => {
	await owner?.end();
	await backend?.stop();
}, 60_000);

async function rows<T = Record<string, unknown>>(
	sql: string,
	values: unknown[] = []
): Promise<T[]> {
	return (await owner.query(sql, values)).rows as T[];
}

/** How many rows a statement finds: the statements below look for what must not be. */
async function found(sql: string, values: unknown[] = []): Promise<number> {
	return (await owner.query(sql, values)).rowCount ?? 0;
}

function accounts(): Account[] {
	return JSON.parse(readFileSync(join(backend.dataDir, 'demo-accounts.json'), 'utf8')) as Account[];
}

function actor(email: string) {
	const seat = seats.find((one) => one.email === `${email}@demo.xiezhi.example`);
	if (!seat) throw new Error(`Nobody is called ${email}.`);
	return { person: seat.person, organisation: partyOf(seat.party).id };
}

/** What a function or view gives this person; nothing of it is kept. */
function seenBy<T>(email: string, sql: string, values: unknown[] = []): Promise<T[]> {
	return as(owner, actor(email), async (client) => (await client.query(sql, values)).rows as T[]);
}

describe('whoever tries the demonstration', () => {
	it('is not given it twice', async () => {
		expect(await loadDemo({ ownerUrl: backend.ownerUrl, dataDir: backend.dataDir })).toBe(false);
	});

	it('finds an account for every kind and role in a file that only its owner reads', () => {
		expect(statSync(join(backend.dataDir, 'demo-accounts.json')).mode & 0o777).toBe(0o600);
		const all = accounts();
		const has = (kind: string, role: string) =>
			all.filter((one) => one.kind === kind && one.roles.some((held) => held === role)).length;
		for (const kind of ['government', 'platform', 'party', 'social', 'community', 'union'])
			expect(has(kind, 'delegate'), `a delegate of kind ${kind}`).toBeGreaterThan(0);
		expect(all[0]?.roles).toEqual(['admin', 'delegate']);
		expect(has('government', 'reviewer')).toBeGreaterThanOrEqual(2);
		expect(has('platform', 'reporter')).toBeGreaterThanOrEqual(3);
		expect(has('platform', 'admin')).toBeGreaterThanOrEqual(3);
		expect(has('community', 'reporter')).toBeGreaterThanOrEqual(2);
		expect(all.some((one) => one.roles.join() === 'auditor')).toBe(true);
		expect(all.some((one) => one.roles.join() === 'viewer')).toBe(true);
		expect(new Set(all.map((one) => one.email)).size).toBe(all.length - 1);
	});

	it('signs in with the passwords of the file', async () => {
		for (const account of accounts().slice(0, 3)) {
			const [stored] = await rows<{ password: string }>(
				`select a.password from identity.account a join identity."user" u on u.id = a.user_id
				 where u.email = $1 and a.provider_id = 'credential' and a.account_id = u.id::text`,
				[account.email]
			);
			expect(
				await verifyPassword({ hash: stored?.password ?? '', password: account.password })
			).toBe(true);
		}
	});
});

/** What no scene reaches, or what is computed of the others. */
const untold: Record<string, string[]> = {
	'agenda_items.status': ['withdrawn'],
	'meetings.status': ['open'],
	'resolutions.status': ['voting'],
	'objections.outcome': ['waiting', 'withdrawn'],
	'submissions.status': ['excused', 'not_open', 'open', 'due_soon', 'overdue', 'partly_accepted']
};

/** Where the database keeps states, and which. */
const columns: Record<string, object> = together(
	Object.values(
		import.meta.glob<Record<string, object>>('../../src/lib/*/states.ts', {
			eager: true,
			import: 'columns'
		})
	)
);

it.each(Object.entries(columns))('shows every state of %s', async (column, states) => {
	const [table, name] = column.split('.');
	const told = await rows<{ state: string }>(
		`select distinct ${name} as state from public.${table} where ${name} is not null`
	);
	expect([...told.map(({ state }) => state), ...(untold[column] ?? [])].sort()).toEqual(
		Object.keys(states).sort()
	);
});

describe('the figures', () => {
	it('are many, and of every state', async () => {
		const [count] = await rows<{ entries: number }>(
			'select count(*)::integer as entries from public.entries'
		);
		expect(count?.entries).toBeGreaterThan(60_000);
		expect(count?.entries).toBeLessThan(200_000);
		const states = await rows<{ status: string }>(
			'select distinct status from public.submissions order by 1'
		);
		expect(states.map((one) => one.status)).toEqual([
			'accepted',
			'draft',
			'reopened',
			'returned',
			'submitted',
			'superseded'
		]);
		expect(
			await found(`select from public.obligations where excused_reason is not null`)
		).toBeGreaterThan(0);
		expect(await found(`select from public.submissions where late_days > 0`)).toBeGreaterThan(10);
		expect(await found(`select from public.entries where explanation is not null`)).toBeGreaterThan(
			0
		);
		expect(
			await found(`select distinct missing_reason from public.entries where value is null`)
		).toBe(4);
	});

	it('happened in the order of time', async () => {
		expect(
			await found(
				`select from public.submissions s join public.obligations o on o.id = s.obligation_id
				 where s.submitted_at > now() or s.decided_at > now() or s.decided_at < s.submitted_at or s.submitted_at < o.opens_on - 1`
			)
		).toBe(0);
		expect(await found(`select from public.audit_events where at > now()`)).toBe(0);
		expect(
			await found(
				`select from public.reviews r join public.submissions s on s.id = r.submission_id
				 where r.reviewed_at < s.submitted_at or r.reviewed_at > now()`
			)
		).toBe(0);
	});
});

describe('the people of the demonstration', () => {
	it('file: Xunda still has the newest month to file, Hewei got it back, Xiaobu waits', async () => {
		const state = (email: string) =>
			seenBy<{ state: string }>(
				email,
				`select state from public.obligation_states where period = $1`,
				[newest]
			);
		expect((await state('reporter.xunda'))[0]?.state).toMatch(/open|due_soon|overdue/);
		expect((await state('reporter.hewei'))[0]?.state).toBe('returned');
		expect((await state('reporter.xiaobu'))[0]?.state).toBe('submitted');
	});

	it('review: both districts and the city find filings, and what the district accepts goes on to the city', async () => {
		const queue = (email: string) =>
			seenBy<{ submission_id: string; dataset_code: string }>(
				email,
				'select * from public.review_queue()'
			);
		expect((await queue('reviewer.pudong')).length).toBeGreaterThan(0);
		const [mine] = await queue('reviewer.changning');
		const [endorsed] = await seenBy<{ accept_submission: string }>(
			'reviewer.changning',
			'select public.accept_submission($1)',
			[mine?.submission_id]
		);
		expect(endorsed?.accept_submission).toBe('submitted');
		const city = await queue('reviewer.city');
		for (const dataset of ['platform_labour_monthly', 'community_service_monthly']) {
			const one = city.find((item) => item.dataset_code === dataset);
			const [accepted] = await seenBy<{ accept_submission: string }>(
				'reviewer.city',
				'select public.accept_submission($1)',
				[one?.submission_id]
			);
			expect(accepted?.accept_submission).toBe('accepted');
		}
	});

	it('find filings of very different risk, with rules that really fired and what the clerk says to them', async () => {
		const queue = await seenBy<{ submission_id: string; risk: number }>(
			'reviewer.city',
			'select * from public.review_queue()'
		);
		expect(queue[0]?.risk).toBeGreaterThan(12);
		expect(queue.at(-1)?.risk).toBeLessThan(3);
		expect(new Set(queue.map(({ risk }) => risk)).size).toBeGreaterThan(2);
		const fired = await rows<{ kind: string; least: number }>(
			`select w ->> 'kind' as kind, min(char_length(w ->> 'explanation')) as least
			 from (select warning -> 'params' || warning as w from public.submissions s, jsonb_array_elements(s.warnings) warning where s.id = any ($1)) x
			 group by 1 order by 1`,
			[queue.map(({ submission_id }) => submission_id)]
		);
		expect(fired.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(['jump', 'peer_outlier', 'z_score'])
		);
		for (const { least } of fired) expect(least).toBeGreaterThanOrEqual(10);
	});

	it('decide on more time: one request waits, one was granted and moved its date, one was declined', async () => {
		const asked = await rows<{ status: string }>(
			'select status from public.extension_requests order by 1'
		);
		expect(asked.map(({ status }) => status)).toEqual(['approved', 'declined', 'open']);
		expect((await seenBy('reviewer.city', 'select * from public.extension_queue()')).length).toBe(
			1
		);
		expect(
			await found(
				`select from public.obligations o join public.extension_requests r on r.obligation_id = o.id and r.status = 'approved'
				 join public.submissions s on s.obligation_id = o.id and s.version = 1
				 where o.due_on = r.due_after and o.original_due_on = r.due_before
					and s.late_days = greatest((s.submitted_at at time zone 'Asia/Shanghai')::date - o.due_on, 0)`
			)
		).toBe(1);
	});

	it('correct what was accepted, with its effect, and objection what they do not agree with', async () => {
		const corrected = await rows<{ effects: number }>(
			`select count(e.revision_id)::integer as effects from public.revisions r
			 left join public.revision_effects e on e.revision_id = r.id and e.own_before is distinct from e.own_after
			 where r.submission_id is not null group by r.id`
		);
		expect(corrected).toHaveLength(4);
		for (const { effects } of corrected) expect(effects).toBeGreaterThan(0);
		expect(
			await found(
				`select from public.revision_effects where kind = 'indicator' and total_before <> total_after`
			)
		).toBeGreaterThan(0);
		expect(
			await found(
				`select from public.revisions r join public.submissions a on a.id = r.submission_id join public.submissions b on b.id = r.replaces_id
				 where a.status <> 'accepted' or b.status <> 'superseded' or r.revised_at <> a.decided_at or r.opened_at not between b.decided_at and a.submitted_at`
			)
		).toBe(0);
		const outcomes = await rows<{ outcome: string | null }>(
			'select outcome from public.objections order by 1 nulls first'
		);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([null, 'accepted_as_filed', 'upheld']);
		const [open] = await seenBy<{ submission_id: string }>(
			'secretariat',
			'select submission_id from public.objections where outcome is null'
		);
		expect(
			await found(
				`select from public.submissions s join public.submissions a on a.obligation_id = s.obligation_id and a.status = 'accepted'
				 where s.id = $1 and s.status = 'returned' and s.version > a.version`,
				[open?.submission_id]
			)
		).toBe(1);
		expect(
			await found(
				`select from public.lock_exceptions e join public.obligation_states o on o.id = e.obligation_id
				 where e.until > current_date and o.locks_on < current_date and o.state = 'accepted'`
			)
		).toBe(1);
		// A meeting that met before a correction keeps the figure of then.
		expect(
			await found(
				`select from public.snapshots n cross join lateral jsonb_array_elements(n.content -> 'figures') f
				 join public.revisions r on r.period = f ->> 'period' and r.revised_at > n.taken_at
				 join public.revision_effects e on e.revision_id = r.id and e.kind = 'indicator' and e.code = f ->> 'indicator' and e.region_code = f ->> 'region'
				 where f ->> 'hidden' is null and round((f ->> 'value')::numeric, 4) = round(e.total_after, 4) and e.total_before <> e.total_after`
			)
		).toBe(0);
	});

	it('talk about what came back: one filing is accepted in part, and its marks are answered', async () => {
		const [partly] = await rows<{
			accepted: string[];
			counted: string[];
			filed: string[];
			replies: number;
		}>(
			`select s.accepted_measures as accepted,
				array(select distinct t.measure_code from public.totals t where t.submission_id = s.id order by 1) as counted,
				array(select distinct e.measure_code from public.entries e where e.submission_id = s.id order by 1) as filed,
				(select count(*)::integer from public.mark_replies p join public.reviews r on r.id = p.review_id
				 join public.submissions v on v.id = r.submission_id where v.obligation_id = s.obligation_id) as replies
			 from public.submissions s where s.accepted_measures <> '{}'`
		);
		expect(partly?.accepted.length).toBeGreaterThan(5);
		expect(partly?.counted.toSorted()).toEqual(partly?.accepted.toSorted());
		expect(partly?.filed.length).toBe((partly?.accepted.length ?? 0) + 1);
		expect(partly?.replies).toBe(2);
	});

	it('are told what is due and what was decided, and have not read all of it', async () => {
		for (const who of [
			'reporter.xunda',
			'office.linli',
			'office.tuoling',
			'reviewer.city',
			'secretariat'
		])
			expect(
				(await seenBy(who, `select * from ${notificationsRead} where read_at is null`)).length,
				who
			).toBeGreaterThan(0);
		expect(await found('select from public.notifications where created_at > now()')).toBe(0);
		const told = async (who: string) =>
			(await seenBy<{ kind: string }>(who, `select kind from ${notificationsRead}`)).map(
				({ kind }) => kind
			);
		expect(await told('reporter.hewei')).toEqual(expect.arrayContaining(['returned', 'accepted']));
		expect(await told('reviewer.city')).toEqual(expect.arrayContaining(['replied', 'objected']));
		expect(await told('secretariat')).toEqual(
			expect.arrayContaining(['objection_to_decide', 'extension_asked'])
		);
		const kinds = await rows<{ kind: string }>(
			'select kind from public.notifications group by kind having bool_or(read_at is null)'
		);
		expect(kinds.map(({ kind }) => kind)).toEqual(
			expect.arrayContaining(['partly_accepted', 'reopened', 'accepted'])
		);
	});

	it('act: every state of an action item is there, one is overdue and one was sent back', async () => {
		const states = await rows<{ status: string }>(
			'select distinct status from public.action_items order by 1'
		);
		expect(states.map((one) => one.status)).toEqual([
			'accepted',
			'assigned',
			'cancelled',
			'in_progress',
			'reported'
		]);
		expect(
			await found(
				`select from public.action_items where status in ('assigned', 'in_progress') and due_on < current_date`
			)
		).toBeGreaterThan(0);
		expect(
			await found(
				`select from public.action_items a where a.status = 'in_progress'
				 and exists (select from public.action_reports r where r.action_item_id = a.id and r.kind = 'sent_back')`
			)
		).toBeGreaterThan(0);
		expect(
			await found(
				`select from public.files f join private.file_contents c on c.file_id = f.id
				 where f.sha256 = encode(sha256(c.content), 'hex') and f.size = octet_length(c.content)`
			)
		).toBeGreaterThan(5);
	});

	it('meet: five meetings are closed, the next is planned with an agenda, one resolution was rejected', async () => {
		expect(
			await found(
				`select from public.meetings m join public.snapshots s on s.meeting_id = m.id where m.status = 'closed' and m.minutes_en <> ''`
			)
		).toBe(5);
		expect(
			await found(
				`select from public.meetings m join public.agenda_items a on a.meeting_id = m.id where m.status = 'planned'`
			)
		).toBeGreaterThan(1);
		expect(await found(`select from public.resolutions where status = 'rejected'`)).toBe(1);
		expect(await found(`select from public.votes where choice = 'reserved'`)).toBeGreaterThan(0);
		expect(
			await found(`select from public.agenda_items where status = 'proposed'`)
		).toBeGreaterThan(0);
		expect(await found(`select from public.release_figures`)).toBeGreaterThan(20);
		expect(await found(`select distinct release_id from public.release_figures`)).toBe(2);
	});

	it('see that the resolution on occupational injury helped', async () => {
		const series = await seenBy<{ period: string; value: string; hidden: string | null }>(
			'officer.union',
			`select period, value, hidden from public.indicator_series($1, 'IN6') where scope = 'total'`,
			[councilId]
		);
		const value = (index: number) =>
			Number(series.find((one) => one.period === calendar.months[index])?.value);
		expect(value(10)).toBeLessThan(63);
		expect(value(15)).toBeLessThan(63);
		expect(value(18)).toBeGreaterThan(value(15) + 8);
		expect(value(22)).toBeGreaterThan(80);
	});
});

it('the figures that are kept say what the guarded computation says', async () => {
	// A quarter and the months around it: all of them would only take longer. What others are told of ratios of which
	// cells are missing is computed from that, and tried by itself.
	const told = `where $2 or (indicator_code, region_code, period) not in
		(select u.indicator_code, u.region_code, u.period from private.unmatched u where u.council_id = $1)`;
	for (const exact of [true, false]) {
		const { rows: differing } = await owner.query(
			`with kept as (
				select f.indicator_code, f.version, f.period, f.starts_on, f.region_code, f.numerator, f.denominator, f.value, f.contributors, f.hidden
				from private.figures f
				where f.council_id = $1 and f.exact = $2 and f.starts_on >= $3::date - interval '3 months'
			),
			computed as (
				select * from private.disclosed($1, (select array_agg(i.code) from public.indicators i),
					($3::date - interval '3 months')::date, $3::date + 365, true, $2)
			)
			 (select * from kept ${told} except select * from computed ${told}) union all (select * from computed ${told} except select * from kept ${told})`,
			[councilId, exact, `${newest}-01`]
		);
		expect(differing, exact ? 'for the regulator' : 'for everybody else').toEqual([]);
	}
	expect(await found('select from private.figures where not exact')).toBeGreaterThan(1000);
	expect(await found('select from private.figures_due')).toBe(0);
});
