import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	as,
	does,
	file,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';
import type { Client } from 'pg';

// A joint meeting decides on figures that nobody can change afterwards, one vote per organisation.

let stage: Stage;
let owner: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;
const voters = ['city', 'bureau', 'ours', 'rival', 'third', 'union', 'party'];
const platforms = ['ours', 'rival', 'third'];
const period = '2026-03';

beforeAll(async () => {
	stage = await openStage('meetings');
	owner = stage.owner;
	await registry(owner);
	const seats: [string, string, string][] = [
		['city', 'government', 'voting'],
		['bureau', 'government', 'voting'],
		['ours', 'platform', 'voting'],
		['rival', 'platform', 'voting'],
		['third', 'platform', 'voting'],
		['union', 'union', 'voting'],
		['party', 'party', 'voting'],
		['social', 'social', 'observer']
	];
	for (const [name, kind] of seats) {
		ids[name] = await organisation(owner, kind, name, '31');
		people[name] = await member(owner, the(name), 'delegate');
		people[`${name}_reporter`] = await member(owner, the(name), 'reporter');
	}
	people.secretariat = await member(owner, the('city'), 'admin', 'delegate');
	people.reviewer = await member(owner, the('bureau'), 'reviewer');
	people.elsewhere = await member(
		owner,
		await organisation(owner, 'government', 'elsewhere', '33'),
		'admin',
		'delegate'
	);
	council = await newCouncil(seats.map(([name, , standing]) => [name, standing]));
	await does(owner, actor('secretariat'), `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	for (const [index, name] of platforms.entries()) await report(name, 1000 - index * 100);
}, 180_000);

afterAll(() => stage?.close());

async function newCouncil(seats: [string, string][]): Promise<string> {
	const made = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id, lock_after_days) values ('甲', 'A', '31', $1, null) returning id`,
		[the('city')]
	);
	for (const [name, standing] of seats)
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, $3, '2020-01-01')`,
			[made, the(name), standing]
		);
	return made;
}

async function report(name: string, workers: number): Promise<void> {
	const obligation = await one(
		owner,
		'select id from public.obligations where organisation_id = $1 and council_id = $2',
		[the(name), council]
	);
	const submission = await file(owner, actor(`${name}_reporter`), obligation, [
		['test_workers', '310105', workers],
		['test_signed', '310105', workers / 2]
	]);
	await does(owner, actor('reviewer'), 'public.accept_submission($1)', [submission]);
}

const asSecretariat = <T = string>(call: string, values: unknown[] = []) =>
	does<T>(owner, actor('secretariat'), call, values);

const plan = (where = council) =>
	asSecretariat(`public.plan_meeting($1, '例会', 'meeting', now())`, [where]);

async function scheduled(meeting: string, where = council, indicator: string | null = 'TEST1') {
	const item = await asSecretariat(`public.propose_agenda_item($1, '议题', 'item', '', '', $2)`, [
		where,
		indicator
	]);
	await asSecretariat('public.schedule_agenda_item($1, $2)', [item, meeting]);
	return item;
}

async function opened(where = council) {
	const meeting = await plan(where);
	const item = await scheduled(meeting, where);
	const hash = await asSecretariat('public.open_meeting($1)', [meeting]);
	return { meeting, item, hash };
}

const propose = (item: string, rule = 'simple') =>
	asSecretariat(`public.propose_resolution($1, '决议', 'resolution', $2)`, [item, rule]);
const vote = (who: string, resolution: string, choice: string, reason: string | null = null) =>
	does(owner, actor(who), 'public.cast_vote($1, $2, $3)', [resolution, choice, reason]);
const decide = (resolution: string) => asSecretariat('public.decide_resolution($1)', [resolution]);

type Figure = {
	indicator: string;
	region: string;
	numerator: number | null;
	denominator: number | null;
	hidden: string | null;
};
type Snapshot = { content: { figures: Figure[] }; canonical: string; sha256: string };

async function snapshot(meeting: string, who = 'union'): Promise<Snapshot> {
	const { rows } = await as(owner, actor(who), (client) =>
		client.query<Snapshot>(
			'select content, canonical, sha256 from public.snapshots where meeting_id = $1',
			[meeting]
		)
	);
	return rows[0] as Snapshot;
}

describe('the snapshot', () => {
	test('stays when a figure is corrected after the opening, while the live figure changes', async () => {
		const { meeting, hash } = await opened();
		const before = await snapshot(meeting);
		const live = async () => {
			const { rows } = await as(owner, actor('union'), (client) =>
				client.query<{ denominator: string }>(
					`select denominator from public.indicator_series($1, 'TEST1') where scope = 'total' and period = $2`,
					[council, period]
				)
			);
			return Number(rows[0]?.denominator);
		};
		const then = await live();
		await report('ours', 1200);
		expect(await live()).toBe(then + 200);
		expect(await snapshot(meeting)).toEqual(before);
		expect(before.sha256).toBe(hash);
	});

	test('has the hash of its canonical text, and that text says what the content says', async () => {
		const { meeting, hash } = await opened();
		const frozen = await snapshot(meeting);
		expect(createHash('sha256').update(frozen.canonical, 'utf8').digest('hex')).toBe(hash);
		expect(JSON.parse(frozen.canonical)).toEqual(frozen.content);
		const { rows } = await owner.query(
			`select details ->> 'sha256' as sha256 from public.audit_events where verb = 'open_meeting' and subject_id = $1`,
			[meeting]
		);
		expect(rows).toEqual([{ sha256: hash }]);
	});

	test('is the same for every seat and nothing for others', async () => {
		const { meeting } = await opened();
		const frozen = await snapshot(meeting, 'city');
		for (const who of ['ours', 'rival', 'union', 'social'])
			expect(await snapshot(meeting, who), who).toEqual(frozen);
		expect(await snapshot(meeting, 'elsewhere')).toBeUndefined();
	});

	test('holds protected figures only: no platform by name, and no total of one or two', async () => {
		const two = await newCouncil([
			['city', 'voting'],
			['ours', 'voting'],
			['rival', 'voting']
		]);
		await owner.query(
			`insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, value, submission_id, dataset_code)
			 select $1, m, $2, private.period_start($2), r, o, 777, $3, 'test_monthly'
			 from unnest('{test_workers,test_signed}'::text[]) m, unnest('{31,310105}'::text[]) r, unnest($4::uuid[]) o`,
			[two, period, randomUUID(), [the('ours'), the('rival')]]
		);
		const { meeting } = await opened(two);
		const frozen = await snapshot(meeting);
		const seen = await snapshot(meeting, 'ours');
		expect(frozen).toBeUndefined();
		expect(seen.content.figures.length).toBeGreaterThan(0);
		for (const figure of seen.content.figures)
			expect(figure).toMatchObject({
				numerator: null,
				denominator: null,
				value: null,
				hidden: 'too_few_contributors'
			});
		expect(seen.canonical).not.toContain('777');
		for (const name of [...platforms, 'union']) expect(seen.canonical).not.toContain(the(name));
	});

	test('and the record of what was done are not changed, deleted or emptied, even by the owner', async () => {
		await opened();
		for (const statement of [
			`update public.snapshots set sha256 = sha256`,
			'delete from public.snapshots',
			'truncate public.snapshots',
			`update public.audit_events set verb = 'nothing'`,
			'delete from public.audit_events',
			'truncate public.audit_events'
		])
			await expect(owner.query(statement), statement).rejects.toThrow('record_is_kept');
		await expect(
			owner.query(
				`insert into public.snapshots (meeting_id, content, canonical, sha256) values ($1, '{}', '{}', $2)`,
				[await plan(), '0'.repeat(64)]
			)
		).rejects.toThrow('the_hash_is_of_the_canonical_text');
	});
});

describe('a meeting', () => {
	test('opens once, and only with an agenda', async () => {
		const empty = await plan();
		await expect(asSecretariat('public.open_meeting($1)', [empty])).rejects.toThrow(
			'meeting_has_no_agenda'
		);
		const { meeting } = await opened();
		await expect(asSecretariat('public.open_meeting($1)', [meeting])).rejects.toThrow(
			'meeting_not_planned'
		);
		await expect(scheduled(meeting)).rejects.toThrow('meeting_not_planned');
	});

	test('is numbered on within its council, and so are its resolutions', async () => {
		const fresh = await newCouncil(voters.map((name) => [name, 'voting']));
		const year = await one(owner, `select to_char(private.today(), 'YYYY')`);
		const numbers: (string | null)[] = [];
		for (const outcomes of [['for', 'against', 'for'], ['for']]) {
			const { item } = await opened(fresh);
			for (const choice of outcomes) {
				const resolution = await propose(item);
				for (const who of voters) await vote(who, resolution, choice);
				await decide(resolution);
				numbers.push(
					await one<string | null>(owner, 'select number from public.resolutions where id = $1', [
						resolution
					])
				);
			}
		}
		expect(numbers).toEqual([`${year}-1-1`, null, `${year}-1-2`, `${year}-2-1`]);
	});

	test('closes when the voting is over, and then takes nothing more', async () => {
		const { meeting, item } = await opened();
		const resolution = await propose(item);
		const close = () => asSecretariat(`public.close_meeting($1, '纪要', 'minutes')`, [meeting]);
		await expect(close()).rejects.toThrow('voting_still_open');
		for (const who of voters) await vote(who, resolution, 'for');
		await decide(resolution);
		await close();
		await expect(close()).rejects.toThrow('meeting_not_open');
		await expect(propose(item)).rejects.toThrow('meeting_not_open');
		await expect(vote('ours', resolution, 'against')).rejects.toThrow('voting_is_over');
		await expect(decide(resolution)).rejects.toThrow('voting_is_over');
		await expect(asSecretariat('public.open_meeting($1)', [meeting])).rejects.toThrow(
			'meeting_not_planned'
		);
		await expect(scheduled(meeting)).rejects.toThrow('meeting_not_planned');
	});

	test('is led by the secretariat alone', async () => {
		const { meeting, item } = await opened();
		const resolution = await propose(item);
		for (const who of ['ours', 'bureau', 'city', 'elsewhere'])
			for (const call of [
				`public.propose_resolution('${item}', '决议', 'text', 'simple')`,
				`public.decide_resolution('${resolution}')`,
				`public.close_meeting('${meeting}', '', '')`
			])
				await expect(does(owner, actor(who), call), who).rejects.toThrow('only_the_secretariat');
	});

	test('votes on no text without words or with a rule nobody knows', async () => {
		const { item } = await opened();
		for (const [text, rule] of [
			['', 'simple'],
			['决议', 'coin'],
			['决议', null]
		])
			await expect(
				asSecretariat(`public.propose_resolution($1, $2, 'text', $3)`, [item, text, rule])
			).rejects.toThrow('resolution_not_valid');
		for (const day of ['infinity', '-infinity', '0001-01-01', '275760-09-14'])
			await expect(
				asSecretariat(`public.propose_resolution($1, '决议', 'text', 'simple', $2)`, [item, day]),
				day
			).rejects.toThrow('resolution_not_valid');
	});
});

test('a meeting is planned for a moment that every page can write', async () => {
	const at = (moment: string | null) =>
		asSecretariat(`public.plan_meeting($1, '例会', 'meeting', $2)`, [council, moment]);
	for (const moment of [
		null,
		'infinity',
		'-infinity',
		'0001-01-01T00:00:00+08:00',
		'9999-12-31T23:59:00+08:00'
	])
		await expect(at(moment), String(moment)).rejects.toThrow('meeting_not_valid');
	await at('2031-03-05T09:00:00+08:00');
});

describe('a vote', () => {
	test('is one for each organisation, changed until the decision, and each time recorded', async () => {
		const { item } = await opened();
		const resolution = await propose(item);
		people.second_delegate = await member(owner, the('ours'), 'delegate');
		await vote('ours', resolution, 'for');
		await vote('second_delegate', resolution, 'reserved', '需要再核对数据');
		await vote('ours', resolution, 'against');
		const { rows } = await owner.query(
			'select organisation_id, choice, reason from public.votes where resolution_id = $1',
			[resolution]
		);
		expect(rows).toEqual([{ organisation_id: the('ours'), choice: 'against', reason: null }]);
		const { rows: recorded } = await owner.query(
			`select 1 from public.audit_events where verb = 'cast_vote' and subject_id = $1`,
			[resolution]
		);
		expect(recorded).toHaveLength(3);
	});

	test('is not for observers, for people who are no delegates, or for other councils', async () => {
		const { item } = await opened();
		const resolution = await propose(item);
		for (const who of ['social', 'ours_reporter', 'reviewer'])
			await expect(vote(who, resolution, 'for'), who).rejects.toThrow('only_a_voting_delegate');
		await expect(vote('elsewhere', resolution, 'for')).rejects.toThrow('resolution_not_found');
	});

	test('held back needs a reason that says something, and no other word is a vote', async () => {
		const { item } = await opened();
		const resolution = await propose(item);
		for (const [choice, reason] of [
			['reserved', null],
			['reserved', '　　　　　　'],
			['reserved', '再议'],
			['maybe', null],
			[null, null]
		] as [string, string | null][])
			await expect(vote('ours', resolution, choice, reason)).rejects.toThrow('vote_needs_a_reason');
	});

	test('of an organisation that left meanwhile does not count', async () => {
		const fresh = await newCouncil([
			['city', 'voting'],
			['ours', 'voting'],
			['rival', 'voting'],
			['union', 'voting']
		]);
		const { item } = await opened(fresh);
		const resolution = await propose(item);
		for (const who of ['ours', 'rival']) await vote(who, resolution, 'for');
		await vote('union', resolution, 'against');
		await owner.query(
			`update public.council_seats set until = private.today() where council_id = $1 and organisation_id = any ($2)`,
			[fresh, [the('ours')]]
		);
		expect(await decide(resolution)).toBe('rejected');
	});
});

describe('a resolution', () => {
	// Seven voting seats: four votes are a quorum.
	const cases: [rule: string, votes: string, outcome: string][] = [
		['simple', 'for for for', 'no_quorum'],
		['simple', 'for for for against', 'adopted'],
		['simple', 'for for against against', 'rejected'],
		['simple', 'for for against reserved', 'rejected'],
		['simple', 'for abstain abstain abstain', 'adopted'],
		['simple', 'abstain abstain abstain abstain', 'rejected'],
		['two_thirds', 'for for for for against against', 'adopted'],
		['two_thirds', 'for for for against against', 'rejected'],
		['two_thirds', 'for for reserved abstain', 'adopted'],
		['two_thirds', 'for for for reserved against abstain abstain', 'rejected'],
		['two_thirds', 'abstain abstain abstain abstain', 'rejected'],
		['consensus', 'for for for for for for for', 'adopted'],
		['consensus', 'for abstain abstain abstain', 'adopted'],
		['consensus', 'for for for for for for against', 'rejected'],
		['consensus', 'for for for for for for reserved', 'rejected'],
		['consensus', 'abstain abstain abstain abstain', 'rejected'],
		['consensus', '', 'no_quorum']
	];
	let item: string;
	beforeAll(async () => {
		({ item } = await opened());
	});
	for (const [rule, votes, outcome] of cases)
		test(`by ${rule} with ${votes || 'no vote'}: ${outcome}`, async () => {
			const resolution = await propose(item, rule);
			for (const [index, choice] of votes.split(' ').filter(Boolean).entries())
				await vote(
					voters[index] ?? '',
					resolution,
					choice,
					choice === 'reserved' ? '需要再核对数据' : null
				);
			if (outcome === 'no_quorum') {
				await expect(decide(resolution)).rejects.toThrow('no_quorum');
				return;
			}
			expect(await decide(resolution)).toBe(outcome);
			await expect(vote('city', resolution, 'against')).rejects.toThrow('voting_is_over');
		});
});
