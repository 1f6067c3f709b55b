import { isRedirect } from '@sveltejs/kit';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { load as audit } from '../../src/routes/(app)/audit/+page.server.ts';
import { load as notifications } from '../../src/routes/(app)/notifications/+page.server.ts';
import { load as submissions } from '../../src/routes/(app)/submissions/+page.server.ts';
import { openDb } from '#lib/server/db.ts';
import {
	as,
	does,
	file,
	member,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';

// Lists are filtered, sorted and paged where the rows are: what a page is answered, and that nobody learns of more rows
// than are theirs.

type Row = Record<string, unknown> & { id: string };
type Page = { rows: Row[]; total: number } & Record<string, unknown>;

/** Periods of each of two platforms, and of an office. */
const MANY = 5000;
const FEW = 600;

let stage: Stage;
let owner: Client;
let council: string;
const people = {} as Record<
	'secretariat' | 'reporter' | 'rival' | 'office' | 'union' | 'stranger',
	Actor
>;

beforeAll(async () => {
	stage = await openStage('lists');
	owner = stage.owner;
	await registry(owner);
	const convener = await organisation(owner, 'government', '召集单位', '31');
	const ours = await organisation(owner, 'platform', '迅达', '31');
	const rival = await organisation(owner, 'platform', '安行', '31');
	const office = await organisation(owner, 'community', '街道', '310105001');
	const union = await organisation(owner, 'union', '工会', '31');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
		[convener]
	);
	for (const seat of [convener, ours, rival, office, union])
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, $3, '2026-01-01')`,
			[council, seat, seat === office ? 'observer' : 'voting']
		);
	people.secretariat = await member(owner, convener, 'admin', 'delegate', 'reviewer');
	people.reporter = await member(owner, ours, 'reporter');
	people.rival = await member(owner, rival, 'reporter', 'admin');
	people.office = await member(owner, office, 'reporter');
	people.union = await member(owner, union, 'delegate');
	people.stranger = await member(
		owner,
		await organisation(owner, 'union', '外地工会', '33'),
		'admin'
	);
	// All due on the same day: only a unique key orders them.
	await owner.query(
		`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
		 select $1, 'test_monthly', o, to_char(make_date(1, 1, 1) + make_interval(months => n), 'YYYY-MM'), '2026-01-01', '2026-01-10'
		 from unnest(array[$2, $3]::uuid[]) o, generate_series(1, $4) n`,
		[council, ours, rival, MANY]
	);
	await owner.query(
		`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
		 select $1, 'test_services', $2, to_char(make_date(1, 1, 1) + make_interval(months => n), 'YYYY-MM'), '2026-01-01', '2026-01-10'
		 from generate_series(1, $3) n`,
		[council, office, FEW]
	);
	await owner.query('analyze public.obligations');
}, 120_000);

afterAll(() => stage?.close());

/** A page of a list as somebody is answered it. */
const page = (who: keyof typeof people, call: string, list: Record<string, unknown> = {}) =>
	as(owner, people[who], (client) =>
		one<Page>(client, `select public.${call.replace('$list', '$1')}`, [JSON.stringify(list)])
	);
const filings = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
	page(who, 'submissions_page($list)', list);

/** Where a page leads who asks for it by this address; null: it shows what was asked for. */
async function led(who: keyof typeof people, load: (event: never) => unknown, address: string) {
	const { apiUrl, publishableKey } = stage.backend;
	const db = openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, people[who]));
	const url = new URL(address, 'http://127.0.0.1');
	const event = { locals: { db, acting: null }, url } as never;
	return Promise.resolve(load(event)).then(
		() => null,
		(caught: unknown) => (isRedirect(caught) ? caught.location : caught)
	);
}

/** A list read page by page to its end. */
async function whole(who: keyof typeof people, call: string, list: Record<string, unknown>) {
	const rows: Row[] = [];
	for (;;) {
		const part = await page(who, call, { ...list, skipped: rows.length });
		if (part.rows.length === 0) return rows;
		rows.push(...part.rows);
	}
}

describe('of ten thousand obligations', () => {
	test('a page holds a page, and says how many there are', async () => {
		const found = await filings('secretariat', { wanted: 50 });
		expect([found.rows.length, found.total]).toEqual([50, 2 * MANY + FEW]);
		expect(JSON.stringify(found).length).toBeLessThan(60_000);
		// Nobody is handed the whole list, however many rows they ask for.
		expect((await filings('secretariat', { wanted: 1_000_000 })).rows).toHaveLength(500);
		expect((await filings('secretariat', { wanted: -1, skipped: -1 })).rows).toHaveLength(1);
	});

	test.each([{}, { sort: 'due' }, { sort: 'organisation', descending: 1 }, { sort: 'state' }])(
		'every one stands on exactly one page: %j',
		async (order) => {
			const all = await whole('secretariat', 'submissions_page($list)', {
				...order,
				dataset: 'test_services',
				wanted: 250
			});
			expect(all).toHaveLength(FEW);
			expect(new Set(all.map(({ id }) => id)).size).toBe(FEW);
		}
	);

	test('the last page is short, and past it stands nothing but how many there are', async () => {
		const last = await filings('reporter', { skipped: MANY - 7, wanted: 50 });
		expect([last.rows.length, last.total]).toEqual([7, MANY]);
		const past = await filings('reporter', { skipped: MANY + 50, wanted: 50 });
		expect([past.rows, past.total]).toEqual([[], MANY]);
	});

	test('a platform is told of its own, and of nobody else’s in no part of the page', async () => {
		for (const [who, other] of [
			['reporter', 'rival'],
			['rival', 'reporter']
		] as const) {
			const own = people[who].organisation;
			const found = await filings(who, { sort: 'organisation' });
			expect(found.total).toBe(MANY);
			expect(new Set(found.rows.map((row) => row.organisation_id))).toEqual(new Set([own]));
			expect(found.organisations).toMatchObject([{ id: own }]);
			expect(found.completeness).toMatchObject({ expected: MANY });
			const theirs = people[other].organisation;
			expect(JSON.stringify(found)).not.toContain(theirs);
			const asked = await filings(who, { organisation: theirs });
			expect([asked.rows, asked.total]).toEqual([[], 0]);
			expect(asked.completeness).toMatchObject({ expected: 0 });
		}
		const stranger = await filings('stranger');
		expect(stranger).toMatchObject({
			rows: [],
			total: 0,
			organisations: [],
			datasets: [],
			years: []
		});
	});

	test('a reporter sees first what has waited longest, and how much waits', async () => {
		const { waiting } = (await filings('reporter')) as unknown as { waiting: Page };
		expect([waiting.rows.length, waiting.total]).toEqual([50, MANY]);
		expect(waiting.rows[0]).toMatchObject({ state: 'overdue', wished_on: null });
		expect((await filings('secretariat')).waiting).toEqual({ rows: [], total: 0 });
	});

	test('a filter and an order hold over all pages, not only over the one that is shown', async () => {
		const [first] = (await filings('reporter', { sort: 'period' })).rows;
		expect(first?.period).toBe('0001-02');
		const [last] = (await filings('reporter', { sort: 'period', descending: 1 })).rows;
		expect(String(last?.period) > '0400').toBe(true);
		const filed = await file(owner, people.reporter, String(last?.id), [
			['test_workers', '310105', 10],
			['test_signed', '310105', 5]
		]);
		await does(owner, people.secretariat, 'public.accept_submission($1)', [filed]);
		const accepted = await filings('secretariat', { state: 'accepted' });
		expect(accepted.rows.map(({ id }) => id)).toEqual([last?.id]);
		expect(accepted.total).toBe(1);
		expect(accepted.completeness).toEqual({ expected: 1, received: 1, accepted: 1, on_time: 0 });
		expect((await filings('rival', { state: 'accepted' })).total).toBe(0);
		expect((await filings('rival', { dataset: 'test_services' })).total).toBe(0);
		expect((await filings('secretariat')).completeness).toEqual({
			expected: 2 * MANY + FEW,
			received: 1,
			accepted: 1,
			on_time: 0
		});
	});

	test('an excused organisation is not counted as missing', async () => {
		const [one] = (await filings('rival')).rows;
		await owner.query(`update public.obligations set excused_reason = '停业整顿' where id = $1`, [
			one?.id
		]);
		expect((await filings('rival')).completeness).toMatchObject({ expected: MANY - 1 });
		expect((await filings('rival')).total).toBe(MANY);
	});

	test('an address past the end leads to the last page', async () => {
		const address = '/submissions?sort=due&page=999&whatever=1';
		expect(await led('rival', submissions, address)).toBe('/submissions?sort=due&page=100');
	});
});

describe('action items', () => {
	const items = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `action_items_page('${council}', $list)`, list);

	beforeAll(async () => {
		const meeting = await does(
			owner,
			people.secretariat,
			`public.plan_meeting($1, '会', 'meeting', now())`,
			[council]
		);
		const agenda = await one(
			owner,
			`insert into public.agenda_items (council_id, meeting_id, position, title_zh, title_en, proposed_by_organisation, proposed_by, status)
			 values ($1, $2, 1, '议题', 'item', $3, $4, 'scheduled') returning id`,
			[council, meeting, people.secretariat.organisation, people.secretariat.person]
		);
		const resolution = await one(
			owner,
			`insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, status, proposed_by, decided_at)
			 values ($1, $2, $3, '决议', 'resolution', 'simple', 'adopted', $4, now()) returning id`,
			[council, meeting, agenda, people.secretariat.person]
		);
		const made = (count: number, accountable: Actor, status: string, due: string) =>
			owner.query(
				`insert into public.action_items (council_id, resolution_id, title_zh, title_en, accountable_id, accepting_id,
					definition_of_done_zh, definition_of_done_en, due_on, status, assigned_by)
				 select $1, $2, '任务 ' || n, 'task ' || n, $3, $4, '', '', $5, $6, $7 from generate_series(1, $8) n`,
				[
					council,
					resolution,
					accountable.organisation,
					people.union.organisation,
					due,
					status,
					people.secretariat.person,
					count
				]
			);
		await made(120, people.office, 'assigned', '2020-01-01');
		await made(3, people.office, 'reported', '2020-01-01');
		await made(2, people.reporter, 'accepted', '2020-03-01');
		await made(1, people.reporter, 'accepted', '2020-05-01');
		await made(1, people.reporter, 'in_progress', '2099-01-01');
	}, 60_000);

	test('show an office its own first, and others as it asks', async () => {
		expect(await items('office')).toMatchObject({
			show: 'mine',
			total: 123,
			counts: { mine: 123, all: 127, overdue: 120 }
		});
		expect(await items('rival')).toMatchObject({ show: 'all', total: 127, counts: { mine: 0 } });
		expect((await items('office', { show: 'all' })).total).toBe(127);
		expect((await items('reporter', { show: 'overdue' })).total).toBe(120);
		expect((await items('office', { show: 'all', status: 'accepted' })).total).toBe(3);
		const party = people.reporter.organisation;
		expect((await items('office', { show: 'all', organisation: party })).total).toBe(4);
		const accepting = people.union.organisation;
		expect((await items('office', { show: 'all', organisation: accepting })).total).toBe(127);
	});

	test('stand in the order in which an office works: what is latest, what waits for acceptance, the newest that is finished', async () => {
		const all = await whole('rival', `action_items_page('${council}', $list)`, { wanted: 50 });
		expect(new Set(all.map(({ id }) => id)).size).toBe(127);
		const told = [
			...new Set(all.map(({ status, due_on }) => `${String(status)} ${String(due_on)}`))
		];
		expect(told).toEqual([
			'assigned 2020-01-01',
			'in_progress 2099-01-01',
			'reported 2020-01-01',
			'accepted 2020-05-01',
			'accepted 2020-03-01'
		]);
	});

	test('are sorted by what the reader sees, in either language', async () => {
		const [first] = (await items('rival', { sort: 'accountable', descending: 1 })).rows;
		expect(first?.accountable).toMatchObject({ name_zh: '迅达' });
		const [due] = (await items('rival', { sort: 'due', descending: 1, language: 'en' })).rows;
		expect(due?.due_on).toBe('2099-01-01');
	});

	test('of a council are none of a stranger’s, not even how many', async () => {
		expect(await items('stranger')).toMatchObject({
			rows: [],
			total: 0,
			counts: { mine: 0, all: 0, overdue: 0 },
			organisations: []
		});
	});
});

describe('meetings', () => {
	const meetings = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `meetings_page('${council}', $list)`, list);

	test('are paged, with the one that comes next whichever page is open', async () => {
		const before = (await meetings('union')).total;
		for (const days of [30, 9, 90])
			await does(
				owner,
				people.secretariat,
				`public.plan_meeting($1, $2, $2, now() + make_interval(days => $3))`,
				[council, `第 ${days} 天`, days]
			);
		await owner.query(
			`update public.meetings set status = 'closed', opened_at = now(), closed_at = now() where title_zh = '会'`
		);
		const second = await meetings('union', { wanted: 2, skipped: 2 });
		expect(second.total).toBe(before + 3);
		expect(second.rows.map((row) => row.title_zh)).toEqual(['第 9 天', '会']);
		expect(second.next).toMatchObject({ title_zh: '第 9 天', agenda_items: 0 });
		expect((second.planned as Row[]).map((row) => row.title_zh)).toEqual([
			'第 9 天',
			'第 30 天',
			'第 90 天'
		]);
		const closed = await meetings('union', { status: 'closed' });
		expect(closed.rows).toMatchObject([{ title_zh: '会', agenda_items: 1, adopted: 1 }]);
		expect((await meetings('union', { sort: 'at' })).rows[0]?.title_zh).toBe('会');
		expect(await meetings('stranger')).toMatchObject({
			rows: [],
			total: 0,
			next: null,
			planned: []
		});
	});
});

describe('the register of organisations', () => {
	const register = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `organisations_page('${council}', $list)`, list);
	const names = ({ rows }: Page) => rows.map((row) => row.name_zh);

	test('is read by kind, searched by name and by what a seat is', async () => {
		expect(names(await register('union'))).toEqual(['召集单位', '工会', '安行', '迅达', '街道']);
		expect(names(await register('union', { kind: 'platform' }))).toEqual(['安行', '迅达']);
		expect(names(await register('union', { q: ' 街 ' }))).toEqual(['街道']);
		expect(names(await register('union', { seat: 'observer' }))).toEqual(['街道']);
		expect(names(await register('union', { sort: 'name', descending: 1 }))).toEqual([
			'召集单位',
			'迅达',
			'街道',
			'工会',
			'安行'
		]);
		expect(await register('union', { wanted: 2, skipped: 4 })).toMatchObject({
			rows: [{ name_zh: '街道' }],
			total: 5,
			seats: { count: 5, voting: 4, observers: 1 },
			regions: []
		});
		expect((await register('secretariat')).regions).not.toEqual([]);
	});

	test('shows a seat that ended, last and as such', async () => {
		await does(owner, people.secretariat, 'public.end_seat($1, $2)', [
			council,
			people.union.organisation
		]);
		expect(names(await register('rival')).at(-1)).toBe('工会');
		expect(names(await register('rival', { seat: 'ended' }))).toEqual(['工会']);
		expect((await register('rival')).seats).toMatchObject({ count: 4 });
		expect(await register('stranger')).toMatchObject({ rows: [], total: 0, council: null });
	});
});

describe('two thousand notifications', () => {
	const told = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, 'notifications_page($list)', list);
	const all = 2000;

	beforeAll(async () => {
		await owner.query('delete from public.notifications');
		// Who has nothing to do with them was told before that was so.
		for (const who of ['reporter', 'rival', 'stranger'] as const)
			await owner.query(
				`insert into public.notifications (person_id, organisation_id, kind, subject_type, subject_id, due_on, created_at, read_at)
				 select $1::uuid, $2::uuid, kind, subject_type, subject_id, due_on,
					-- Told two at a time: only a unique key orders those.
					now() - make_interval(mins => (n / 2)::integer), case when n % 4 = 0 then now() end
				 from (
					-- Every tenth tells of a day that was moved since.
					select 'due_in_5' as kind, 'obligation' as subject_type, o.id::text as subject_id, row_number() over (order by o.period) as n,
						o.due_on + case when row_number() over (order by o.period) % 10 = 0 then 1 else 0 end as due_on
					from public.obligations o
					where o.organisation_id = $3 and not exists (select from public.submissions s where s.obligation_id = o.id) limit 1990
				 ) due
				 union all
				 select $1::uuid, $2::uuid, 'meeting_planned', 'meeting', (select id::text from public.meetings where status = 'planned' limit 1), current_date + n::integer, now(), null
				 from generate_series(1, 10) n`,
				[people[who].person, people[who].organisation, people.reporter.organisation]
			);
	}, 60_000);

	test('are paged to the last, the newest first', async () => {
		const rows = await whole('reporter', 'notifications_page($list)', { wanted: 500 });
		expect(new Set(rows.map(({ id }) => id)).size).toBe(all);
		const days = rows.map((row) => String(row.created_at));
		expect(days).toEqual(days.toSorted().toReversed());
		const past = await told('reporter', { skipped: all + 50, wanted: 50 });
		expect([past.rows, past.total]).toEqual([[], all]);
	});

	test('are found by what they are about, and by what was not read and still holds', async () => {
		const meetings = await told('reporter', { about: 'meeting' });
		expect(new Set(meetings.rows.map((row) => row.kind))).toEqual(new Set(['meeting_planned']));
		expect(meetings.total).toBe(10);
		expect((await told('reporter', { about: 'obligation' })).total).toBe(all - 10);
		expect(meetings.about).toContain('obligation');
		const unread = await told('reporter', { unread: 1, wanted: 500 });
		expect(unread.rows.filter(({ read_at, passed }) => read_at !== null || passed)).toEqual([]);
		const counted = await as(owner, people.reporter, (client) =>
			one<number>(client, 'select public.unread_notifications()')
		);
		expect([unread.total, counted > 500, counted < all / 2 + 500]).toEqual([counted, true, true]);
	});

	test('are asked for by an address, what it says wrongly left out', async () => {
		expect(await led('reporter', notifications, '/notifications?unread=yes&about=x')).toBeNull();
		expect(
			await led('reporter', notifications, '/notifications?unread=yes&about=x&sort=id&page=999')
		).toBe('/notifications?page=40');
		expect(await led('reporter', notifications, '/notifications?page=999&about=release')).toBe(
			'/notifications?about=release'
		);
	});

	test('of what is none of their business any more tell a rival and a stranger nothing, not even how many', async () => {
		const rivals = await told('rival');
		expect(new Set(rivals.rows.map((row) => row.subject_type))).toEqual(new Set(['meeting']));
		expect(rivals.total).toBe(10);
		expect(await told('rival', { about: 'obligation' })).toMatchObject({ rows: [], total: 0 });
		expect(await told('stranger')).toMatchObject({ rows: [], total: 0 });
		expect(await told('stranger', { unread: 1 })).toMatchObject({ rows: [], total: 0 });
	});

	test('are marked as read all at once, on whichever page they stand, and nobody else’s are', async () => {
		const { total: unread } = await told('reporter', { unread: 1 });
		expect(unread).toBeGreaterThan(500);
		const marked = await does<number>(owner, people.reporter, 'public.mark_notifications_read()');
		expect(marked).toBe(unread);
		expect((await told('reporter', { unread: 1 })).total).toBe(0);
		const last = await told('reporter', { skipped: all - 50, wanted: 50 });
		expect(last.rows.filter(({ read_at }) => read_at === null)).toEqual([]);
		expect(last.total).toBe(all);
		expect((await told('rival', { unread: 1 })).total).toBe(10);
	});
});

describe('what was done', () => {
	const events = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `audit_page('${council}', $list)`, list);

	beforeAll(async () => {
		await owner.query(
			`insert into public.audit_events (at, council_id, organisation_id, person_id, audience, verb, subject_type, subject_id, details)
			 -- At the last moment of a day in Shanghai, and the first of the next.
			 select timestamptz '2020-03-01 23:59:59.9999+08' + make_interval(secs => n % 2), $1, $2, $3, 'organisation', 'submit', 'submission', gen_random_uuid()::text, '{"dataset": "test_monthly"}'
			 from generate_series(1, 120) n`,
			[council, people.reporter.organisation, people.reporter.person]
		);
	});

	test('is paged, filtered by act, day and party, and named', async () => {
		const asked = { verb: 'submit', until: '2020-03-02', wanted: 50 };
		const last = await events('reporter', { ...asked, skipped: 100 });
		expect([last.rows.length, last.total]).toEqual([20, 120]);
		expect(last.rows[0]).toMatchObject({
			organisation: { name_zh: '迅达' },
			person: '林岳',
			dataset: { name_zh: '测试月报' }
		});
		const all = await whole('reporter', `audit_page('${council}', $list)`, asked);
		expect(new Set(all.map(({ id }) => id)).size).toBe(120);
		expect((await events('reporter', { ...asked, until: '2020-03-01' })).total).toBe(60);
		expect((await events('reporter', { ...asked, since: '2020-03-02' })).total).toBe(60);
		const { organisation } = people.reporter;
		expect((await events('reporter', { ...asked, organisation })).total).toBe(120);
		const other = people.rival.organisation;
		expect((await events('reporter', { ...asked, organisation: other })).total).toBe(0);
	});

	test('is led to its last page by an address past it, and by nonsense to nothing else', async () => {
		const address = '/audit?until=2020-03-02&verb=drop&since=2020-02-31&organisation=x&page=9';
		expect(await led('reporter', audit, address)).toBe('/audit?until=2020-03-02&page=3');
		expect(await led('rival', audit, '/audit?until=2020-03-02')).toBeNull();
	});

	test('by somebody tells a rival and a stranger nothing, not even how many', async () => {
		const asked = { verb: 'submit', until: '2020-03-02' };
		for (const who of ['rival', 'stranger'] as const)
			expect(await events(who, asked)).toMatchObject({ rows: [], total: 0, subjects: [] });
		expect((await events('stranger')).organisations).toEqual([]);
	});
});

describe('members', () => {
	const members = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `members_page('${people.rival.organisation}', $list)`, list);

	test('are paged and found by name and role, those who left last', async () => {
		const added = [];
		for (let n = 0; n < 60; n++)
			added.push(await member(owner, people.rival.organisation, 'viewer'));
		await owner.query('update public.members set ended_at = now() where person_id = $1', [
			added[0]?.person
		]);
		const first = await members('rival', { wanted: 50 });
		expect([first.rows.length, first.total]).toEqual([50, 61]);
		const second = await members('rival', { wanted: 50, skipped: 50 });
		expect(second.rows).toHaveLength(11);
		expect(second.rows.at(-1)?.person_id).toBe(added[0]?.person);
		expect(new Set([...first.rows, ...second.rows].map(({ person_id }) => person_id)).size).toBe(
			61
		);
		expect((await members('rival', { role: 'reporter' })).total).toBe(1);
		expect((await members('rival', { state: 'ended' })).total).toBe(1);
		expect((await members('rival', { state: 'current' })).total).toBe(60);
		const address = String(added[1]?.person);
		expect((await members('rival', { q: address })).total).toBe(1);
		// Who may not read addresses does not find by them either.
		const viewer = { ...people };
		people.rival = added[2]!;
		expect((await members('rival', { q: address })).total).toBe(0);
		expect((await members('rival')).total).toBe(61);
		people.rival = viewer.rival;
	});

	test('of an organisation are nobody else’s', async () => {
		for (const who of ['reporter', 'secretariat', 'stranger'] as const)
			expect(await members(who)).toEqual({ rows: [], total: 0, invitations: [] });
	});
});

describe('the registry of indicators', () => {
	const indicators = (who: keyof typeof people, list: Record<string, unknown> = {}) =>
		page(who, `indicators_page('${council}', $list)`, list);

	test('is paged in its order, and answers figures for that page and the key figures alone', async () => {
		const last = await indicators('reporter', { group: 'T', wanted: 2, skipped: 2 });
		expect([last.rows, last.total]).toEqual([['TEST3'], 3]);
		expect(await indicators('reporter', { q: 'TEST sign' })).toMatchObject({
			rows: ['TEST1'],
			total: 1
		});
		expect(await indicators('reporter', { group: 'T', skipped: 50 })).toMatchObject({
			rows: [],
			total: 3
		});
		const figures = await indicators('reporter', { figures: 1 });
		const shown = (figures.overview as { indicator_code: string }[]).map((f) => f.indicator_code);
		expect(new Set(shown)).toEqual(new Set(figures.rows));
		expect(figures.total).toBe(shown.length);
	});

	test('without a council is the registry alone', async () => {
		const found = await page('stranger', 'indicators_page(null, $list)', { group: 'T' });
		expect(found).toMatchObject({ rows: ['TEST1', 'TEST2', 'TEST3'], council: null, overview: [] });
	});
});
