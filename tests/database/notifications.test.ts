import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subjects } from '../../src/lib/audit/acts.ts';
import { digest, type DigestItem } from '../../src/lib/notifications/digest.ts';
import { kinds } from '../../src/lib/notifications/kinds.ts';
import {
	does,
	member,
	notificationsRead,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// Who is told of what in a council, and until when it is still of use. What is told of filings and due dates is tried
// in deadlines.test.ts.

let stage: Stage;
let owner: Client;
let jobs: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;

/** Everybody by name: where they are a member, and in which roles. */
const members: Record<string, [organisation: string, ...roles: string[]]> = {
	secretariat: ['city', 'admin', 'delegate'],
	colleague: ['city', 'admin'],
	auditor: ['city', 'auditor'],
	bureau: ['bureau', 'delegate', 'reviewer'],
	ours: ['ours', 'delegate'],
	ours_admin: ['ours', 'admin'],
	ours_reporter: ['ours', 'reporter'],
	former: ['ours', 'delegate', 'admin', 'reporter'],
	machine: ['ours', 'delegate', 'admin', 'reporter'],
	rival: ['rival', 'delegate', 'admin'],
	union: ['union', 'delegate'],
	union_viewer: ['union', 'viewer'],
	office: ['office', 'reporter'],
	office_admin: ['office', 'admin'],
	gone: ['gone', 'delegate', 'admin'],
	elsewhere: ['elsewhere', 'delegate', 'admin', 'reporter']
};
const seated = ['colleague', 'bureau', 'ours', 'ours_admin', 'rival', 'union', 'office_admin'];
const voters = ['bureau', 'ours', 'rival', 'union'];

beforeAll(async () => {
	stage = await openStage('notifications');
	owner = stage.owner;
	jobs = new Client({ connectionString: stage.backend.jobsUrl });
	await jobs.connect();
	await registry(owner);
	for (const [name, kind, region] of [
		['city', 'government', '31'],
		['bureau', 'government', '31'],
		['ours', 'platform', '31'],
		['rival', 'platform', '31'],
		['gone', 'platform', '31'],
		['union', 'union', '31'],
		['office', 'community', '310105001'],
		['elsewhere', 'government', '33']
	] as const)
		ids[name] = await organisation(owner, kind, name, region);
	for (const [name, [where, ...roles]] of Object.entries(members))
		people[name] = await member(owner, the(where), ...roles);
	await owner.query('update public.members set ended_at = now() where person_id = $1', [
		actor('former').person
	]);
	// As API keys act.
	await owner.query(`update public.people set email = id || '@keys.invalid' where id = $1`, [
		actor('machine').person
	]);
	const convened = (by: string, region: string) =>
		one(
			owner,
			`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', $1, $2) returning id`,
			[region, the(by)]
		);
	council = await convened('city', '31');
	const seat = (of: string, name: string, until: string | null = null) =>
		owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since, until) values ($1, $2, $3, '2020-01-01', $4)`,
			[of, the(name), name === 'office' ? 'observer' : 'voting', until]
		);
	for (const name of ['city', 'bureau', 'ours', 'rival', 'union', 'office'])
		await seat(council, name);
	await seat(council, 'gone', '2021-01-01');
	await seat(await convened('elsewhere', '33'), 'elsewhere');
}, 180_000);

afterAll(async () => {
	await jobs?.end();
	await stage?.close();
});

const by = <T = string>(who: string, call: string, values: unknown[] = []) =>
	does<T>(owner, actor(who), call, values);

/** What the secretariat and others do, by name of what comes of it. */
const plan = async (name: string) =>
	(ids[name] = await by(
		'secretariat',
		`public.plan_meeting($1, '例会', 'meeting', now() + interval '3 days')`,
		[council]
	));
const propose = async (who: string, name: string) =>
	(ids[name] = await by(who, `public.propose_agenda_item($1, '工伤保险', 'insurance')`, [council]));
const schedule = (name: string, meeting: string) =>
	by('secretariat', 'public.schedule_agenda_item($1, $2)', [the(name), the(meeting)]);
const open = (name: string) => by('secretariat', 'public.open_meeting($1)', [the(name)]);
const putToVote = async (item: string, name: string) =>
	(ids[name] = await by(
		'secretariat',
		`public.propose_resolution($1, '决议', 'resolution', 'simple')`,
		[the(item)]
	));
const vote = (who: string, resolution: string, choice = 'for') =>
	by(who, 'public.cast_vote($1, $2)', [the(resolution), choice]);
const decide = async (resolution: string, choice: string) => {
	for (const who of ['secretariat', 'union', 'rival', 'bureau'])
		await vote(who, resolution, choice);
	await by('secretariat', 'public.decide_resolution($1)', [the(resolution)]);
};
const assign = async (resolution: string, name: string, due = 'private.today() + 60') =>
	(ids[name] = await by(
		'secretariat',
		`public.assign_action_item($1, '上门宣传', 'visits', '', '', $2, $3, ${due})`,
		[the(resolution), the('office'), the('union')]
	));
const report = (item: string, done: boolean) =>
	by(
		'office',
		`public.report_progress($1, '走访了 20 个站点', 60, $2, 'photo.png', 'image/png', 'aGVsbG8=')`,
		[the(item), done]
	);
const sendBack = (item: string) =>
	by('union', `public.send_back_action_item($1, '照片看不清')`, [the(item)]);
const accept = (item: string) => by('union', 'public.accept_action_item($1)', [the(item)]);
const cancel = (item: string) =>
	by('secretariat', `public.cancel_action_item($1, '任务不再需要')`, [the(item)]);

const seen = new Set<string>();
/** Whom the last event told, by kind. */
async function newlyTold(): Promise<Record<string, string[]>> {
	const { rows } = await owner.query<{ id: string; kind: string; person_id: string }>(
		'select id, kind, person_id from public.notifications'
	);
	const names = new Map(Object.entries(people).map(([name, { person }]) => [person, name]));
	const told: Record<string, string[]> = {};
	for (const { id, kind, person_id } of rows.filter((row) => !seen.has(row.id))) {
		seen.add(id);
		told[kind] = [...(told[kind] ?? []), names.get(person_id) ?? '?'].toSorted();
	}
	return told;
}

describe('who is told', () => {
	const parties = ['office', 'office_admin'];
	const story: [what: string, act: () => Promise<unknown>, tells: Record<string, string[]>][] = [
		['a meeting is planned', () => plan('meeting'), { meeting_planned: seated }],
		[
			'the union proposes',
			() => propose('union', 'item'),
			{ agenda_item_proposed: ['secretariat', 'colleague'] }
		],
		[
			'a platform proposes',
			() => propose('ours', 'declined'),
			{ agenda_item_proposed: ['secretariat', 'colleague'] }
		],
		[
			'the secretariat proposes itself',
			() => propose('secretariat', 'own'),
			{ agenda_item_proposed: ['colleague'] }
		],
		[
			'what the union proposed is scheduled',
			() => schedule('item', 'meeting'),
			{ agenda_item_scheduled: ['union'] }
		],
		[
			'what the platform proposed is declined',
			() => by('secretariat', 'public.decline_agenda_item($1)', [the('declined')]),
			{ agenda_item_declined: ['ours', 'ours_admin'] }
		],
		['the meeting opens', () => open('meeting'), { meeting_opened: seated }],
		[
			'a resolution is put to the vote',
			() => putToVote('item', 'adopted'),
			{ voting_opened: voters }
		],
		['a delegate votes', () => vote('union', 'adopted'), {}],
		['it is adopted', () => decide('adopted', 'for'), { resolution_adopted: seated }],
		['another is put to the vote', () => putToVote('item', 'rejected'), { voting_opened: voters }],
		['it is rejected', () => decide('rejected', 'against'), { resolution_rejected: seated }],
		[
			'an action item is assigned',
			() => assign('adopted', 'task'),
			{ action_item_assigned: parties }
		],
		['its progress is reported', () => report('task', false), {}],
		['it is reported as done', () => report('task', true), { action_item_reported: ['union'] }],
		['it is sent back', () => sendBack('task'), { action_item_sent_back: parties }],
		['it is reported once more', () => report('task', true), { action_item_reported: ['union'] }],
		['it is accepted', () => accept('task'), { action_item_accepted: parties }],
		['another is assigned', () => assign('adopted', 'dropped'), { action_item_assigned: parties }],
		['it is cancelled', () => cancel('dropped'), { action_item_cancelled: [...parties, 'union'] }],
		[
			'the meeting closes',
			() => by('secretariat', `public.close_meeting($1, '纪要', 'minutes')`, [the('meeting')]),
			{ meeting_closed: seated }
		]
	];

	test.for(story)('when %s', async ([, act, tells]) => {
		await act();
		expect(await newlyTold()).toEqual(
			Object.fromEntries(Object.entries(tells).map(([kind, who]) => [kind, who.toSorted()]))
		);
	});
});

/** What somebody reads of these rows, what has passed marked. */
const reads = (who: string, ...names: string[]) =>
	by<string[]>(
		who,
		`array(select n.kind || case when n.passed then ' passed' else '' end from ${notificationsRead}
			where n.subject_id = any ($1) order by n.created_at, n.kind)`,
		[names.map(the)]
	);

describe('what was told passes', () => {
	beforeAll(async () => {
		await plan('next');
		await propose('union', 'next_item');
	});

	test('a proposal when the secretariat decided, a planned meeting and a place on its agenda when it opens', async () => {
		expect(await reads('colleague', 'next_item')).toEqual(['agenda_item_proposed']);
		await schedule('next_item', 'next');
		expect(await reads('colleague', 'next_item')).toEqual(['agenda_item_proposed passed']);
		expect(await reads('union', 'next', 'next_item')).toEqual([
			'meeting_planned',
			'agenda_item_scheduled'
		]);
		await open('next');
		expect(await reads('union', 'next', 'next_item')).toEqual([
			'meeting_planned passed',
			'agenda_item_scheduled passed',
			'meeting_opened'
		]);
	});

	test('a voting for the seat that voted, and for all when it is over', async () => {
		const unread = (who: string) => by<number>(who, 'public.unread_notifications()');
		const before = await unread('union');
		await putToVote('next_item', 'vote');
		expect(await unread('union')).toBe(before + 1);
		await vote('union', 'vote');
		expect(await unread('union')).toBe(before);
		expect(await reads('union', 'vote')).toEqual(['voting_opened passed']);
		expect(await reads('ours', 'vote')).toEqual(['voting_opened']);
		await decide('vote', 'for');
		expect(await reads('ours', 'vote')).toEqual(['voting_opened passed', 'resolution_adopted']);
	});

	test('an action item with each step, and an earlier report when there is a later one', async () => {
		await assign('vote', 'action');
		expect(await reads('office', 'action')).toEqual(['action_item_assigned']);
		await report('action', true);
		expect(await reads('office', 'action')).toEqual(['action_item_assigned passed']);
		expect(await reads('union', 'action')).toEqual(['action_item_reported']);
		await sendBack('action');
		expect(await reads('union', 'action')).toEqual(['action_item_reported passed']);
		await report('action', true);
		expect(await reads('union', 'action')).toEqual([
			'action_item_reported passed',
			'action_item_reported'
		]);
		await accept('action');
		expect(await reads('office', 'action')).toEqual([
			'action_item_assigned passed',
			'action_item_sent_back passed',
			'action_item_accepted'
		]);
	});
});

test('who reports is reminded of an action item 5 and 1 working days before and the day after, once, until it is done', async () => {
	await assign('vote', 'due', `private.today() + 60`);
	await newlyTold();
	const due = `(select due_on from public.action_items where id = '${the('due')}')`;
	const remind = async (on: string) => {
		await owner.query(`select private.remind((${on})::date)`);
		return newlyTold();
	};
	const reporters = ['office', 'office_admin'];
	expect(await remind(`private.working_day_before(${due}, 6)`)).toEqual({});
	const first = `private.working_day_before(${due}, 5)`;
	expect(await remind(first)).toEqual({ action_item_due_in_5: reporters });
	expect(await remind(first)).toEqual({});
	expect(await remind(`private.working_day_before(${due}, 1)`)).toEqual({
		action_item_due_in_1: reporters
	});
	expect(await remind(`${due} + 1`)).toEqual({ action_item_overdue: reporters });
	await report('due', true);
	await newlyTold();
	expect(await remind(`${due} + 9`)).toEqual({});
	expect((await reads('office', 'due')).filter((kind) => !kind.endsWith('passed'))).toEqual([]);
});

describe('who may read it no longer', () => {
	const everything = (who: string) =>
		by<string[]>(
			who,
			`array(select distinct n.subject_type from ${notificationsRead}
				union all select distinct x.subject_type from public.notifications x order by 1)`
		);

	test('an organisation whose seat ended reads nothing of the council', async () => {
		expect(await everything('rival')).toContain('meeting');
		await by('secretariat', 'public.end_seat($1, $2)', [council, the('rival')]);
		expect(await everything('rival')).toEqual([]);
		expect(await by<number>('rival', 'public.unread_notifications()')).toBe(0);
		await owner.query(
			'update public.council_seats set until = null where council_id = $1 and organisation_id = $2',
			[council, the('rival')]
		);
	});

	test('who is no administrator of the convener any more reads no proposals', async () => {
		expect(await everything('colleague')).toContain('agenda_item');
		await by('secretariat', `public.change_member_roles($1, $2, '{delegate}')`, [
			the('city'),
			actor('colleague').person
		]);
		const left = await everything('colleague');
		expect(left).toContain('meeting');
		expect(await reads('colleague', 'item', 'declined', 'next_item')).toEqual([]);
	});
});

describe('mails', () => {
	type Next = { id: string; to: string; items: DigestItem[] } | null;
	/** All mails that wait now, by the name of whom they go to. */
	async function waitingMails(): Promise<Record<string, DigestItem[]>> {
		await jobs.query('select private.gather_mails()');
		const mails: Record<string, DigestItem[]> = {};
		const next = () => one<Next>(jobs, 'select private.next_mail()');
		for (let mail = await next(); mail; mail = await next()) {
			const [name = '?'] =
				Object.entries(people).find(([, { person }]) => mail?.to.startsWith(person)) ?? [];
			mails[name] = mail.items;
			await jobs.query('select private.mail_sent($1)', [mail.id]);
		}
		return mails;
	}

	test('one mail tells of a due date, a meeting and an action item, each with its page; what has passed and who left are left out', async () => {
		await waitingMails();
		await owner.query(
			`update public.members set roles = '{reporter,delegate,admin}' where person_id = $1`,
			[actor('office').person]
		);
		const month = await one(owner, `select to_char(private.today() - 40, 'YYYY-MM')`);
		await by('secretariat', `public.open_obligations($1, 'test_services', $2)`, [council, month]);
		const obligation = await one(
			owner,
			'select id from public.obligations where organisation_id = $1 and period = $2',
			[the('office'), month]
		);
		await owner.query(
			'select private.remind((select due_on from public.obligations where id = $1))',
			[obligation]
		);
		await plan('mailed');
		await assign('vote', 'mailed_task');
		await assign('vote', 'mailed_cancelled');
		await cancel('mailed_cancelled');
		await by('office', `public.propose_agenda_item($1, '提案', 'proposal')`, [council]);
		await owner.query('update public.members set ended_at = now() where person_id = $1', [
			actor('office_admin').person
		]);

		const mails = await waitingMails();
		expect(Object.keys(mails).toSorted()).toEqual(
			[
				'bureau',
				'colleague',
				'office',
				'ours',
				'ours_admin',
				'rival',
				'secretariat',
				'union'
			].toSorted()
		);
		const items = mails.office ?? [];
		expect(items.map(({ kind }) => kind).toSorted()).toEqual([
			'action_item_assigned',
			'action_item_cancelled',
			'due_in_1',
			'meeting_planned'
		]);
		const { text } = digest('林岳', items, 'https://xiezhi.example', null);
		for (const address of [
			`submissions/deadlines/${obligation}`,
			`meetings/${the('mailed')}`,
			`action-items/${the('mailed_task')}`
		])
			expect(text.split(`https://xiezhi.example/${address}\n`)).toHaveLength(3);
		expect(text).not.toMatch(/null|undefined/);
		expect(mails.secretariat?.map(({ kind }) => kind)).toEqual(['agenda_item_proposed']);
	});
});

describe('what a domain gives', () => {
	test('every kind that the database knows has its words, and nothing else has', async () => {
		const { rows } = await owner.query<{ kind: string }>(
			'select kind from private.notification_kinds'
		);
		expect(rows.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds).toSorted());
	});

	test('every kind of row that people are told of says what it is, and has a page', async () => {
		const { rows } = await owner.query<{ type: string; answers: boolean }>(
			`select distinct subject_type as type,
				to_regprocedure(format('private.%I(public.notifications[])', 'notifications_' || subject_type)) is not null as answers
			 from private.notification_kinds`
		);
		expect(rows.length).toBeGreaterThan(4);
		expect(rows.filter(({ answers }) => !answers)).toEqual([]);
		expect(Object.keys(subjects)).toEqual(expect.arrayContaining(rows.map(({ type }) => type)));
	});
});
