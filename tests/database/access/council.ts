import type { Client } from 'pg';
import {
	does,
	file,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from '../council.ts';
import { today } from '#lib/kernel/day.ts';
import { monthsBefore } from '#lib/kernel/period.ts';

// The council that the access matrix is tried on: who is there, and the ids that calls and expectations name.

/** Something of everything, and somebody in every position; opened once by the test file. */
export let stage: Stage;
let owner: Client;

/** Opens the stage and fills it, with what domains bring. */
export async function openCouncil(brings: (() => Promise<void>)[]): Promise<void> {
	stage = await openStage('access');
	owner = stage.owner;
	const opened = new Date().toISOString();
	await registry(owner);
	await people();
	await filings();
	await deadlines();
	await meeting();
	await rest();
	// It happened before all else and was read: what others show as the newest, or count as unread, stays.
	await owner.query(`select set_config('xiezhi.clock', $1, false)`, [opened]);
	for (const bring of brings) await bring();
	await owner.query('update public.notifications set read_at = created_at where created_at <= $1', [
		opened
	]);
	await owner.query(`select set_config('xiezhi.clock', '', false)`);
}

export type Id =
	| 'action'
	| 'administrator'
	| 'api_key'
	| 'bureau'
	| 'objection'
	| 'convener'
	| 'council'
	| 'district'
	| 'elsewhere'
	| 'excused'
	| 'feed'
	| 'file'
	| 'extension'
	| 'far_office'
	| 'far_office_obligation'
	| 'far_office_submission'
	| 'invitation'
	| 'item'
	| 'meeting'
	| 'next_meeting'
	| 'office'
	| 'office_obligation'
	| 'office_submission'
	| 'open_resolution'
	| 'other_council'
	| 'ours'
	| 'ours_draft'
	| 'ours_obligation'
	| 'ours_owed'
	| 'ours_submission'
	| 'ours_target'
	| 'ours_waiting'
	| 'party'
	| 'proposal'
	| 'release'
	| 'report'
	| 'reported_action'
	| 'resolution'
	| 'revision'
	| 'rival'
	| 'rival_obligation'
	| 'rival_submission'
	| 'social'
	| 'target'
	| 'third'
	| 'third_corrected'
	| 'third_obligation'
	| 'third_submission'
	| 'union'
	| 'viewer'
	| 'withdrawn_release';

/** Ids by name. One that the fixture did not make cannot be asked for: an empty id would be refused for the wrong reason. */
export const id = new Proxy({} as Record<Id, string>, {
	get(made, name: Id) {
		if (typeof made[name] !== 'string') throw new Error(`the fixture has no id "${name}"`);
		return made[name];
	},
	set(made, name: Id, value: unknown) {
		if (typeof value !== 'string') throw new Error(`the fixture made nothing for "${name}"`);
		made[name] = value;
		return true;
	}
});

/** An id by a name that was put together. */
export const the = (name: string) => id[name as Id];

/**
 * Names an id that a domain brought.
 * @public
 */
export function keep(name: string, made: string): void {
	id[name as Id] = made;
}

/** A text with the fixture's names for the ids in it, `?` for one that it has no name for. */
export function called(text: string): string {
	const people = [...actors].map(([name, actor]) => [name, actor?.person] as const);
	const known = [...people, ...Object.entries(id)];
	return text.replaceAll(
		/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
		(found) => known.find(([, value]) => value === found)?.[0] ?? '?'
	);
}

/** The SQL for the name of the organisation whose id a column holds. */
export const nameOf = (column: string) =>
	`(select coalesce(max(o.name_zh), '-') from public.organisations o where o.id = ${column})`;

export const period = '2026-03';
/** The last month: nobody has filed it. */
const owed = monthsBefore(today(), 1).slice(0, 7);

// ---------------------------------------------------------------- who is there

/** Everybody who tries everything; `nobody` has no account. */
export const everybody = [
	'nobody',
	'stranger',
	'secretariat',
	'auditor',
	'city_reviewer',
	'district_reviewer',
	'reporter',
	'administrator',
	'viewer',
	'delegate',
	'rival',
	'union',
	'party',
	'social',
	'office',
	'far_office',
	'elsewhere',
	'yesterday',
	'pretender'
] as const;
export type Who = (typeof everybody)[number];

/** Everybody with a seat in the council. */
export const seated: Who[] = [
	'secretariat',
	'auditor',
	'city_reviewer',
	'district_reviewer',
	'reporter',
	'administrator',
	'viewer',
	'delegate',
	'rival',
	'union',
	'party',
	'social',
	'office',
	'far_office'
];
export const ours: Who[] = ['reporter', 'administrator', 'viewer', 'delegate'];
export const city: Who[] = ['secretariat', 'auditor', 'city_reviewer'];
/** @public */
export const actors = new Map<string, Actor | null>();

/** The person, or null for `nobody`. @throws for a name that nobody has */
export function personOf(name: string): Actor | null {
	const person = actors.get(name);
	if (person === undefined) throw new Error(`nobody is called "${name}"`);
	return person;
}

/** The person. @throws for a name that nobody has, and for `nobody` */
function actor(name: string): Actor {
	const person = personOf(name);
	if (!person) throw new Error(`"${name}" has no account`);
	return person;
}

/** Seats, and in each organisation somebody for each role that matters. */
async function people() {
	const seats: [string, string, string, string][] = [
		['convener', 'government', '31', 'voting'],
		['bureau', 'government', '31', 'voting'],
		['district', 'government', '310105', 'voting'],
		['ours', 'platform', '31', 'voting'],
		['rival', 'platform', '31', 'voting'],
		['third', 'platform', '31', 'observer'],
		['union', 'union', '31', 'voting'],
		['party', 'party', '31', 'voting'],
		['social', 'social', '31', 'voting'],
		['office', 'community', '310105001', 'observer'],
		['far_office', 'community', '310115004', 'observer']
	];
	for (const [name, kind, region] of seats)
		id[name as Id] = await organisation(owner, kind, name, region);
	id.elsewhere = await organisation(owner, 'government', 'elsewhere', '33');
	id.council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
		[id.convener]
	);
	id.other_council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('乙', 'B', '33', $1) returning id`,
		[id.elsewhere]
	);
	for (const [name, , , standing] of seats)
		await owner.query(
			'insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, $3, $4)',
			[id.council, the(name), standing, '2026-01-01']
		);
	await owner.query(
		`insert into public.council_seats (council_id, organisation_id, standing) values ($1, $2, 'voting')`,
		[id.other_council, id.elsewhere]
	);

	actors.set('nobody', null);
	actors.set('stranger', await member(owner, null));
	actors.set('secretariat', await member(owner, id.convener, 'admin', 'delegate'));
	actors.set('auditor', await member(owner, id.convener, 'auditor'));
	actors.set('city_reviewer', await member(owner, id.bureau, 'reviewer', 'delegate'));
	actors.set('district_reviewer', await member(owner, id.district, 'reviewer'));
	actors.set('reporter', await member(owner, id.ours, 'reporter'));
	actors.set('administrator', await member(owner, id.ours, 'admin'));
	actors.set('viewer', await member(owner, id.ours, 'viewer'));
	actors.set('delegate', await member(owner, id.ours, 'delegate'));
	actors.set('rival', await member(owner, id.rival, 'reporter', 'admin', 'delegate'));
	actors.set('union', await member(owner, id.union, 'delegate'));
	actors.set('party', await member(owner, id.party, 'reporter', 'delegate'));
	actors.set('social', await member(owner, id.social, 'viewer'));
	actors.set('office', await member(owner, id.office, 'reporter', 'admin'));
	actors.set('far_office', await member(owner, id.far_office, 'reporter'));
	actors.set('elsewhere', await member(owner, id.elsewhere, 'admin', 'reviewer', 'delegate'));
	// Yesterday's member: the token still names the organisation, the membership has ended.
	actors.set('yesterday', await member(owner, id.ours, 'admin', 'reporter', 'delegate'));
	await owner.query('update public.members set ended_at = now() where person_id = $1', [
		actor('yesterday').person
	]);
	// Somebody who writes an organisation into the token without being its member.
	actors.set('pretender', {
		person: (await member(owner, id.rival, 'viewer')).person,
		organisation: id.ours
	});
}
async function filings() {
	await does(owner, actor('secretariat'), `public.open_obligations($1, 'test_monthly', $2)`, [
		id.council,
		period
	]);
	await does(owner, actor('secretariat'), `public.open_obligations($1, 'test_services', $2)`, [
		id.council,
		period
	]);
	const owed = (name: string) =>
		one(owner, 'select id from public.obligations where organisation_id = $1', [the(name)]);
	for (const name of ['ours', 'rival', 'third', 'office', 'far_office'])
		id[`${name}_obligation` as Id] = await owed(name);
	actors.set('third', await member(owner, id.third, 'reporter'));

	const labour = (workers: number): [string, string, number][] => [
		['test_workers', '310105', workers],
		['test_signed', '310105', Math.round(workers / 3)],
		['test_workers', '310115', workers * 2],
		['test_signed', '310115', workers]
	];
	id.ours_submission = await file(owner, actor('reporter'), id.ours_obligation, labour(1000));
	id.rival_submission = await file(owner, actor('rival'), id.rival_obligation, labour(800));
	id.third_submission = await file(owner, actor('third'), id.third_obligation, labour(600));
	for (const name of ['ours', 'rival', 'third'])
		await does(owner, actor('city_reviewer'), 'public.accept_submission($1)', [
			the(`${name}_submission`)
		]);
	await corrections(labour);
	// A corrected version that waits for review, and a draft that nobody but its owner may know of.
	id.ours_waiting = await file(owner, actor('reporter'), id.ours_obligation, labour(1100));
	id.ours_draft = (
		await does<{ submission: string }>(
			owner,
			actor('reporter'),
			`public.start_submission($1, 'draft.csv', $2, 10)`,
			[id.ours_obligation, 'd'.repeat(64)]
		)
	).submission;
	id.office_submission = await file(owner, actor('office'), id.office_obligation, [
		['test_visits', '310105001', 40]
	]);
	id.far_office_submission = await file(owner, actor('far_office'), id.far_office_obligation, [
		['test_visits', '310115004', 50]
	]);
	// It came back with a mark, and was answered.
	const review = await one(
		owner,
		`insert into public.reviews (submission_id, stage, organisation_id, reviewed_by, decision, reason, marks)
		 values ($1, 1, $2, $3, 'return', '请核对走访次数', '[{"position": 1, "code": "other", "note": "请核对本格", "opens": "cell"}]')
		 returning id`,
		[id.far_office_submission, id.convener, actor('secretariat').person]
	);
	await owner.query(
		`update public.submissions set status = 'returned', decided_at = now() where id = $1`,
		[id.far_office_submission]
	);
	await owner.query(
		`insert into public.mark_replies (review_id, position, text, replied_by) values ($1, 1, '已经核对', $2)`,
		[review, actor('far_office').person]
	);
}

async function deadlines() {
	const secretariat = actor('secretariat');
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		id.council,
		owed
	]);
	const of = (organisation: string) =>
		one(owner, 'select id from public.obligations where organisation_id = $1 and period = $2', [
			organisation,
			owed
		]);
	id.ours_owed = await of(id.ours);
	id.excused = await of(id.third);
	await does(owner, secretariat, `public.excuse_obligation($1, '系统正在迁移')`, [id.excused]);
	await owner.query(
		`insert into public.calendar_moves (obligation_id, council_id, organisation_id, due_before, due_after)
		 select id, council_id, organisation_id, due_on - 1, due_on from public.obligations where id = $1`,
		[id.ours_owed]
	);
	await does(owner, actor('reporter'), 'public.make_calendar_feed()');
	id.feed = await one(owner, 'select id from public.calendar_feeds');
	await owner.query(
		`insert into public.notifications (person_id, organisation_id, kind, subject_type, subject_id, due_on)
		 select m.person_id, m.organisation_id, 'overdue', 'obligation', o.id::text, o.due_on from public.members m, public.obligations o where o.id = $1 and m.person_id = any ($2)`,
		[id.ours_owed, [actor('reporter'), actor('yesterday')].map(({ person }) => person)]
	);
	id.extension = await does(
		owner,
		actor('reporter'),
		`public.request_extension($1, current_date + 60, '系统发生故障')`,
		[id.ours_owed]
	);
}

/** So late only by exception: the third's figures corrected, ours being corrected, the rival's reopened and objected to. */
async function corrections(labour: (workers: number) => [string, string, number][]) {
	const reviewer = actor('city_reviewer');
	for (const name of ['ours', 'rival', 'third'])
		await does(
			owner,
			actor('secretariat'),
			`public.grant_exception($1, '统计口径调整', current_date + 30)`,
			[the(`${name}_obligation`)]
		);
	id.third_corrected = await file(
		owner,
		actor('third'),
		id.third_obligation,
		// The city's total stays.
		labour(600).map(([measure, region, value]) => [
			measure,
			region,
			measure === 'test_workers' ? value : value + (region === '310105' ? 1 : -1)
		])
	);
	await does(owner, reviewer, 'public.accept_submission($1)', [id.third_corrected]);
	id.revision = await one(owner, 'select id from public.revisions where obligation_id = $1', [
		id.third_obligation
	]);
	await does(owner, reviewer, `public.reopen_submission($1, '人数似有重复')`, [
		id.rival_submission
	]);
	id.objection = await does(owner, actor('rival'), `public.raise_objection($1, '人数没有重复')`, [
		id.rival_submission
	]);
}

async function meeting() {
	const secretariat = actor('secretariat');
	id.meeting = await does(owner, secretariat, `public.plan_meeting($1, '例会', 'meeting', now())`, [
		id.council
	]);
	id.next_meeting = await does(
		owner,
		secretariat,
		`public.plan_meeting($1, '下次', 'next', now() + interval '20 days')`,
		[id.council]
	);
	id.item = await does(
		owner,
		secretariat,
		`public.propose_agenda_item($1, '议题', 'item', '', '', 'TEST1')`,
		[id.council]
	);
	await does(owner, secretariat, 'public.schedule_agenda_item($1, $2)', [id.item, id.meeting]);
	id.proposal = await does(
		owner,
		actor('delegate'),
		`public.propose_agenda_item($1, '提案', 'proposal')`,
		[id.council]
	);
	await does(owner, secretariat, 'public.open_meeting($1)', [id.meeting]);
	id.resolution = await does(
		owner,
		secretariat,
		`public.propose_resolution($1, '决议', 'resolution', 'simple')`,
		[id.item]
	);
	for (const name of ['secretariat', 'city_reviewer', 'delegate', 'rival', 'union'])
		await does(owner, actor(name), `public.cast_vote($1, 'for')`, [id.resolution]);
	await does(owner, secretariat, 'public.decide_resolution($1)', [id.resolution]);
	id.open_resolution = await does(
		owner,
		secretariat,
		`public.propose_resolution($1, '表决中', 'voting', 'simple')`,
		[id.item]
	);
	id.action = await does(
		owner,
		secretariat,
		`public.assign_action_item($1, '任务', 'task', '', '', $2, $3, current_date + 30)`,
		[id.resolution, id.office, id.union]
	);
	id.reported_action = await does(
		owner,
		secretariat,
		`public.assign_action_item($1, '已报', 'reported', '', '', $2, $3, current_date + 30)`,
		[id.resolution, id.office, id.union]
	);
	id.report = await does(
		owner,
		actor('office'),
		`public.report_progress($1, '完成了', 100, true, 'photo.png', 'image/png', 'aGVsbG8=')`,
		[id.reported_action]
	);
	id.file = await one(owner, 'select id from public.files where subject_id = $1', [id.report]);
}

async function rest() {
	const secretariat = actor('secretariat');
	id.release = await does(
		owner,
		secretariat,
		`public.publish_release($1, '发布', 'release', $2, '{TEST1}')`,
		[id.council, period]
	);
	id.withdrawn_release = await does(
		owner,
		secretariat,
		`public.publish_release($1, '撤回', 'withdrawn', $2, '{TEST1}')`,
		[id.council, period]
	);
	await does(owner, secretariat, `public.withdraw_release($1, '数据有误，重发')`, [
		id.withdrawn_release
	]);
	const target = (organisation: string | null) =>
		does(
			owner,
			secretariat,
			`public.set_target($1, 'TEST1', '31', '2026-12', 'floor', 40, null, '决议', 'resolution', $2)`,
			[id.council, organisation]
		);
	id.target = await target(null);
	id.ours_target = await target(id.ours);
	await does(
		owner,
		actor('administrator'),
		`public.invite_member($1, 'new@example.cn', '{viewer}')`,
		[id.ours]
	);
	id.invitation = await one(owner, 'select id from public.invitations');
	id.api_key = await does(
		owner,
		actor('administrator'),
		`public.create_api_key($1, '用工平台', '{submissions:write}', $2, 'xz_abcdef')`,
		[id.ours, 'a'.repeat(64)]
	);
	id.administrator = actor('administrator').person;
	id.viewer = actor('viewer').person;
	await does(owner, actor('reporter'), `public.save_column_mapping('test_monthly', 'ours', '{}')`);
	for (const name of ['ours', 'office'])
		await does(
			owner,
			actor(name === 'ours' ? 'reporter' : name),
			`public.save_form_draft($1, '{}', 0)`,
			[the(`${name}_obligation`)]
		);
	await peers();
}

/** A rule that compares among peers, and the five figures that a range takes, of measures that no indicator shows. */
async function peers() {
	await owner.query(`
		insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, description_zh, description_en) values
			('test_joined', '测试新增', 'test joined', 'test_unit', true, true, '', ''),
			('test_left', '测试离开', 'test left', 'test_unit', true, true, '', '');
		insert into public.dataset_measures (dataset_code, measure_code, position, required, value_type) values
			('test_monthly', 'test_joined', 3, false, 'count'), ('test_monthly', 'test_left', 4, false, 'count');
		insert into public.dataset_rules (dataset_code, code, kind, severity, params)
			values ('test_monthly', 'among_peers', 'peer_outlier', 'warning', '{"measure": "test_joined", "denominator": "test_left", "k": 1}');
	`);
	for (const [at, joined] of [11, 12, 14, 15, 19].entries())
		await owner.query(
			`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, value, submission_id, dataset_code)
			 select $1, measure, $2, $3, '31', $4, value, $5, 'test_monthly'
			 from (values ('test_joined', $6::numeric), ('test_left', 20)) x (measure, value)`,
			[
				id.council,
				period,
				`${period}-01`,
				await organisation(owner, 'platform', `peer ${at}`, '31'),
				id.third_corrected,
				joined
			]
		);
}
