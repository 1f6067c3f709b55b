import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { isHttpError, isRedirect, type Cookies } from '@sveltejs/kit';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FormView } from '#lib/filing/form-view.ts';
import { indicatorList } from '#lib/indicators/registry.ts';
import { seriesView, type SeriesRow } from '#lib/indicators/series.ts';
import { listOf } from '#lib/kernel/list.ts';
import { openDb, refusalOf, rows, type Db } from '#lib/server/db.ts';
import * as drafts from '#lib/server/filing/form-drafts.ts';
import { openIdentity, type Identity } from '#lib/server/identity/auth.ts';
import * as indicators from '#lib/server/indicators.ts';
import { reads } from '#lib/server/process/remember.ts';
import * as sharing from '#lib/server/sharing.ts';
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

// What the app reads from its environment when it starts: where it keeps files, of which there are none here.
vi.mock('$app/env/private', () => ({ DATA_DIR: tmpdir() }));

const period = '2026-03';
let stage: Stage;
let owner: Client;
let council: string;
let identity: Identity;
const people = {} as Record<
	'secretariat' | 'colleague' | 'reviewer' | 'reporter' | 'rival' | 'former' | 'stranger',
	Actor
>;

beforeAll(async () => {
	stage = await openStage('pages');
	owner = stage.owner;
	identity = openIdentity({
		databaseUrl: stage.backend.identityUrl,
		secret: stage.backend.jwtSecret,
		origin: 'http://127.0.0.1'
	});
	await registry(owner);
	await owner.query(`
		insert into public.dataset_rules (dataset_code, code, kind, severity, params, message_zh, message_en)
		values ('test_monthly', 'signed_within_workers', 'part_le_whole', 'error', '{"part": "test_signed", "whole": "test_workers"}', '', '')`);
	const convener = await organisation(owner, 'government', 'convener', '31');
	const ours = await organisation(owner, 'platform', 'ours', '31');
	const rival = await organisation(owner, 'platform', 'rival', '31');
	const former = await organisation(owner, 'platform', 'former', '31');
	council = await convened(owner, '31', convener, ours, rival, former);
	people.secretariat = await member(owner, convener, 'admin', 'delegate');
	people.colleague = await member(owner, convener, 'admin', 'delegate');
	people.reviewer = await member(owner, convener, 'reviewer');
	people.reporter = await member(owner, ours, 'reporter');
	people.rival = await member(owner, rival, 'reporter');
	people.former = await member(owner, former, 'reporter');
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
	await filings();
	await does(owner, people.secretariat, 'public.end_seat($1, $2)', [council, former]);
}, 120_000);

afterAll(async () => {
	await identity?.pool.end();
	await stage?.close();
});

const obligationOf = (actor: Actor, of: string) =>
	one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
		actor.organisation,
		of
	]);

async function filed(actor: Actor, workers: number, of = period) {
	const submission = await file(owner, actor, await obligationOf(actor, of), [
		['test_workers', '310105', workers],
		['test_signed', '310105', workers / 2]
	]);
	await does(owner, people.reviewer, 'public.accept_submission($1)', [submission]);
	return submission;
}

/** What the reporter has to file again or has begun to: accepted figures under revision, a return, a saved form. */
async function filings() {
	const { reporter, reviewer, secretariat } = people;
	const months = { revised: '2025-05', returned: '2025-06', begun: '2025-07' };
	for (const [name, month] of Object.entries(months)) {
		await does(owner, secretariat, 'public.open_obligations($1, $2, $3)', [
			council,
			'test_monthly',
			month
		]);
		ids[name as keyof typeof months] = await obligationOf(reporter, month);
	}
	ids.former = await obligationOf(people.former, months.begun);
	const save = (obligation: string, actor: Actor, figure: string) =>
		does(owner, actor, 'public.save_form_draft($1, $2, 0)', [
			obligation,
			JSON.stringify({ [`${figure}|310105||`]: { value: '1.2万', reason: '', explanation: '' } })
		]);
	await does(owner, reporter, 'public.save_column_mapping($1, $2, $3)', [
		'test_monthly',
		'人力系统导出',
		'{}'
	]);

	await filed(reporter, 900, months.revised);
	await does(owner, secretariat, 'public.grant_exception($1, $2, private.today() + 30)', [
		ids.revised,
		'审计后需要更正'
	]);
	await does(owner, reporter, 'public.open_revision($1, $2)', [ids.revised, '补报漏计的人数']);

	const submission = await file(owner, reporter, ids.returned, [
		['test_workers', '310105', 1000],
		['test_signed', '310105', null]
	]);
	const marks = [{ position: 1, code: 'wrong_unit', note: '单位应为人', opens: 'cell' }];
	await does(owner, reviewer, 'public.return_submission($1, $2, $3)', [
		submission,
		'请核对标记的单元格',
		JSON.stringify(marks)
	]);
	await does(owner, reporter, 'public.reply_to_marks($1, $2)', [
		submission,
		JSON.stringify([{ position: 1, text: '已经核对' }])
	]);
	const colleague = await member(owner, reporter.organisation, 'reporter');
	await save(ids.returned, colleague, 'test_workers');

	await save(ids.begun, reporter, 'test_signed');
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
	ids.resolution = await one(
		owner,
		`insert into public.resolutions (council_id, meeting_id, agenda_item_id, text_zh, text_en, decision_rule, status, proposed_by, decided_at)
		 values ($1, $2, $3, '决议', 'resolution', 'simple', 'adopted', $4, now()) returning id`,
		[council, meeting, item, person]
	);
	return does(
		owner,
		people.secretariat,
		`public.assign_action_item($1, '走访', 'visits', '', '', $2, $3, current_date + 30, 'TEST1')`,
		[ids.resolution, people.reporter.organisation, convener]
	);
}

const planned = (title: string) =>
	does(owner, people.secretariat, `public.plan_meeting($1, $2, $2, now() + interval '9 days')`, [
		council,
		title
	]);

// ---------------------------------------------------------------- requests as the app makes them

type Load = (event: never) => unknown;
type Wanted = {
	/** The address, where what is asked stands in it. */
	path?: () => string;
	params?: () => Record<string, string>;
	/** To whom it is shown, where that is not the secretariat. */
	shownTo?: keyof typeof people;
};

/** What of an answer only some are given. */
type Shown = { remembered?: unknown[]; draft?: unknown; locked?: unknown };

/** Rows that pages are about. */
const ids = {
	submission: '',
	meeting: '',
	resolution: '',
	action: '',
	/** Of the reporter: nothing was filed, and a later due date is asked for. */
	obligation: '',
	revised: '',
	returned: '',
	begun: '',
	/** Of who has no seat any more. */
	former: ''
};
type Id = keyof typeof ids;
const of = (name: Id) => () => ({ id: ids[name] });
const filing = (name: Id) => () => `/?obligation=${ids[name]}`;

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
	'/overview/': {},
	'/indicators/': {},
	'/indicators/[code]/': {
		path: () => '/indicators/TEST1',
		params: () => ({ code: 'TEST1' })
	},
	'/submissions/': {},
	'/submissions/[id]/': { path: () => '/?cell=1', params: of('submission') },
	'/submissions/deadlines/[id]/': { params: of('obligation') },
	'/submissions/new/': { path: filing('obligation') },
	'/submissions/new/form/': { path: filing('obligation'), shownTo: 'reporter' },
	'/submissions/rules/': {},
	'/submissions/rules/edit/': { path: () => '/?dataset=test_monthly&kind=cross_file' },
	'/submissions/completeness/': {},
	'/submissions/calendar/': {},
	'/reviews/': {},
	'/reviews/[id]/': { params: of('submission') },
	'/meetings/': {},
	'/meetings/[id]/': { params: of('meeting') },
	'/meetings/[id]/minutes/': { params: of('meeting') },
	'/action-items/': {},
	'/action-items/new/': { path: () => `/?resolution=${ids.resolution}` },
	'/action-items/[id]/': { params: of('action') },
	'/organisations/': {},
	'/organisations/[id]/': { params: () => ({ id: people.reporter.organisation ?? '' }) },
	'/account/': {},
	'/members/': {},
	'/members/keys/': {},
	'/notifications/': {},
	'/audit/': {},
	'/releases/': {},
	'/search/': { path: () => '/search?q=TEST1' },
	'/groups/[group=group]/': { params: () => ({ group: 'filing' }) }
};

/** Not kept: opened seldom, or read whole by whoever opens them. */
const fresh = ['/submissions/calendar/', '/submissions/new/form/', '/members/keys/', '/search/'];

/** Pages again, where they show more than what they are opened with above has. */
const states: [page: string, state: string, path: () => string, shownTo: keyof typeof people][] = [
	...(['/submissions/new/', '/submissions/new/form/'] as const).flatMap((page) =>
		(
			[
				['accepted figures under revision', 'revised'],
				['a return with marks, replies and a saved form', 'returned'],
				['a form that was begun', 'begun']
			] as const
		).map(([state, name]): (typeof states)[number] => [page, state, filing(name), 'reporter'])
	),
	['/submissions/rules/edit/', 'nothing chosen yet', () => '/', 'secretariat'],
	[
		'/submissions/rules/edit/',
		'a rule',
		() => '/?dataset=test_monthly&rule=signed_within_workers',
		'secretariat'
	]
];

/** One request of a person for a page, with the frame around it: what it shows, and how often it asked the API. */
async function opened(route: string, actor: Actor, address?: string) {
	const { path = () => '/', params = () => ({}) } = pages[route]!;
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
		url: new URL(address ?? path(), 'http://127.0.0.1'),
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
	return {
		db,
		identity,
		session: await sessionOf(actor),
		acting,
		person: { id: actor.person, name: '林岳', email: `${actor.person}@example.cn` },
		memberships: rows,
		language: 'zh-CN'
	};
}

const sessions = new Map<string, string>();

/** The browser of a person, in which they stay signed in. */
async function sessionOf({ person }: Actor) {
	const known = sessions.get(person);
	if (known) return { id: known };
	const id = await one(
		owner,
		`insert into identity.session (user_id, token, expires_at) values ($1, $2, now() + interval '2 hours') returning id`,
		[person, randomUUID()]
	);
	sessions.set(person, id);
	return { id };
}

async function dbOf(actor: Actor, counting?: typeof fetch): Promise<Db> {
	const { apiUrl, publishableKey } = stage.backend;
	return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor), counting);
}

/** Who is shown what a page shows. */
const readerOf = (page: string) => people[pages[page]?.shownTo ?? 'secretariat'];

/** Lets nothing that was kept for a reader be given again. */
const change = () => owner.query('update public.meetings set number = number where false');

/** Opens a page as everybody, and holds that nobody's took more than two calls. */
async function asksTwice(page: string, reader: Actor, address?: string) {
	// Whoever came first after a change of the registry read it for all.
	await opened(page, reader, address);
	await change();
	for (const [who, actor] of Object.entries(people)) {
		const { calls } = await opened(page, actor, address);
		// At least for their notifications: nothing is given again.
		expect([1, 2], who).toContain(calls);
	}
}

test('every page is tried', () => {
	expect(Object.keys(pages).toSorted()).toEqual(Object.keys(routes).toSorted());
});

describe.each(Object.keys(pages))('the page %s', (page) => {
	test('is shown to whom it is for', async () => {
		expect((await opened(page, readerOf(page))).data).not.toHaveProperty('refused');
	});

	test('asks the API at most twice, for whoever opens it', () => asksTwice(page, readerOf(page)));
});

describe.each(states)('the page %s with %s', (page, _, path, shownTo) => {
	test('is shown, and asks the API at most twice, for whoever opens it', async () => {
		expect((await opened(page, people[shownTo], path())).data).not.toHaveProperty('refused');
		await asksTwice(page, people[shownTo], path());
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
		await opened(page, readerOf(page));
		expect((await opened(page, readerOf(page))).calls).toBe(0);
		await planned('下次会议');
		expect((await opened(page, readerOf(page))).calls).toBeGreaterThan(0);
	});
});

describe('what stands on a page', () => {
	const formOf = async (name: Id) => {
		const { data } = await opened('/submissions/new/form/', people.reporter, filing(name)());
		const form = data.form as FormView;
		const field = (measure: string) => form.fields.find(({ key }) => key === `${measure}|310105||`);
		const value = (measure: string) => form.typed[`${measure}|310105||`]?.value;
		return { returned: data.returned, form, field, value };
	};

	test('is what was filed, in the form of accepted figures under revision', async () => {
		const { value, field } = await formOf('revised');
		expect([value('test_workers'), value('test_signed')]).toEqual(['900', '450']);
		expect([field('test_workers')?.previous, field('test_workers')?.closed]).toEqual([null, false]);
	});

	test('is what came back and what a colleague saved over it, in the form of a return', async () => {
		const { form, returned, value, field } = await formOf('returned');
		expect(value('test_workers')).toBe('1.2万');
		expect(form.typed['test_signed|310105||']).toMatchObject({ value: '', reason: 'late' });
		expect([field('test_workers')?.closed, field('test_signed')?.closed]).toEqual([false, true]);
		expect(field('test_workers')?.previous).toBe(900);
		expect(form).toMatchObject({ revision: 1, saved_by: '林岳', behind: false });
		expect(returned).toEqual({
			reason: '请核对标记的单元格',
			marks: {
				'test_workers|310105||': {
					code: 'wrong_unit',
					note: '单位应为人',
					filed: { value: '1000', reason: '', explanation: '' }
				}
			}
		});
	});

	test('is what was begun, in a form that was not filed yet', async () => {
		const { form, returned, value } = await formOf('begun');
		expect([value('test_workers'), value('test_signed')]).toEqual(['', '1.2万']);
		expect([form.revision, returned]).toEqual([1, null]);
	});

	test('is why it came back with the replies, where a file is sent', async () => {
		const page = '/submissions/new/';
		const { data } = await opened(page, people.reporter, filing('returned')());
		expect(data.returned).toMatchObject({
			marks: [{ cell: 'D3', note: '单位应为人', replies: [{ text: '已经核对' }] }]
		});
		expect(data.remembered).toMatchObject([{ name: '人力系统导出' }]);
	});

	test('are the browsers in which somebody is signed in, nobody else’s', async () => {
		await sessionOf(people.rival);
		const { data } = await opened('/account/', people.reporter);
		const { id } = await sessionOf(people.reporter);
		expect(data).toMatchObject({ here: id, sessions: [{ id }] });
	});
});

describe('a page to file or to assign on', () => {
	const told = async (page: string, who: keyof typeof people, address: string) => {
		const { load } = await routes[page]!();
		const { db, ...locals } = await localsOf(people[who]);
		const event = {
			locals: { db, ...locals },
			params: {},
			url: new URL(address, 'http://127.0.0.1')
		};
		try {
			await load(event as never);
			return 'shown';
		} catch (refused) {
			if (isRedirect(refused)) return refused.location;
			return refusalOf(refused);
		}
	};
	const nowhere = '00000000-0000-4000-8000-000000000000';

	test.each(['/submissions/new/', '/submissions/new/form/'])(
		'%s is refused as if there were nothing, to a rival, a stranger and who lost their seat',
		async (page) => {
			for (const who of ['rival', 'former', 'stranger'] as const)
				for (const name of ['obligation', 'revised', 'returned', 'begun'] as const)
					expect(await told(page, who, filing(name)()), `${who} ${name}`).toEqual({
						status: 404,
						key: 'obligation_not_found'
					});
			expect(await told(page, 'former', filing('former')())).toMatchObject({
				key: 'obligation_not_found'
			});
			const given = async (obligation: string) =>
				told(page, 'reporter', `/?obligation=${obligation}`);
			expect(await given(nowhere)).toEqual({ status: 404, key: 'obligation_not_found' });
			// Of none, it leads to what is owed.
			expect(await given('')).toBe('/submissions');
			for (const bad of ['1', 'true', 'no id'])
				expect(await given(bad), bad).toEqual({ status: 404, key: 'not_found' });
		}
	);

	test('is the form of who reports alone, and of what may be filed', async () => {
		const page = '/submissions/new/form/';
		for (const who of ['secretariat', 'colleague', 'reviewer'] as const)
			expect(await told(page, who, filing('begun')())).toEqual({
				status: 404,
				key: 'obligation_not_found'
			});
		const accepted = await obligationOf(people.reporter, period);
		expect(await told(page, 'reporter', `/?obligation=${accepted}`)).toBe(
			`/submissions/new?obligation=${accepted}`
		);
	});

	test('is of the secretariat, and about a resolution that it reads', async () => {
		const page = '/action-items/new/';
		const of = (resolution: string) => `/?resolution=${resolution}`;
		for (const who of ['reviewer', 'reporter', 'rival', 'former', 'stranger'] as const)
			expect(await told(page, who, of(ids.resolution)), who).toEqual({
				status: 403,
				key: 'only_the_secretariat'
			});
		for (const bad of ['/', of(''), of('1'), of(nowhere)])
			expect(await told(page, 'secretariat', bad), bad).toEqual({ status: 404, key: 'not_found' });
	});

	test.each(['/submissions/rules/', '/submissions/rules/edit/'])(
		'%s is of the secretariat',
		async (page) => {
			for (const who of ['reviewer', 'reporter', 'rival', 'former', 'stranger'] as const)
				expect(await told(page, who, '/?dataset=test_monthly'), who).toEqual({
					status: 403,
					key: 'only_the_secretariat'
				});
		}
	);
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
			const wished = Object.fromEntries(
				(
					(await listed(
						actor,
						`(select obligation_id, wished_on from public.extension_requests where status = 'open')`
					)) as { obligation_id: string; wished_on: string }[]
				).map((request) => [request.obligation_id, request.wished_on])
			);
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

	const everybody = [
		'secretariat',
		'colleague',
		'reviewer',
		'reporter',
		'rival',
		'former',
		'stranger'
	] as const;

	test.each(everybody)('to file on is what %s is answered by each part alone', async (who) => {
		const actor = people[who];
		const all = (from: string) => listed(actor, `(${from})`) as Promise<Record<string, unknown>[]>;
		for (const name of ['obligation', 'revised', 'returned', 'begun', 'former'] as const) {
			const id = ids[name];
			const page = await parts(actor, `public.filing_page('${id}')`);
			const form = await parts(actor, `public.filing_form_page('${id}', 600)`);
			const [owed] = await all(`select * from public.obligation_states where id = '${id}'`);
			if (!owed) {
				expect([page, form], name).toEqual([null, null]);
				continue;
			}
			const [revision = null] = await all(
				`select reason, opened_at, opened_by_organisation, organisation_id from public.revisions
				 where obligation_id = '${id}' and submission_id is null and withdrawn_at is null`
			);
			const [request] = await all(
				`select wished_on from public.extension_requests where obligation_id = '${id}' and status = 'open'`
			);
			const filed = owed.submission_id as string | null;
			const filing = filed && (await parts(actor, `public.filed_submission('${filed}')`));
			const begins = { obligation: owed, revision, came_back: filing ? filing.came_back : null };
			expect(page, name).toEqual({
				...begins,
				exceptions: await all(
					`select id, reason, until, granted_at from public.lock_exceptions where obligation_id = '${id}'`
				),
				wished: request?.wished_on ?? null,
				remembered: await all(
					`select name, updated_at, mapping from public.column_mappings
					 where organisation_id = '${owed.organisation_id as string}' and dataset_code = 'test_monthly'`
				)
			});

			const entries = await all(
				`select * from public.entries where submission_id::text = '${filed}' order by position`
			);
			const [organisation] = await all(
				`select region_code from public.organisations where id = '${owed.organisation_id as string}'`
			);
			const [draft] = await all(`select * from public.form_drafts where obligation_id = '${id}'`);
			const [saver] = await all(
				`select name from public.people where id::text = '${draft?.saved_by as string}'`
			);
			expect(form, name).toEqual({
				...begins,
				jurisdiction: organisation?.region_code,
				history: await parts(actor, `public.filing_history('${id}')`),
				filed: filed && {
					keys: entries.map(
						(one) =>
							`${one.measure_code as string}|${one.region_code as string}|${one.occupation as string}|${one.employment_mode as string}`
					),
					values: entries.map(({ value }) => value),
					missing_reasons: entries.map(({ missing_reason }) => missing_reason),
					explanations: entries.map(({ explanation }) => explanation)
				},
				locked: await parts(actor, `public.locked_cells('${id}')`),
				draft: draft
					? {
							fields: draft.fields,
							revision: draft.revision,
							saved_at: draft.saved_at,
							saved_by: saver?.name
						}
					: null
			});
		}
	});

	test('to file on is shown to who reports and who reviews, a saved form to who reports alone', async () => {
		const { obligation, revised, returned, begun } = ids;
		const seen = await Promise.all(
			everybody.map(async (who) => {
				const db = await dbOf(people[who]);
				const found = await Promise.all(
					[obligation, revised, returned, begun, ids.former].map(async (id) => {
						const page = rows(await db.rpc('filing_page', { obligation: id })) as Shown | null;
						const form = rows(
							await db.rpc('filing_form_page', { obligation: id, most: 600 })
						) as Shown | null;
						const columns = page?.remembered?.length ? 'columns' : '';
						const saved = form?.draft ? 'saved' : '';
						const locked = form?.locked ? 'locked' : '';
						return page && form && ['page', columns, saved, locked].filter(Boolean).join(' ');
					})
				);
				return [who, found];
			})
		);
		const official = ['page', 'page', 'page', 'page', 'page'];
		expect(Object.fromEntries(seen)).toEqual({
			secretariat: official,
			colleague: official,
			reviewer: official,
			reporter: [
				'page columns',
				'page columns',
				'page columns saved locked',
				'page columns saved',
				null
			],
			rival: [null, null, null, null, null],
			former: [null, null, null, null, null],
			stranger: [null, null, null, null, null]
		});
	});

	test.each(everybody)('to assign on is what %s is answered by each part alone', async (who) => {
		const all = (from: string) => listed(people[who], `(${from})`);
		const page = await parts(
			people[who],
			`public.assignment_page('${council}', '${ids.resolution}')`
		);
		const [resolution] = (await all(
			`select id, number, text_zh, text_en, status, meeting_id, agenda_item_id from public.resolutions where id = '${ids.resolution}'`
		)) as { meeting_id: string; agenda_item_id: string }[];
		// Who sits in no council reads none of its resolutions.
		expect(resolution === undefined).toBe(who === 'former' || who === 'stranger');
		if (!resolution) return expect(page).toBeNull();
		const { meeting_id, agenda_item_id, ...known } = resolution;
		const [meeting] = (await all(
			`select id, number, title_zh, title_en from public.meetings where id = '${meeting_id}'`
		)) as unknown[];
		const [agenda_item] = (await all(
			`select indicator_code, region_code from public.agenda_items where id = '${agenda_item_id}'`
		)) as unknown[];
		const [body] = (await all(
			`select id, name_zh, name_en, region_code, is_demo from public.councils where id = '${council}'`
		)) as unknown[];
		expect(page).toEqual({
			origin: { ...known, meeting, agenda_item },
			council: body,
			parties: await all(
				`select o.id, o.name_zh, o.name_en, o.short_zh, o.short_en from public.organisations o
				 where o.kind <> 'union' and o.name_zh in ('convener', 'ours', 'rival') order by o.name_zh`
			)
		});
	});

	test('of a form leaves a filing out that is too large to fill in, which the form says', async () => {
		const db = await dbOf(people.reporter);
		const { filed } = await parts(people.reporter, `public.filing_form_page('${ids.returned}', 2)`);
		expect(filed).not.toBeNull();
		const large = await parts(people.reporter, `public.filing_form_page('${ids.returned}', 1)`);
		expect(large).toMatchObject({ filed: null, history: { cells: { keys: { length: 2 } } } });

		const given = await drafts.read(db, ids.returned);
		expect((await drafts.formOf(db, given)).too_large).toBe(false);
		const keys = Array.from({ length: 601 }, (_, at) => `test_workers|${at}||`);
		const history = { cells: { keys, values: keys.map(() => 1) }, sums: [] };
		const form = await drafts.formOf(db, { ...given, history, filed: null });
		expect(form.too_large).toBe(true);
	});

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
			finished: fc.option(fc.boolean())
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
