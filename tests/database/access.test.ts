import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
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
import { today } from '#lib/kernel/day.ts';
import { monthsBefore } from '#lib/kernel/period.ts';

// Who may see and do what, written out: every role × every table, view and function × every verb, through SQL and
// through HTTP. What is in the catalogue and not in these tables fails.

let stage: Stage;
let owner: Client;
const actors: Record<string, Actor | null> = {};
/** Ids that calls and expectations name. */
const id = {} as Record<
	| 'action'
	| 'administrator'
	| 'api_key'
	| 'bureau'
	| 'contest'
	| 'convener'
	| 'council'
	| 'district'
	| 'elsewhere'
	| 'evidence'
	| 'excused'
	| 'feed'
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
	| 'withdrawn_release',
	string
>;
const ids: Record<string, string> = id;

const period = '2026-03';
/** The last month: nobody has filed it. */
const owed = monthsBefore(today(), 1).slice(0, 7);

beforeAll(async () => {
	stage = await openStage('access');
	owner = stage.owner;
	await registry(owner);
	await people();
	await filings();
	await deadlines();
	await meeting();
	await rest();
}, 180_000);

afterAll(() => stage?.close());

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
		ids[name] = await organisation(owner, kind, name, region);
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

	actors.nobody = null;
	actors.stranger = await member(owner, null);
	actors.secretariat = await member(owner, id.convener, 'admin', 'delegate');
	actors.auditor = await member(owner, id.convener, 'auditor');
	actors.city_reviewer = await member(owner, id.bureau, 'reviewer', 'delegate');
	actors.district_reviewer = await member(owner, id.district, 'reviewer');
	actors.reporter = await member(owner, id.ours, 'reporter');
	actors.administrator = await member(owner, id.ours, 'admin');
	actors.viewer = await member(owner, id.ours, 'viewer');
	actors.delegate = await member(owner, id.ours, 'delegate');
	actors.rival = await member(owner, id.rival, 'reporter', 'admin', 'delegate');
	actors.union = await member(owner, id.union, 'delegate');
	actors.party = await member(owner, id.party, 'reporter', 'delegate');
	actors.social = await member(owner, id.social, 'viewer');
	actors.office = await member(owner, id.office, 'reporter', 'admin');
	actors.far_office = await member(owner, id.far_office, 'reporter');
	actors.elsewhere = await member(owner, id.elsewhere, 'admin', 'reviewer', 'delegate');
	// Yesterday's member: the token still names the organisation, the membership has ended.
	actors.yesterday = await member(owner, id.ours, 'admin', 'reporter', 'delegate');
	await owner.query('update public.members set ended_at = now() where person_id = $1', [
		actors.yesterday.person
	]);
	// Somebody who writes an organisation into the token without being its member.
	actors.pretender = {
		person: (await member(owner, id.rival, 'viewer')).person,
		organisation: id.ours ?? null
	};
}

const actor = (name: string) => actors[name] as Actor;
const the = (name: string) => ids[name] ?? '';

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
		ids[`${name}_obligation`] = await owed(name);
	actors.third = await member(owner, id.third, 'reporter');

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
		`insert into public.notifications (person_id, organisation_id, obligation_id, kind, due_on)
		 select person_id, organisation_id, $1, 'overdue', current_date from public.members where person_id = any ($2)`,
		[id.ours_owed, [actor('reporter'), actor('yesterday')].map(({ person }) => person)]
	);
	id.extension = await does(
		owner,
		actor('reporter'),
		`public.request_extension($1, current_date + 60, '系统发生故障')`,
		[id.ours_owed]
	);
}

/** So late only by exception: the third's figures corrected, ours being corrected, the rival's reopened and contested. */
async function corrections(labour: (workers: number) => [string, string, number][]) {
	const reviewer = actor('city_reviewer');
	for (const name of ['ours', 'rival', 'third'])
		await does(
			owner,
			actor('secretariat'),
			`public.permit_late_change($1, '统计口径调整', current_date + 30)`,
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
	id.contest = await does(owner, actor('rival'), `public.contest_decision($1, '人数没有重复')`, [
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
	id.evidence = await one(
		owner,
		'select id from public.evidence_files where action_report_id = $1',
		[id.report]
	);
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
}

// ---------------------------------------------------------------- reading

const everybody = [
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
type Who = (typeof everybody)[number];

/** Everybody with a seat in the council. */
const seated: Who[] = [
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
const ours: Who[] = ['reporter', 'administrator', 'viewer', 'delegate'];
const city: Who[] = ['secretariat', 'auditor', 'city_reviewer'];
const nobody: Who[] = ['nobody', 'stranger', 'yesterday', 'pretender'];

/** What of the fixture a table shows: a label per row, and for each actor the labels seen. Not listed: no row. `refused`: not even asked. */
type Reading = { label: string; where?: string; seen: Partial<Record<Who, string[]>> };

function each(who: readonly Who[], labels: string[]): Partial<Record<Who, string[]>> {
	return Object.fromEntries(who.map((name) => [name, labels.toSorted()]));
}

const nameOf = (column: string) =>
	`(select coalesce(max(o.name_zh), '-') from public.organisations o where o.id = ${column})`;

/** Everybody may read these wholly: the registry. */
const open = [
	'regions',
	'units',
	'occupations',
	'employment_modes',
	'measures',
	'indicators',
	'indicator_definitions',
	'definition_terms',
	'sources',
	'reference_values',
	'public_series',
	'public_observations',
	'series_breaks',
	'datasets',
	'dataset_measures',
	'dataset_rules',
	'dataset_versions',
	'calendar_days'
];

const council_organisations = [
	'bureau',
	'convener',
	'district',
	'far_office',
	'office',
	'ours',
	'party',
	'rival',
	'social',
	'third',
	'union'
];
const filed = {
	ours: ['ours accepted', 'ours submitted'],
	rival: ['rival reopened'],
	third: ['third accepted', 'third superseded'],
	office: ['office submitted'],
	far_office: ['far_office returned']
};
const all_filed = Object.values(filed).flat();

const readings: Record<string, Reading> = {
	organisations: {
		label: 'name_zh',
		seen: { ...each(seated, council_organisations), elsewhere: ['elsewhere'] }
	},
	people: {
		label: `(select string_agg(distinct o.name_zh, ',' order by o.name_zh) from public.members m join public.organisations o on o.id = m.organisation_id where m.person_id = x.id)`,
		where: `exists (select 1 from public.members m where m.person_id = x.id and m.ended_at is null)`,
		seen: {
			...each(['secretariat', 'auditor'], ['convener', 'convener']),
			city_reviewer: ['bureau'],
			district_reviewer: ['district'],
			// With the member as which an API key of ours acts.
			...each(ours, ['ours', 'ours', 'ours', 'ours', 'ours']),
			rival: ['rival', 'rival'],
			union: ['union'],
			party: ['party'],
			social: ['social'],
			office: ['office'],
			far_office: ['far_office'],
			elsewhere: ['elsewhere'],
			pretender: ['rival']
		}
	},
	members: {
		label: nameOf('organisation_id'),
		where: 'ended_at is null',
		seen: {
			...each(['secretariat', 'auditor'], ['convener', 'convener']),
			city_reviewer: ['bureau'],
			district_reviewer: ['district'],
			// With the member as which an API key of ours acts.
			...each(ours, ['ours', 'ours', 'ours', 'ours', 'ours']),
			rival: ['rival', 'rival'],
			union: ['union'],
			party: ['party'],
			social: ['social'],
			office: ['office'],
			far_office: ['far_office'],
			elsewhere: ['elsewhere'],
			pretender: ['rival']
		}
	},
	councils: { label: 'name_en', seen: { ...each(seated, ['A']), elsewhere: ['B'] } },
	council_seats: {
		label: nameOf('organisation_id'),
		seen: { ...each(seated, council_organisations), elsewhere: ['elsewhere'] }
	},
	invitations: { label: 'email', seen: { administrator: ['new@example.cn'] } },
	api_keys: { label: 'name', seen: { administrator: ['用工平台'] } },
	audit_events: {
		label: 'verb',
		where: `verb in ('submit', 'open_meeting', 'report_done', 'propose_agenda_item', 'invite_member') and (verb <> 'submit' or details ->> 'dataset' = 'test_monthly')`,
		seen: {
			...each(seated, ['open_meeting']),
			// The convener's auditor reads all that happened in the council; its administrators what the convener did and what concerns all.
			auditor: [
				'open_meeting',
				'propose_agenda_item',
				'propose_agenda_item',
				'report_done',
				'submit',
				'submit',
				'submit',
				'submit',
				'submit'
			],
			secretariat: ['open_meeting', 'propose_agenda_item'],
			...each(ours, ['invite_member', 'open_meeting', 'propose_agenda_item', 'submit', 'submit']),
			rival: ['open_meeting', 'submit'],
			union: ['open_meeting', 'report_done'],
			office: ['open_meeting', 'report_done']
		}
	},
	targets: {
		label: `coalesce(${nameOf('organisation_id')}, '-')`,
		seen: { ...each(seated, ['-']), ...each([...ours, ...city], ['-', 'ours']) }
	},
	obligations: {
		label: nameOf('organisation_id'),
		where: `period = '${period}'`,
		seen: {
			...each(city, ['far_office', 'office', 'ours', 'rival', 'third']),
			district_reviewer: ['office'],
			...each(ours, ['ours']),
			rival: ['rival'],
			office: ['office'],
			far_office: ['far_office']
		}
	},
	obligation_states: {
		label: `organisation_zh`,
		where: `period = '${period}'`,
		seen: {
			...each(city, ['far_office', 'office', 'ours', 'rival', 'third']),
			district_reviewer: ['office'],
			...each(ours, ['ours']),
			rival: ['rival'],
			office: ['office'],
			far_office: ['far_office']
		}
	},
	extension_requests: {
		label: nameOf('organisation_id'),
		seen: each([...city, ...ours], ['ours'])
	},
	excuses: { label: nameOf('organisation_id'), seen: each(city, ['third']) },
	calendar_moves: {
		label: nameOf('organisation_id'),
		seen: each([...city, ...ours], ['ours'])
	},
	calendar_feeds: {
		label: nameOf('organisation_id'),
		seen: each(['reporter', 'administrator'], ['ours'])
	},
	notifications: {
		label: 'kind',
		seen: {
			secretariat: ['extension_asked', 'objection_to_decide'],
			city_reviewer: ['extension_asked', 'objected'],
			reporter: ['accepted', 'overdue'],
			rival: ['accepted', 'reopened'],
			far_office: ['returned']
		}
	},
	column_mappings: { label: 'name', seen: each(ours, ['ours']) },
	form_drafts: {
		label: nameOf('organisation_id'),
		seen: { reporter: ['ours'], office: ['office'] }
	},
	submissions: {
		label: `${nameOf('organisation_id')} || ' ' || status`,
		seen: {
			...each(city, all_filed),
			district_reviewer: filed.office,
			...each(ours, [...filed.ours, 'ours draft']),
			rival: filed.rival,
			office: filed.office,
			far_office: filed.far_office
		}
	},
	entries: {
		label: `(select ${nameOf('s.organisation_id')} from public.submissions s where s.id = submission_id) || ' ' || value`,
		where: `measure_code in ('test_workers', 'test_visits')`,
		seen: {
			...each(city, [
				'ours 1000',
				'ours 2000',
				'ours 1100',
				'ours 2200',
				'rival 800',
				'rival 1600',
				'third 600',
				'third 600',
				'third 1200',
				'third 1200',
				'office 40',
				'far_office 50'
			]),
			district_reviewer: ['office 40'],
			...each(ours, ['ours 1000', 'ours 2000', 'ours 1100', 'ours 2200']),
			rival: ['rival 800', 'rival 1600'],
			office: ['office 40'],
			far_office: ['far_office 50']
		}
	},
	reviews: {
		label: `(select ${nameOf('s.organisation_id')} from public.submissions s where s.id = submission_id)`,
		seen: {
			...each(city, ['ours', 'rival', 'third', 'third', 'far_office']),
			...each(ours, ['ours']),
			rival: ['rival'],
			far_office: ['far_office']
		}
	},
	lock_exceptions: {
		label: nameOf('organisation_id'),
		seen: {
			...each(city, ['ours', 'rival', 'third']),
			...each(ours, ['ours']),
			rival: ['rival']
		}
	},
	revisions: {
		label: `${nameOf('organisation_id')} || ' ' || coalesce((select s.status from public.submissions s where s.id = x.submission_id), 'open')`,
		seen: {
			...each(city, ['ours open', 'rival open', 'third accepted']),
			...each(ours, ['ours open']),
			rival: ['rival open']
		}
	},
	revision_effects: {
		label: `code || ' ' || region_code`,
		seen: each(city, ['TEST1 310105', 'TEST1 310115', 'test_signed 310105', 'test_signed 310115'])
	},
	contests: {
		label: `${nameOf('organisation_id')} || ' ' || kind`,
		seen: each([...city, 'rival'], ['rival reopening'])
	},
	mark_replies: { label: 'text', seen: each([...city, 'far_office'], ['已经核对']) },
	totals: {
		label: `${nameOf('organisation_id')} || ' ' || region_code || ' ' || value`,
		where: `measure_code = 'test_workers' and occupation = ''`,
		seen: {
			...each(city, [
				'ours 31 3000',
				'ours 310105 1000',
				'ours 310115 2000',
				'rival 31 2400',
				'rival 310105 800',
				'rival 310115 1600',
				'third 31 1800',
				'third 310105 600',
				'third 310115 1200'
			]),
			...each(ours, ['ours 31 3000', 'ours 310105 1000', 'ours 310115 2000']),
			rival: ['rival 31 2400', 'rival 310105 800', 'rival 310115 1600']
		}
	},
	releases: { label: 'title_en', seen: each(everybody, ['release']) },
	release_figures: {
		label: `region_code || ' ' || coalesce(value::text, hidden)`,
		where: `region_code = '31'`,
		seen: each(everybody, ['31 44.4444'])
	},
	meetings: { label: 'title_en', seen: each(seated, ['meeting', 'next']) },
	agenda_items: {
		label: 'title_en',
		seen: { ...each(seated, ['item']), ...each([...ours, 'secretariat'], ['item', 'proposal']) }
	},
	snapshots: { label: `length(sha256)::text`, seen: each(seated, ['64']) },
	resolutions: { label: `status`, seen: each(seated, ['adopted', 'voting']) },
	votes: {
		label: nameOf('organisation_id'),
		seen: each(seated, ['bureau', 'convener', 'ours', 'rival', 'union'])
	},
	action_items: { label: 'title_en', seen: each(seated, ['reported', 'task']) },
	action_reports: {
		label: 'kind',
		seen: each(['secretariat', 'auditor', 'union', 'office'], ['done'])
	},
	evidence_files: {
		label: 'name',
		seen: each(['secretariat', 'auditor', 'union', 'office'], ['photo.png'])
	}
};

/** Tables that a person without an account may read at all. */
const anonymous = [...open, 'releases', 'release_figures'];

/** Columns that no reader gets, by table. */
const withheld: Record<string, string[]> = {
	people: ['email'],
	submissions: ['reading_sha256', 'idempotency_key', 'sums'],
	invitations: ['token_hash'],
	api_keys: ['token_hash'],
	calendar_feeds: ['token_hash'],
	dataset_rules: ['saved_by'],
	dataset_versions: ['announced_by'],
	notifications: ['mail_id'],
	evidence_files: ['content'],
	releases: ['published_by', 'withdrawn_reason'],
	lock_exceptions: ['granted_by'],
	revisions: ['opened_by', 'accepted_by'],
	revision_effects: ['total_before', 'total_after'],
	contests: ['contested_by', 'decided_by']
};

/** What a verb of SQL is answered with: `done`, or the code of the refusal. */
async function answered(act: Promise<unknown>): Promise<string> {
	try {
		await act;
		return 'done';
	} catch (error) {
		const { code, message } = error as { code: string; message: string };
		return code.startsWith('PT') ? message : code;
	}
}

describe('the catalogue', () => {
	test('has no table or view in the API that is not written out here', async () => {
		const { rows } = await owner.query<{ name: string }>(
			`select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f') order by 1`
		);
		expect(rows.map(({ name }) => name)).toEqual([...open, ...Object.keys(readings)].toSorted());
	});

	test('has no function in the API that is not written out here', async () => {
		const { rows } = await owner.query<{ name: string }>(
			`select distinct p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`
		);
		expect(rows.map(({ name }) => name)).toEqual(Object.keys(calls).toSorted());
	});

	test('has row-level security enabled and forced on every table', async () => {
		const { rows } = await owner.query(
			`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			 where n.nspname in ('public', 'identity', 'private') and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`
		);
		expect(rows).toEqual([]);
	});

	test('has no view that reads with the rights of its owner', async () => {
		const { rows } = await owner.query(
			`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
			 and not coalesce(c.reloptions @> array['security_invoker=true'], false)`
		);
		expect(rows).toEqual([]);
	});

	test('grants nobody a way to write to a table, by column or wholly', async () => {
		const { rows } = await owner.query(
			`select grantee, table_name, privilege_type from information_schema.role_column_grants
			 where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type <> 'SELECT'
			 union all
			 select grantee, table_name, privilege_type from information_schema.role_table_grants
			 where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type <> 'SELECT'`
		);
		expect(rows).toEqual([]);
	});

	test('shows a stranger the registry and releases, and nothing else', async () => {
		const { rows } = await owner.query<{ name: string }>(
			`select distinct table_name as name from information_schema.role_column_grants where table_schema = 'public' and grantee = 'anon' order by 1`
		);
		expect(rows.map(({ name }) => name)).toEqual(anonymous.toSorted());
		const functions = await owner.query<{ name: string }>(
			`select p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('anon', p.oid, 'execute')`
		);
		expect(functions.rows).toEqual([]);
	});

	test('lets people call only those helpers that policies need, each with a fixed search path', async () => {
		const { rows } = await owner.query<{ name: string }>(
			`select p.proname as name from pg_proc p where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') order by 1`
		);
		expect(rows.map(({ name }) => name)).toEqual([
			'acting_kind',
			'acting_organisation',
			'answered_for',
			'claim',
			'councils_convened',
			'councils_joined',
			'day_of',
			'due_dates_decided',
			'now',
			'obligations_told',
			'organisations_as',
			'organisations_in_council',
			'organisations_regulated',
			'organisations_reviewed',
			'period_spoken_of',
			'person_id',
			'today',
			'unwrap'
		]);
		const loose = await owner.query(
			`select p.oid::regprocedure::text from pg_proc p where p.pronamespace in ('private'::regnamespace, 'public'::regnamespace, 'identity'::regnamespace)
			 and p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false)`
		);
		expect(loose.rows).toEqual([]);
	});

	test('withholds the columns that no reader needs', async () => {
		for (const [table, columns] of Object.entries(withheld)) {
			const { rows } = await owner.query<{ column_name: string }>(
				`select c.column_name from information_schema.columns c where c.table_schema = 'public' and c.table_name = $1
				 and not has_column_privilege('authenticated', format('public.%I', $1::text), c.column_name, 'select')`,
				[table]
			);
			expect(rows.map(({ column_name }) => column_name)).toEqual(columns);
		}
	});
});

describe('reading', () => {
	for (const who of everybody) {
		test(`${who} reads what is theirs, through SQL`, async () => {
			for (const table of open) {
				const whole = await one<string>(owner, `select count(*) from public.${table}`);
				const seen = await as(owner, actors[who] ?? null, (client) =>
					one<string>(client, `select count(*) from public.${table}`)
				);
				expect.soft(seen, table).toBe(whole);
			}
			for (const [table, { label, where = 'true', seen }] of Object.entries(readings)) {
				if (who === 'nobody' && !anonymous.includes(table)) {
					expect
						.soft(
							await answered(
								as(owner, null, (client) => client.query(`select 1 from public.${table} limit 1`))
							),
							table
						)
						.toBe('42501');
					continue;
				}
				// Labels are worked out by the owner, so that they may name what the reader cannot see.
				const keys = await as(owner, actors[who] ?? null, (client) =>
					client.query<{ ctid: string; key: string }>(
						`select ${keyOf(table)} as key from public.${table} x`
					)
				);
				const { rows } = await owner.query<{ label: string }>(
					`select ${label} as label from public.${table} x where ${keyOf(table)} = any ($1) and (${where}) order by 1`,
					[keys.rows.map(({ key }) => key)]
				);
				expect
					.soft(rows.map((row) => row.label).toSorted(), table)
					.toEqual(seen[who]?.toSorted() ?? []);
			}
		});

		test(`${who} reads the same through the API`, async () => {
			for (const [table, { seen }] of Object.entries(readings)) {
				const columns = keyColumns(table).join(',');
				const answer = await http(who, `${table}?select=${columns}`);
				if (who === 'nobody' && !anonymous.includes(table)) {
					expect.soft([401, 403], table).toContain(answer.status);
					continue;
				}
				expect.soft(answer.status, table).toBe(200);
				const count = await as(owner, actors[who] ?? null, (client) =>
					one<string>(client, `select count(*) from public.${table}`)
				);
				expect.soft(((await answer.json()) as unknown[]).length, table).toBe(Number(count));
				if (!seen[who]) expect.soft(nobody.includes(who) || Number(count) >= 0, table).toBe(true);
			}
		});
	}
});

function keyColumns(table: string): string[] {
	const keys: Record<string, string[]> = {
		members: ['person_id', 'organisation_id'],
		council_seats: ['council_id', 'organisation_id'],
		entries: ['submission_id', 'position'],
		column_mappings: ['organisation_id', 'dataset_code', 'name'],
		form_drafts: ['obligation_id'],
		totals: ['measure_code', 'period', 'region_code', 'organisation_id', 'occupation'],
		release_figures: ['release_id', 'indicator_code', 'region_code', 'period'],
		revision_effects: ['revision_id', 'kind', 'code', 'region_code'],
		snapshots: ['meeting_id'],
		votes: ['resolution_id', 'organisation_id']
	};
	return keys[table] ?? ['id'];
}

function keyOf(table: string): string {
	return `concat_ws('/', ${keyColumns(table)
		.map((column) => `x.${column}`)
		.join(', ')})`;
}

async function http(
	who: Who,
	path: string,
	init: { method?: string; body?: unknown } = {}
): Promise<Response> {
	const { backend } = stage;
	const person = actors[who];
	return fetch(`${backend.apiUrl}/rest/v1/${path}`, {
		method: init.method ?? 'GET',
		headers: {
			apikey: backend.publishableKey,
			authorization: `Bearer ${person ? await tokenOf(backend, person) : backend.publishableKey}`,
			'content-type': 'application/json'
		},
		...(init.body === undefined ? {} : { body: JSON.stringify(init.body) })
	});
}

describe('writing', () => {
	for (const who of everybody) {
		test(`${who} changes no table past the verbs`, async () => {
			for (const table of [...open, ...Object.keys(readings)]) {
				const column = await one(
					owner,
					`select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position limit 1`,
					[table]
				);
				const statements = [
					`insert into public.${table} default values`,
					`update public.${table} set ${column} = ${column}`,
					`delete from public.${table}`,
					...(table === 'obligation_states' ? [] : [`truncate public.${table}`])
				];
				for (const statement of statements)
					expect
						.soft(
							await answered(as(owner, actors[who] ?? null, (client) => client.query(statement))),
							statement
						)
						.toBe('42501');
				for (const [method, path] of [
					['POST', table],
					['PATCH', `${table}?${column}=not.is.null`],
					['DELETE', `${table}?${column}=not.is.null`]
				] as const) {
					const answer = await http(who, path, {
						method,
						body: method === 'DELETE' ? undefined : { [column]: null }
					});
					expect.soft([401, 403], `${method} ${table}`).toContain(answer.status);
				}
			}
		}, 60_000);
	}
});

// ---------------------------------------------------------------- verbs and guarded reads

/** A call with its arguments, what those are answered who are not listed, and what the listed ones are. */
type Call = {
	sql: string;
	values: () => unknown[];
	otherwise: string;
	answers: Partial<Record<Who, string>>;
};

const refusedTo = (otherwise: string, done: Who[], more: Partial<Record<Who, string>> = {}) => ({
	otherwise,
	answers: { ...Object.fromEntries(done.map((who) => [who, 'done'])), ...more } as Partial<
		Record<Who, string>
	>
});

const only_secretariat = refusedTo('only_the_secretariat', ['secretariat']);
const sha = 'e'.repeat(64);

const calls: Record<string, Call> = {
	register_organisation: {
		sql: `public.register_organisation($1, 'social', '新', 'new', '新', 'new', '310105', 'observer')`,
		values: () => [id.council],
		...only_secretariat
	},
	end_seat: {
		sql: 'public.end_seat($1, $2)',
		values: () => [id.council, id.ours],
		...only_secretariat
	},
	organisation_members: {
		sql: 'public.organisation_members($1)',
		values: () => [id.ours],
		...refusedTo('done', [])
	},
	set_target: {
		sql: `public.set_target($1, 'TEST2', '31', '2026-12', 'floor', 5, null, '决议', 'resolution')`,
		values: () => [id.council],
		...only_secretariat
	},
	open_obligations: {
		sql: `public.open_obligations($1, 'test_monthly', '2026-02')`,
		values: () => [id.council],
		...only_secretariat
	},
	start_submission: {
		sql: `public.start_submission($1, 'a.csv', '${sha}', 10)`,
		values: () => [id.ours_obligation],
		...refusedTo('obligation_not_found', ['reporter'])
	},
	add_entries: {
		sql: `public.add_entries($1, '{"texts": ["test_workers", "310105", ""], "measure": "{1}", "region": "{2}", "occupation": "{3}", "employment_mode": "{3}", "value": "{1}", "cell": "{D3}"}', 100)`,
		values: () => [id.ours_draft],
		...refusedTo('submission_not_open_for_entries', ['reporter'])
	},
	submit_submission: {
		sql: 'public.submit_submission($1, 4)',
		values: () => [id.ours_draft],
		...refusedTo('submission_not_found', [], { reporter: 'submission_not_complete' })
	},
	abandon_submission: {
		sql: 'public.abandon_submission($1)',
		values: () => [id.ours_draft],
		...refusedTo('submission_not_open_for_entries', ['reporter'])
	},
	filing_history: {
		sql: `public.filing_history($1, '{test_workers}', '{test_workers}')`,
		values: () => [id.ours_obligation],
		...refusedTo('done', [])
	},
	save_rule: {
		sql: `public.save_rule($1, 'test_monthly', 'jump', 'warning', '{"measure": "test_workers", "percent": 50}')`,
		values: () => [id.council],
		...only_secretariat
	},
	retire_rule: {
		sql: `public.retire_rule($1, 'test_monthly', 'a_rule')`,
		values: () => [id.council],
		...refusedTo('only_the_secretariat', [], { secretariat: 'rule_not_found' })
	},
	announce_measure: {
		sql: `public.announce_measure($1, 'test_monthly', 'test_median', '2099-01')`,
		values: () => [id.council],
		...only_secretariat
	},
	peer_fences: {
		sql: 'public.peer_fences($1)',
		values: () => [id.ours_obligation],
		...refusedTo('done', [])
	},
	filed_cells: {
		sql: `public.filed_cells($1, 'test_monthly', '2026-01', '2026-12', '{test_workers}')`,
		values: () => [id.council],
		...refusedTo('done', [])
	},
	note_corrections: {
		sql: `public.note_corrections($1, '[{"cell": "D3", "from": "x", "to": "1"}]')`,
		values: () => [id.ours_draft],
		...refusedTo('submission_not_open_for_entries', ['reporter'])
	},
	save_column_mapping: {
		sql: `public.save_column_mapping('test_monthly', 'mine', '{}')`,
		values: () => [],
		...refusedTo('only_reporters_file', ['reporter', 'rival', 'party', 'office', 'far_office'])
	},
	forget_column_mapping: {
		sql: `public.forget_column_mapping('test_monthly', 'ours')`,
		values: () => [],
		...refusedTo('only_reporters_file', ['reporter', 'rival', 'party', 'office', 'far_office'])
	},
	save_form_draft: {
		sql: `public.save_form_draft($1, '{"test_workers|310105||": {"value": "1"}}', 1)`,
		values: () => [id.ours_obligation],
		...refusedTo('obligation_not_found', ['reporter'])
	},
	discard_form_draft: {
		sql: 'public.discard_form_draft($1, 1)',
		values: () => [id.ours_obligation],
		...refusedTo('done', [])
	},
	submission_receipt: {
		sql: 'public.submission_receipt($1)',
		values: () => [id.ours_submission],
		...refusedTo('done', [])
	},
	review_refusal: {
		sql: 'public.review_refusal($1)',
		values: () => [id.ours_waiting],
		...refusedTo('done', [])
	},
	accept_submission: {
		sql: 'public.accept_submission($1)',
		values: () => [id.ours_waiting],
		...refusedTo('submission_not_found', ['city_reviewer'])
	},
	return_submission: {
		sql: `public.return_submission($1, '请核对人数')`,
		values: () => [id.ours_waiting],
		...refusedTo('submission_not_found', ['city_reviewer'])
	},
	request_extension: {
		sql: `public.request_extension($1, current_date + 90, '系统发生故障')`,
		values: () => [id.ours_owed],
		...refusedTo('obligation_not_found', [], {
			reporter: 'extension_already_asked',
			administrator: 'extension_already_asked'
		})
	},
	withdraw_extension: {
		sql: 'public.withdraw_extension($1)',
		values: () => [id.extension],
		...refusedTo('extension_not_open', ['reporter', 'administrator'])
	},
	approve_extension: {
		sql: 'public.approve_extension($1, current_date + 70)',
		values: () => [id.extension],
		...refusedTo('extension_not_found', ['secretariat', 'city_reviewer'])
	},
	decline_extension: {
		sql: `public.decline_extension($1, '理由不够充分')`,
		values: () => [id.extension],
		...refusedTo('extension_not_found', ['secretariat', 'city_reviewer'])
	},
	extension_queue: { sql: 'public.extension_queue()', values: () => [], ...refusedTo('done', []) },
	obligation_to_decide: {
		sql: 'public.obligation_to_decide($1)',
		values: () => [id.ours_owed],
		...refusedTo('done', [])
	},
	excuse_obligation: {
		sql: `public.excuse_obligation($1, '系统正在迁移')`,
		values: () => [id.ours_owed],
		...only_secretariat
	},
	make_calendar_feed: {
		sql: 'public.make_calendar_feed()',
		values: () => [],
		...refusedTo('not_a_member', [...seated, 'elsewhere'])
	},
	revoke_calendar_feed: {
		sql: 'public.revoke_calendar_feed($1)',
		values: () => [id.feed],
		...refusedTo('calendar_feed_not_live', ['reporter', 'administrator'])
	},
	my_notifications: {
		sql: 'public.my_notifications()',
		values: () => [],
		...refusedTo('done', [])
	},
	unread_notifications: {
		sql: 'public.unread_notifications()',
		values: () => [],
		...refusedTo('done', [])
	},
	mark_notifications_read: {
		sql: 'public.mark_notifications_read()',
		values: () => [],
		...refusedTo('done', [])
	},
	end_excuse: {
		sql: `public.end_excuse($1, '迁移已完成')`,
		values: () => [id.excused],
		...only_secretariat
	},
	locked_cells: {
		sql: 'public.locked_cells($1)',
		values: () => [id.far_office_obligation],
		...refusedTo('done', [])
	},
	open_more_cells: {
		sql: `public.open_more_cells($1, '[{"position": 1, "code": "other", "note": "请核对本格"}]')`,
		values: () => [id.far_office_submission],
		...refusedTo('submission_not_found', [], { city_reviewer: 'only_who_returned_it' })
	},
	reply_to_marks: {
		sql: `public.reply_to_marks($1, '[{"position": 1, "text": "已经核对"}]')`,
		values: () => [id.far_office_submission],
		...refusedTo('submission_not_found', ['far_office'])
	},
	submission_changes: {
		sql: `public.submission_changes($1, 'version')`,
		values: () => [id.ours_waiting],
		...refusedTo('done', [])
	},
	submission_peers: {
		sql: 'public.submission_peers($1)',
		values: () => [id.ours_waiting],
		...refusedTo('done', [])
	},
	cell_thread: {
		sql: 'public.cell_thread($1, 1)',
		values: () => [id.far_office_submission],
		...refusedTo('done', [])
	},
	open_revision: {
		sql: `public.open_revision($1, '漏报了一个区')`,
		values: () => [id.ours_obligation],
		...refusedTo('obligation_not_found', [], { reporter: 'revision_already_open' })
	},
	reopen_submission: {
		sql: `public.reopen_submission($1, '请再次核对')`,
		values: () => [id.third_corrected],
		...refusedTo('submission_not_found', ['city_reviewer', 'secretariat'])
	},
	permit_late_change: {
		sql: `public.permit_late_change($1, '统计口径调整', current_date + 10)`,
		values: () => [id.ours_obligation],
		...only_secretariat
	},
	set_lock: {
		sql: 'public.set_lock($1, 60)',
		values: () => [id.council],
		...only_secretariat
	},
	contest_decision: {
		sql: `public.contest_decision($1, '人数没有重复')`,
		values: () => [id.rival_submission],
		...refusedTo('submission_not_found', [], { rival: 'contest_already_open' })
	},
	decide_contest: {
		sql: `public.decide_contest($1, 'upheld', '请按月末人数填报')`,
		values: () => [id.contest],
		...only_secretariat
	},
	revision_changes: {
		sql: 'public.revision_changes($1)',
		values: () => [id.revision],
		...refusedTo('done', [])
	},
	obligation_revisions: {
		sql: 'public.obligation_revisions($1)',
		values: () => [id.third_obligation],
		...refusedTo('done', [])
	},
	filing_grid: {
		sql: 'public.filing_grid($1)',
		values: () => [id.council],
		...refusedTo('done', [])
	},
	filing_rates: {
		sql: 'public.filing_rates($1)',
		values: () => [id.council],
		...refusedTo('done', [])
	},
	indicator_revisions: {
		sql: `public.indicator_revisions($1, 'TEST1')`,
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	review_queue: { sql: 'public.review_queue()', values: () => [], ...refusedTo('done', []) },
	submission_summary: {
		sql: 'public.submission_summary($1)',
		values: () => [id.ours_submission],
		...refusedTo('done', [])
	},
	indicator_series: {
		sql: `public.indicator_series($1, 'TEST1')`,
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	indicator_districts: {
		sql: `public.indicator_districts($1, 'TEST1', '${period}')`,
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	council_overview: {
		sql: 'public.council_overview($1)',
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	home_page: {
		sql: 'public.home_page($1, 10)',
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	indicators_page: {
		sql: 'public.indicators_page($1)',
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	indicator_page: {
		sql: `public.indicator_page($1, 'TEST1')`,
		values: () => [id.council],
		...refusedTo('council_not_found', seated)
	},
	submissions_page: {
		sql: 'public.submissions_page()',
		values: () => [],
		...refusedTo('done', [])
	},
	meetings_page: {
		sql: 'public.meetings_page($1)',
		values: () => [id.council],
		...refusedTo('done', [])
	},
	publish_release: {
		sql: `public.publish_release($1, '新', 'new', '${period}', '{TEST1}')`,
		values: () => [id.council],
		...only_secretariat
	},
	withdraw_release: {
		sql: `public.withdraw_release($1, '数据有误，重发')`,
		values: () => [id.release],
		...only_secretariat
	},
	plan_meeting: {
		sql: `public.plan_meeting($1, '新', 'new', now())`,
		values: () => [id.council],
		...only_secretariat
	},
	propose_agenda_item: {
		sql: `public.propose_agenda_item($1, '新', 'new')`,
		values: () => [id.council],
		otherwise: 'council_not_found',
		answers: {
			...Object.fromEntries(seated.map((who) => [who, 'only_a_delegate'])),
			...Object.fromEntries(
				[
					'secretariat',
					'city_reviewer',
					'administrator',
					'delegate',
					'rival',
					'union',
					'party',
					'office'
				].map((who) => [who, 'done'])
			)
		}
	},
	schedule_agenda_item: {
		sql: 'public.schedule_agenda_item($1, $2)',
		values: () => [id.proposal, id.next_meeting],
		...only_secretariat
	},
	decline_agenda_item: {
		sql: 'public.decline_agenda_item($1)',
		values: () => [id.proposal],
		...only_secretariat
	},
	open_meeting: {
		sql: 'public.open_meeting($1)',
		values: () => [id.next_meeting],
		...refusedTo('only_the_secretariat', [], { secretariat: 'meeting_has_no_agenda' })
	},
	propose_resolution: {
		sql: `public.propose_resolution($1, '新', 'new', 'simple')`,
		values: () => [id.item],
		...only_secretariat
	},
	cast_vote: {
		sql: `public.cast_vote($1, 'abstain')`,
		values: () => [id.open_resolution],
		otherwise: 'resolution_not_found',
		answers: {
			...Object.fromEntries(seated.map((who) => [who, 'only_a_voting_delegate'])),
			...Object.fromEntries(
				['secretariat', 'city_reviewer', 'delegate', 'rival', 'union', 'party'].map((who) => [
					who,
					'done'
				])
			)
		}
	},
	decide_resolution: {
		sql: 'public.decide_resolution($1)',
		values: () => [id.open_resolution],
		...refusedTo('only_the_secretariat', [], { secretariat: 'no_quorum' })
	},
	close_meeting: {
		sql: `public.close_meeting($1, '', '')`,
		values: () => [id.meeting],
		...refusedTo('only_the_secretariat', [], { secretariat: 'voting_still_open' })
	},
	assign_action_item: {
		sql: `public.assign_action_item($1, '新', 'new', '', '', $2, $3, current_date + 10)`,
		values: () => [id.resolution, id.office, id.union],
		...only_secretariat
	},
	report_progress: {
		sql: `public.report_progress($1, '进展', 50)`,
		values: () => [id.action],
		...refusedTo('action_item_not_found', ['office'])
	},
	accept_action_item: {
		sql: 'public.accept_action_item($1)',
		values: () => [id.reported_action],
		...refusedTo('action_item_not_found', ['union'])
	},
	send_back_action_item: {
		sql: `public.send_back_action_item($1, '照片看不清')`,
		values: () => [id.reported_action],
		...refusedTo('action_item_not_found', ['union'])
	},
	cancel_action_item: {
		sql: `public.cancel_action_item($1, '任务不再需要')`,
		values: () => [id.action],
		...only_secretariat
	},
	evidence_file: {
		sql: 'public.evidence_file($1)',
		values: () => [id.evidence],
		...refusedTo('done', [])
	},
	my_tasks: { sql: 'public.my_tasks()', values: () => [], ...refusedTo('done', []) },
	recent_events: { sql: 'public.recent_events()', values: () => [], ...refusedTo('done', []) },
	search: { sql: `public.search('test')`, values: () => [], ...refusedTo('done', []) },
	indicator_links: {
		sql: `public.indicator_links($1, 'TEST1')`,
		values: () => [id.council],
		...refusedTo('done', [])
	},
	invite_member: {
		sql: `public.invite_member($1, 'other@example.cn', '{viewer}')`,
		values: () => [id.ours],
		...refusedTo('only_an_administrator', ['administrator'])
	},
	withdraw_invitation: {
		sql: 'public.withdraw_invitation($1)',
		values: () => [id.invitation],
		...refusedTo('invitation_not_open', ['administrator'])
	},
	change_member_roles: {
		sql: `public.change_member_roles($1, $2, '{viewer,reporter}')`,
		values: () => [id.ours, id.viewer],
		...refusedTo('only_an_administrator', ['administrator'])
	},
	end_membership: {
		sql: 'public.end_membership($1, $2)',
		values: () => [id.ours, id.viewer],
		...refusedTo('only_an_administrator', ['administrator'])
	},
	create_api_key: {
		sql: `public.create_api_key($1, '新', '{read}', '${'b'.repeat(64)}', 'xz_123456')`,
		values: () => [id.ours],
		...refusedTo('only_an_administrator', ['administrator'])
	},
	revoke_api_key: {
		sql: 'public.revoke_api_key($1)',
		values: () => [id.api_key],
		...refusedTo('api_key_not_live', ['administrator'])
	}
};

/** Reads that answer everybody, but with rows only for those who may see them. */
const rowsFor: Record<string, { values: () => unknown[]; who: Who[] }> = {
	organisation_members: { values: () => [id.ours], who: ours },
	submission_receipt: { values: () => [id.ours_submission], who: [...ours, ...city] },
	submission_summary: { values: () => [id.ours_submission], who: [...ours, ...city] },
	submission_changes: { values: () => [id.ours_waiting, 'version'], who: [...ours, ...city] },
	submission_peers: { values: () => [id.ours_waiting], who: city },
	locked_cells: { values: () => [id.far_office_obligation], who: ['far_office'] },
	cell_thread: { values: () => [id.far_office_submission, 1], who: [...city, 'far_office'] },
	filing_history: {
		values: () => [id.ours_obligation, ['test_workers'], ['test_workers']],
		who: [...ours, ...city]
	},
	...Object.fromEntries(
		['filing_grid', 'filing_rates'].map((name) => [
			name,
			{
				values: () => [id.council],
				who: [...city, 'district_reviewer', ...ours, 'rival', 'office', 'far_office'] as Who[]
			}
		])
	),
	revision_changes: { values: () => [id.revision], who: city },
	obligation_revisions: { values: () => [id.third_obligation], who: city },
	evidence_file: {
		values: () => [id.evidence],
		who: ['secretariat', 'auditor', 'union', 'office']
	},
	review_queue: { values: () => [], who: ['city_reviewer', 'district_reviewer'] },
	my_notifications: {
		values: () => [],
		who: ['secretariat', 'city_reviewer', 'reporter', 'rival', 'far_office']
	},
	extension_queue: { values: () => [], who: ['secretariat', 'city_reviewer'] },
	obligation_to_decide: { values: () => [id.ours_owed], who: ['secretariat', 'city_reviewer'] },
	recent_events: { values: () => [], who: seated },
	// The registry of indicators is everybody's.
	search: { values: () => ['test signing'], who: everybody.filter((who) => who !== 'nobody') },
	indicator_links: { values: () => [id.council, 'TEST1'], who: seated },
	my_tasks: {
		values: () => [],
		who: [
			'secretariat',
			'city_reviewer',
			'district_reviewer',
			'reporter',
			'delegate',
			'rival',
			'union',
			'party',
			'office',
			'far_office'
		]
	}
};

describe('calling', () => {
	for (const who of everybody) {
		test(`${who} is answered by each verb as written`, async () => {
			for (const [name, { sql, values, otherwise, answers }] of Object.entries(calls)) {
				const expected = who === 'nobody' ? '42501' : (answers[who] ?? otherwise);
				const got = await answered(
					as(owner, actors[who] ?? null, (client) => client.query(`select ${sql}`, values()))
				);
				expect.soft(got, name).toBe(expected);
			}
			for (const [name, read] of Object.entries(rowsFor)) {
				if (who === 'nobody') continue;
				const marks = read
					.values()
					.map((_, index) => `$${index + 1}`)
					.join(', ');
				const { rows } = await as(owner, actors[who] ?? null, (client) =>
					client.query<{ row: unknown }>(
						`select x from public.${name}(${marks}) x where not (x is null)`,
						read.values()
					)
				);
				expect.soft(rows.length > 0, name).toBe(read.who.includes(who));
			}
		});

		test(`${who} is refused the same through the API`, async () => {
			for (const [name, { sql, values, otherwise, answers }] of Object.entries(calls)) {
				const expected = who === 'nobody' ? '42501' : (answers[who] ?? otherwise);
				if (expected === 'done') continue;
				const answer = await http(who, `rpc/${name}`, {
					method: 'POST',
					body: await namedArguments(name, sql, values())
				});
				const body = (await answer.json()) as { message: string };
				if (who === 'nobody') expect.soft([401, 403], name).toContain(answer.status);
				else expect.soft(body.message, name).toBe(expected);
			}
		});
	}
});

/** A call of SQL as the API takes it: arguments by name, worked out by the database itself. */
async function namedArguments(
	name: string,
	sql: string,
	values: unknown[]
): Promise<Record<string, unknown>> {
	const names = await one<string[]>(
		owner,
		`select p.proargnames[1:p.pronargs] from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = $1`,
		[name]
	);
	const list = sql.slice(sql.indexOf('(') + 1, -1);
	if (list === '') return {};
	const given = await one<unknown[]>(
		owner,
		`select jsonb_build_array(${list.replaceAll(/\$(\d+)/g, '$$$1::text')})`,
		values
	);
	return Object.fromEntries(given.map((value, index) => [names[index] ?? '', value]));
}
