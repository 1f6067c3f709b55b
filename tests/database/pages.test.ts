import { isHttpError, type Cookies } from '@sveltejs/kit';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indicatorList } from '#lib/indicators/registry.ts';
import { seriesView, type SeriesRow } from '#lib/indicators/series.ts';
import { listOf } from '#lib/kernel/list.ts';
import { openDb, type Db } from '#lib/server/db.ts';
import * as indicators from '#lib/server/indicators.ts';
import { reads } from '#lib/server/process/remember.ts';
import * as sharing from '#lib/server/sharing.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { load as shell } from '../../src/routes/(app)/+layout.server.ts';
import {
	as,
	convened,
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

// What pages ask of the API, and how long an answer is kept.

const period = '2026-03';
let stage: Stage;
let owner: Client;
let council: string;
const people = {} as Record<
	'secretariat' | 'colleague' | 'reviewer' | 'reporter' | 'rival' | 'stranger',
	Actor
>;

beforeAll(async () => {
	stage = await openStage('pages');
	owner = stage.owner;
	await registry(owner);
	const convener = await organisation(owner, 'government', 'convener', '31');
	const ours = await organisation(owner, 'platform', 'ours', '31');
	const rival = await organisation(owner, 'platform', 'rival', '31');
	council = await convened(owner, '31', convener, ours, rival);
	people.secretariat = await member(owner, convener, 'admin', 'delegate');
	people.colleague = await member(owner, convener, 'admin', 'delegate');
	people.reviewer = await member(owner, convener, 'reviewer');
	people.reporter = await member(owner, ours, 'reporter');
	people.rival = await member(owner, rival, 'reporter');
	people.stranger = await member(
		owner,
		await organisation(owner, 'union', 'elsewhere', '33'),
		'admin'
	);
	await does(
		owner,
		people.secretariat,
		`public.open_obligations($1, 'test_monthly', '${period}')`,
		[council]
	);
	ids.submission = await filed(people.reporter, 2000);
	await filed(people.rival, 1000);
	ids.meeting = await planned('首次会议');
	ids.action = await agreed(ids.meeting);
	// The last month: nobody has filed it.
	const last = new Date(new Date().setUTCDate(0)).toISOString().slice(0, 7);
	await does(owner, people.secretariat, `public.open_obligations($1, 'test_monthly', '${last}')`, [
		council
	]);
	ids.obligation = await obligationOf(people.reporter, last);
	await does(owner, people.reporter, 'public.request_extension($1, current_date + 60, $2)', [
		ids.obligation,
		'系统迁移中，数据需要重新导出'
	]);
}, 120_000);

afterAll(() => stage?.close());

const obligationOf = (actor: Actor, of: string) =>
	one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
		actor.organisation,
		of
	]);

async function filed(actor: Actor, workers: number) {
	const submission = await file(owner, actor, await obligationOf(actor, period), [
		['test_workers', '310105', workers],
		['test_signed', '310105', workers / 2]
	]);
	await does(owner, people.reviewer, 'public.accept_submission($1)', [submission]);
	return submission;
}

/** An action item about an indicator, of a resolution that was adopted in a meeting. */
async function agreed(meeting: string) {
	const { organisation: convener, person } = people.secretariat;
	const item = await one(
		owner,
		`insert into public.agenda_items (council_id, meeting_id, position, title_zh, title_en, proposed_by_organisation, proposed_by, status, indicator_code)
		 values ($1, $2, 1, '议题', 'item', $3, $4, 'scheduled', 'TEST1') returning id`,
		[council, meeting, convener, person]
	);
	const resolution = await one(
		owner,
		`insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, status, proposed_by, decided_at)
		 values ($1, $2, $3, '决议', 'resolution', 'simple', 'adopted', $4, now()) returning id`,
		[council, meeting, item, person]
	);
	return does(
		owner,
		people.secretariat,
		`public.assign_action_item($1, '走访', 'visits', '', '', $2, $3, current_date + 30, 'TEST1')`,
		[resolution, people.reporter.organisation, convener]
	);
}

const planned = (title: string) =>
	does(owner, people.secretariat, `public.plan_meeting($1, $2, $2, now() + interval '9 days')`, [
		council,
		title
	]);

// ---------------------------------------------------------------- requests as the app makes them

type Load = (event: never) => unknown;
type Wanted = { path?: string; params?: () => Record<string, string> };

/** Rows that pages are about. */
const ids: Record<'submission' | 'meeting' | 'action' | 'obligation', string> = {
	submission: '',
	meeting: '',
	action: '',
	obligation: ''
};
const of = (name: keyof typeof ids) => () => ({ id: ids[name] });

const folder = '../../src/routes/(app)';
/** Every page of those who are signed in, by its folder. */
const routes = Object.fromEntries(
	// A pattern with the parentheses of a folder finds nothing.
	Object.entries(import.meta.glob<{ load: Load }>('../../src/routes/*/**/+page.server.ts'))
		.filter(([file]) => file.startsWith(`${folder}/`))
		.map(([file, page]) => [file.slice(folder.length, -'+page.server.ts'.length), page])
);

/** Pages with what they are opened with. */
const pages: Record<string, Wanted> = {
	'/': {},
	'/indicators/': {},
	'/indicators/[code]/': { path: '/indicators/TEST1', params: () => ({ code: 'TEST1' }) },
	'/submissions/': {},
	'/submissions/[id]/': { path: '/?cell=1', params: of('submission') },
	'/submissions/deadlines/[id]/': { params: of('obligation') },
	'/submissions/completeness/': {},
	'/submissions/calendar/': {},
	'/reviews/': {},
	'/reviews/[id]/': { params: of('submission') },
	'/meetings/': {},
	'/meetings/[id]/': { params: of('meeting') },
	'/meetings/[id]/minutes/': { params: of('meeting') },
	'/action-items/': {},
	'/action-items/[id]/': { params: of('action') },
	'/organisations/': {},
	'/organisations/[id]/': { params: () => ({ id: people.reporter.organisation ?? '' }) },
	'/members/': {},
	'/members/keys/': {},
	'/notifications/': {},
	'/audit/': {},
	'/releases/': {},
	'/search/': { path: '/search?q=TEST1' },
	'/groups/[group=group]/': { params: () => ({ group: 'filing' }) }
};

/** Pages that ask more often, and why. */
const others: Record<string, string> = {
	'/account/': 'asks the sessions, which the API does not know',
	'/action-items/new/': 'a form of the secretariat, opened once for each action item',
	'/submissions/new/': 'a form with what was sent before, opened to file',
	'/submissions/new/form/': 'the same',
	'/submissions/rules/': 'of the secretariat, a few times a year',
	'/submissions/rules/edit/': 'the same'
};
/** Not kept: opened seldom, or read whole by whoever opens them. */
const fresh = ['/submissions/calendar/', '/members/keys/', '/search/'];

/** One request of a person for a page, with the frame around it: what it shows, and how often it asked the API. */
async function opened(route: string, actor: Actor, address?: string) {
	const { path = '/', params = () => ({}) } = pages[route]!;
	const { load } = await routes[route]!();
	let calls = 0;
	const counting: typeof fetch = (...request) => {
		calls += 1;
		return fetch(...request);
	};
	const locals = await localsOf(actor, counting);
	const event = {
		locals,
		params: params(),
		url: new URL(address ?? path, 'http://127.0.0.1'),
		cookies: {} as Cookies
	} as never;
	const [frame, data] = await Promise.all([
		(shell as Load)(event),
		// Who may not read it is told so.
		Promise.resolve(load(event)).catch((refused: unknown) => {
			if (isHttpError(refused)) return { refused: refused.status };
			throw refused;
		})
	]);
	return { calls, frame: frame as { unread: number }, data: data as Record<string, unknown> };
}

async function localsOf(actor: Actor, counting?: typeof fetch) {
	const { rows } = await owner.query<App.Acting>('select * from private.session_memberships($1)', [
		actor.person
	]);
	const [acting] = rows;
	const db = await dbOf(actor, counting);
	const { rows: versions } = await owner.query<{ registry: string; council: string }>(
		'select * from private.current_versions()'
	);
	if (!versions[0] || !acting) throw new Error('nobody');
	reads(db, { ...versions[0], acting: JSON.stringify(acting), person: actor.person });
	return { db, acting, person: { id: actor.person }, memberships: rows, language: 'zh-CN' };
}

async function dbOf(actor: Actor, counting?: typeof fetch): Promise<Db> {
	const { apiUrl, publishableKey } = stage.backend;
	return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor), counting);
}

test('every page is tried, or named with why it asks more often', () => {
	const known = [...Object.keys(pages), ...Object.keys(others)];
	expect(known.toSorted()).toEqual(Object.keys(routes).toSorted());
});

describe.each(Object.keys(pages))('the page %s', (page) => {
	test('is shown to the secretariat', async () => {
		expect((await opened(page, people.secretariat)).data).not.toHaveProperty('refused');
	});

	test('asks the API at most twice, for whoever opens it', async () => {
		// Whoever came first after a change of the registry read it for all.
		await opened(page, people.reviewer);
		for (const actor of Object.values(people)) {
			const { calls } = await opened(page, actor);
			expect(calls).toBeLessThanOrEqual(2);
		}
	});
});

test('the secretariat opens a period of any dataset, also of one that nobody owes yet', async () => {
	const { data } = await opened('/submissions/', people.secretariat);
	const codes = (list: unknown) => (list as { code: string }[]).map(({ code }) => code);
	expect(codes(data.datasets)).toEqual(['test_monthly']);
	expect(codes(data.toOpen)).toEqual(
		expect.arrayContaining(['party_coverage_quarterly', 'test_monthly'])
	);
	expect((await opened('/submissions/', people.reporter)).data.toOpen).toEqual([]);
});

test.each(['/submissions/[id]/', '/reviews/[id]/'])(
	'the page %s leads who asks for values past the last to them',
	async (page) => {
		await expect(opened(page, people.secretariat, '/x?page=99&cell=1')).rejects.toMatchObject({
			status: 303,
			location: '/x?cell=1'
		});
	}
);

describe.each(Object.keys(pages).filter((page) => !fresh.includes(page)))('the page %s', (page) => {
	test('asks nothing again while nothing changes, and again once something did', async () => {
		await opened(page, people.secretariat);
		expect((await opened(page, people.secretariat)).calls).toBe(0);
		await planned('下次会议');
		expect((await opened(page, people.secretariat)).calls).toBeGreaterThan(0);
	});
});

describe('what is kept', () => {
	test('is shared by colleagues in the same roles, and by nobody else', async () => {
		const page = '/indicators/[code]/';
		await planned('再次会议');
		await opened(page, people.secretariat);
		// Only their own notifications.
		expect((await opened(page, people.colleague)).calls).toBe(1);
		expect((await opened(page, people.reviewer)).calls).toBe(2);
		expect((await opened(page, people.rival)).calls).toBe(2);
	});

	test('never shows a platform the figures of a rival', async () => {
		const seen = async (actor: Actor) =>
			JSON.stringify((await opened('/indicators/[code]/', actor)).data);
		const exact = await seen(people.secretariat);
		const [ours, rival] = [people.reporter.organisation, people.rival.organisation];
		expect(exact).toContain(ours);
		expect(exact).toContain(rival);
		expect(await seen(people.reporter)).not.toContain(rival);
		expect(await seen(people.rival)).not.toContain(ours);
	});

	test('of a role that was taken away is kept for nobody who no longer has it', async () => {
		const gone = await member(owner, people.secretariat.organisation, 'reviewer');
		const page = '/reviews/';
		expect((await opened(page, gone)).data.reviewer).toBe(true);
		await owner.query(`update public.members set roles = '{viewer}' where person_id = $1`, [
			gone.person
		]);
		const after = await opened(page, gone);
		expect(after.data.reviewer).toBe(false);
		expect(after.calls).toBe(2);
	});

	test('shows what somebody else just did', async () => {
		const titles = async () =>
			JSON.stringify((await opened('/meetings/', people.reporter)).data.rows);
		expect(await titles()).not.toContain('临时会议');
		await planned('临时会议');
		expect(await titles()).toContain('临时会议');
	});
});

// ---------------------------------------------------------------- versions

const versions = async (client = owner) => {
	const { rows } = await client.query<{ registry: string; council: string }>(
		'select * from private.current_versions()'
	);
	return rows[0]!;
};

describe('a version', () => {
	test('follows every table that the API shows', async () => {
		const { rows } = await owner.query<{ name: string }>(
			`select c.relname as name from pg_class c
			 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not exists (
				select from pg_trigger t
				where t.tgrelid = c.oid and t.tgfoid = 'private.note_change'::regproc and t.tgenabled = 'O'
					-- insert, delete, update, truncate; for each statement
					and t.tgtype & 61 = 60
			 )`
		);
		expect(rows).toEqual([]);
	});

	test('of the registry stays when only the council changes', async () => {
		const before = await versions();
		await planned('例会');
		const after = await versions();
		expect(after.registry).toBe(before.registry);
		expect(after.council).not.toBe(before.council);
		await owner.query(`update public.units set name_en = 'people' where code = 'test_unit'`);
		const registry = await versions();
		expect(registry.registry).not.toBe(after.registry);
		expect(registry.council).not.toBe(after.council);
	});

	test('counts what was done, not what was taken back, and not before others can see it', async () => {
		const before = await versions();
		await owner.query('begin');
		await owner.query(`update public.units set name_en = 'persons' where code = 'test_unit'`);
		const other = new Client({ connectionString: stage.backend.ownerUrl });
		await other.connect();
		try {
			expect(await versions()).not.toEqual(before);
			expect(await versions(other)).toEqual(before);
			await owner.query('rollback');
			expect(await versions()).toEqual(before);
		} finally {
			await other.end();
		}
	});

	test('moves once in a transaction, also where something in it was taken back', async () => {
		const before = await versions();
		const rename = (name: string) =>
			owner.query(`update public.units set name_en = $1 where code = 'test_unit'`, [name]);
		await owner.query('begin');
		await owner.query('savepoint taken_back');
		await rename('souls');
		await owner.query('rollback to taken_back');
		await rename('people');
		const moved = await versions();
		await rename('persons');
		expect(await versions()).toEqual(moved);
		await owner.query('commit');
		expect((await versions()).registry).not.toBe(before.registry);
	});

	test('makes no writer wait for another, and counts both', async () => {
		const before = await versions();
		const clients = [0, 1, 2].map(() => new Client({ connectionString: stage.backend.ownerUrl }));
		try {
			for (const [at, client] of clients.entries()) {
				await client.connect();
				await client.query(`set lock_timeout = '2s'`);
				await client.query('begin');
				await client.query(
					`insert into public.units values ($1, '人', 'persons', '人', 'persons')`,
					[`version_${at}`]
				);
			}
			const seen = new Set([before.registry]);
			for (const client of clients) {
				await client.query('commit');
				seen.add((await versions()).registry);
			}
			expect(seen.size).toBe(4);
		} finally {
			for (const client of clients) await client.end();
		}
	});
});

// ---------------------------------------------------------------- one call instead of several

describe('the answer of a page', () => {
	const parts = async (actor: Actor, call: string) =>
		as(owner, actor, (client) => one<Record<string, unknown>>(client, `select ${call}`));
	const listed = (actor: Actor, from: string) =>
		as(owner, actor, (client) =>
			one<unknown>(client, `select coalesce(jsonb_agg(x), '[]') from ${from} x`)
		);

	test.each(['secretariat', 'reviewer', 'reporter', 'rival'] as const)(
		'is what %s is answered by each part alone',
		async (who) => {
			const actor = people[who];
			const page = await parts(actor, `public.home_page('${council}', 5)`);
			expect(page.tasks).toEqual(await listed(actor, 'public.my_tasks()'));
			expect(page.events).toEqual(await listed(actor, 'public.recent_events(5)'));
			expect(page.overview).toEqual(await listed(actor, `public.council_overview('${council}')`));

			const figures = await parts(actor, `public.indicator_page('${council}', 'TEST1')`);
			expect(figures.series).toEqual(
				await listed(actor, `public.indicator_series('${council}', 'TEST1')`)
			);
			expect(figures.districts).toEqual(
				await listed(actor, `public.indicator_districts('${council}', 'TEST1', '${period}')`)
			);

			const filings = await parts(actor, 'public.submissions_page()');
			const wished = await deadlines.openRequests(await dbOf(actor));
			const states = (await listed(
				actor,
				'(select * from public.obligation_states order by due_on desc, id)'
			)) as { id: string }[];
			expect(filings.rows).toEqual(
				states.map((state) => ({ ...state, wished_on: wished[state.id] ?? null }))
			);
			expect(filings.total).toBe(states.length);
		}
	);

	test('without a council is what belongs to none', async () => {
		const page = await parts(people.stranger, 'public.home_page(null, 5)');
		expect(page).toMatchObject({ meeting: null, overview: [] });
	});

	test('gives the overview as the release page reads it', async () => {
		const locals = await localsOf(people.secretariat);
		const { cards } = await sharing.registryPage(
			locals.db,
			council,
			listOf(new URL('http://127.0.0.1/indicators'), indicatorList)
		);
		const rows = await sharing.overview(locals.db, council);
		expect(cards.map(({ code, value, period }) => [code, value, period]).sort()).toEqual(
			rows.map((row) => [row.indicator_code, row.value, row.period]).sort()
		);
		expect(await indicators.find(locals.db, 'TEST1')).not.toBeNull();
	});

	test('speaks of the period of which the page would speak', async () => {
		const row = fc.record({
			period: fc.integer({ min: 1, max: 24 }).map((month) => {
				const year = 2024 + Math.floor((month - 1) / 12);
				return `${year}-${String(((month - 1) % 12) + 1).padStart(2, '0')}`;
			}),
			scope: fc.constantFrom('total' as const, 'own' as const),
			contributors: fc.option(fc.integer({ min: 0, max: 12 }))
		});
		const series = fc.uniqueArray(row, {
			selector: (one) => one.period + one.scope,
			maxLength: 20
		});
		const wanted = fc.option(fc.constantFrom('2024-03', '2025-06', '2026-01'));
		await fc.assert(
			fc.asyncProperty(series, wanted, async (rows, asked) => {
				const spoken = await one<string | null>(owner, 'select private.period_spoken_of($1, $2)', [
					JSON.stringify(rows),
					asked
				]);
				expect(spoken).toBe(seriesView(rows as SeriesRow[], asked).period);
			}),
			{ numRuns: 100, seed: 7 }
		);
	});
});
