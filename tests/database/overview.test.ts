import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OverviewAnswer } from '#lib/overview/overview.ts';
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
	type Actor,
	type Stage
} from './council.ts';

// What a council looks at together, and what of it each reader is shown.

const [whole, here, there] = ['31', '310105', '310101'] as const;
const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'];
const [finished, open] = ['2026-06', '2026-07'];
/** Workers of each platform, in digits that are found nowhere else. */
const workers = { large: 5171, middle: 4283, small: 3397 };
let stage: Stage;
let owner: Client;
let council: string;
const people = {} as Record<
	'secretariat' | 'reviewer' | 'large' | 'middle' | 'small' | 'union' | 'officer' | 'stranger',
	Actor
>;

beforeAll(async () => {
	stage = await openStage('overview');
	owner = stage.owner;
	await registry(owner);
	const convener = await organisation(owner, 'government', 'convener', whole);
	for (const name of ['large', 'middle', 'small'] as const)
		people[name] = await member(
			owner,
			await organisation(owner, 'platform', name, whole),
			'reporter'
		);
	const union = await organisation(owner, 'union', 'union', whole);
	const office = await organisation(owner, 'community', 'office', '310105001');
	people.union = await member(owner, union, 'delegate');
	people.officer = await member(owner, office, 'reporter');
	const elsewhere = await organisation(owner, 'platform', 'elsewhere', '33');
	people.stranger = await member(owner, elsewhere, 'reporter');
	council = await convened(
		owner,
		whole,
		convener,
		...(['large', 'middle', 'small'] as const).map((name) => people[name].organisation ?? ''),
		union,
		office
	);
	people.secretariat = await member(owner, convener, 'admin', 'delegate');
	people.reviewer = await member(owner, convener, 'reviewer');
	for (const period of months) {
		await does(owner, people.secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
			council,
			period
		]);
		for (const name of ['large', 'middle', 'small'] as const)
			if (period !== open || name === 'large') await filed(name, period);
	}
	await does(
		owner,
		people.secretariat,
		`public.set_target($1, 'TEST1', '31', '2026', 'floor', 50, null, '决议', 'resolution')`,
		[council]
	);
	// Filed, and not decided on.
	await submitted('middle', open);
}, 180_000);

afterAll(() => stage?.close());

type Platform = keyof typeof workers;

async function submitted(name: Platform, period: string) {
	const obligation = await one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[people[name].organisation, period]
	);
	const add = months.indexOf(period);
	return file(owner, people[name], obligation, [
		['test_workers', here, workers[name]],
		['test_signed', here, Math.round(workers[name] / 3) + 10 * add],
		['test_workers', there, workers[name] * 2],
		['test_signed', there, Math.round(workers[name] / 2)]
	]);
}

async function filed(name: Platform, period: string) {
	const submission = await submitted(name, period);
	await does(owner, people.reviewer, 'public.accept_submission($1)', [submission]);
}

function shown(who: keyof typeof people, more = ''): Promise<OverviewAnswer> {
	return as(owner, people[who], (client) =>
		one<OverviewAnswer>(client, `select public.overview_page($1${more})`, [council])
	);
}

test('an indicator is spoken of in its newest finished period, with what is newer and unfinished beside it', async () => {
	const [rate] = (await shown('union')).figures;
	expect(rate).toMatchObject({ code: 'TEST1', period: finished, finished: true });
	expect(rate!.later).toMatchObject({ period: open, contributors: 1 });
	expect(rate!.trend.map(({ period }) => period)).toEqual(months.slice(0, -1));
	expect(rate!.aim).toMatchObject({ kind: 'floor', value: 50, period: '2026' });
	expect(rate!.change).toMatchObject({ against: '2026-05', same: 3, joined: 0, gone: 0 });
});

test('nothing is said of what an unfinished period changed by', async () => {
	await owner.query('begin');
	await owner.query(`update private.reporting set finished = false where council_id = $1`, [
		council
	]);
	const claims = JSON.stringify({
		sub: people.union.person,
		org: people.union.organisation,
		role: 'authenticated'
	});
	await owner.query(`select set_config('request.jwt.claims', $1, true)`, [claims]);
	const answer = await one<OverviewAnswer>(owner, 'select public.overview_page($1)', [council]);
	await owner.query('rollback');
	expect(answer.figures).not.toEqual([]);
	expect(answer.figures.map(({ change }) => change)).toEqual(answer.figures.map(() => null));
	expect(answer.moved).toEqual([]);
});

test('the picture can be asked for up to a period and of one group', async () => {
	const before = await shown('union', `, null, '2026-03'`);
	expect(before.figures[0]).toMatchObject({ period: '2026-03', later: null });
	expect(before.filings[0]).toMatchObject({ dataset: 'test_monthly', period: '2026-03' });
	expect((await shown('union', `, 'no-such-group'`)).figures).toEqual([]);
});

test('an indicator is drawn over twelve periods in each county, and another when asked for', async () => {
	const answer = await shown('union');
	expect(answer.chosen).toBe('TEST1');
	expect(new Set(answer.months.map(({ of }) => of))).toEqual(new Set([here, there]));
	expect(answer.months.map(({ period }) => period)).not.toContain(open);
	expect((await shown('union', `, null, null, 'TEST2'`)).chosen).toBe('TEST2');
	expect((await shown('union', `, null, null, 'NOPE'`)).chosen).toBe('TEST1');
});

test('who filed and who is awaited is told every seat by name, how a filing was decided only its own and the regulator', async () => {
	const states = async (who: keyof typeof people) => {
		const { parties } = await shown(who);
		return Object.fromEntries(
			parties.map(({ name_zh, state, submission }) => [name_zh, `${state} ${submission !== null}`])
		);
	};
	expect(await states('secretariat')).toEqual({
		large: 'accepted true',
		middle: 'filed true',
		small: 'late false'
	});
	expect(await states('union')).toEqual({
		large: 'filed false',
		middle: 'filed false',
		small: 'late false'
	});
	expect(await states('large')).toEqual({
		large: 'accepted true',
		middle: 'filed false',
		small: 'late false'
	});
	expect((await shown('union')).filings[0]).toMatchObject({ owed: 3, received: 2, accepted: 1 });
});

test('the regulator reads every organisation, a platform itself alone, and everybody else none', async () => {
	const cells = async (who: keyof typeof people) =>
		(await shown(who)).cells
			.filter(({ code }) => code === 'TEST2')
			.map(({ value }) => value)
			.toSorted();
	expect(await cells('secretariat')).toEqual([3397 * 3, 4283 * 3, 5171 * 3]);
	expect(await cells('small')).toEqual([3397 * 3]);
	expect(await cells('union')).toEqual([]);
	expect(await cells('officer')).toEqual([]);
});

test("a rival's figure stands nowhere in what a platform, a union or an office is given", async () => {
	const secrets = (name: Platform) => [workers[name], workers[name] * 2, workers[name] * 3];
	for (const who of ['small', 'union', 'officer'] as const) {
		const text = JSON.stringify(await shown(who));
		for (const name of ['large', 'middle'] as const)
			for (const figure of secrets(name))
				expect(text, `${who} is told of ${name}`).not.toMatch(new RegExp(`\\b${figure}\\b`));
	}
	expect(JSON.stringify(await shown('secretariat'))).toContain(String(workers.large * 3));
});

test('who has no seat is told that there is no such council', async () => {
	await expect(shown('stranger')).rejects.toMatchObject({ message: 'council_not_found' });
});
