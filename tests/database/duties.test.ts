import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb } from '#lib/server/db.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import { screen } from '#lib/server/reviews.ts';
import { changesOf, entriesOf } from '#lib/submissions/entry-page.ts';
import {
	convened,
	does,
	file,
	member,
	neverLocks,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';
import type { Client } from 'pg';

// Nobody decides on what they, or people of their own, filed: by themselves, for another organisation, or through a key.

let stage: Stage;
let owner: Client;
let council: string;
let city: string;
let ours: string;
let secretariat: Actor;
let reviewer: Actor;
let reporter: Actor;
let month = 0;

beforeAll(async () => {
	stage = await openStage('duties');
	owner = stage.owner;
	await registry(owner);
	city = await organisation(owner, 'government', 'city', '31');
	ours = await organisation(owner, 'platform', 'ours', '31');
	secretariat = await member(owner, city, 'admin');
	reviewer = await member(owner, city, 'reviewer');
	reporter = await member(owner, ours, 'reporter');
	council = await convened(owner, '31', city, ours);
	await neverLocks(owner, council);
}, 180_000);

afterAll(() => stage?.close());

/** What is to be filed for a month of its own. */
async function owed(): Promise<string> {
	month += 1;
	const period = `2025-${String(month).padStart(2, '0')}`;
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2',
		[ours, period]
	);
}

/** A filing that waits for review, of a month of its own. */
async function filed(by: Actor = reporter): Promise<string> {
	return file(owner, by, await owed(), [
		['test_workers', '310105', 900],
		['test_signed', '310105', 450]
	]);
}

/** A reviewer of the bureau who is, or was until some days ago, also a member of the filing organisation. */
async function alsoOfOurs(endedDaysAgo: number | null): Promise<Actor> {
	const person = await member(owner, city, 'reviewer');
	await owner.query(
		`insert into public.members (person_id, organisation_id, roles, ended_at)
		 values ($1, $2, '{viewer}', now() - make_interval(days => $3))`,
		[person.person, ours, endedDaysAgo]
	);
	return person;
}

const accept = (who: Actor, submission: string) =>
	does(owner, who, 'public.accept_submission($1)', [submission]);
const sendBack = (who: Actor, submission: string) =>
	does(owner, who, `public.return_submission($1, '请核对人数')`, [submission]);
const why = (who: Actor, submission: string) =>
	does<string | null>(owner, who, 'public.review_refusal($1)', [submission]);
const waits = (who: Actor, submission: string) =>
	does<boolean>(
		owner,
		who,
		'exists (select from public.review_queue() q where q.submission_id = $1)',
		[submission]
	);

/** Refused on every way to decide, and told why. */
async function maynot(who: Actor, submission: string, refusal: string): Promise<void> {
	expect(await why(who, submission)).toBe(refusal);
	expect(await waits(who, submission)).toBe(false);
	for (const decide of [accept, sendBack])
		await expect(decide(who, submission)).rejects.toMatchObject({
			code: 'PT403',
			message: refusal
		});
}

describe('a filing is decided on by somebody else than', () => {
	test('the person who filed it, also where they review for another organisation', async () => {
		const both = await member(owner, city, 'reviewer');
		await owner.query(
			`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{reporter}')`,
			[both.person, ours]
		);
		const submission = await filed({ ...both, organisation: ours });
		await maynot(both, submission, 'nobody_reviews_their_own');
		expect(await why(reviewer, submission)).toBe(null);
		expect(await waits(reviewer, submission)).toBe(true);
		expect(await accept(reviewer, submission)).toBe('accepted');
	});

	test('a member of the organisation that filed', async () => {
		await maynot(await alsoOfOurs(null), await filed(), 'nobody_reviews_their_organisation');
	});

	test('whoever was a member within twelve months; after that it is over', async () => {
		const submission = await filed();
		await maynot(await alsoOfOurs(300), submission, 'nobody_reviews_their_organisation');
		const longAgo = await alsoOfOurs(400);
		expect(await why(longAgo, submission)).toBe(null);
		expect(await waits(longAgo, submission)).toBe(true);
		expect(await accept(longAgo, submission)).toBe('accepted');
	});

	test('the maker of the key that filed, however long ago they left', async () => {
		const maker = await member(owner, ours, 'admin');
		const key = await does(
			owner,
			maker,
			`public.create_api_key($1, 'ERP', '{submissions:write}', encode(sha256($2::bytea), 'hex'), 'xz_AbCdEf')`,
			[ours, randomUUID()]
		);
		const acts = await one(owner, 'select person_id from public.api_keys where id = $1', [key]);
		const submission = await filed({ person: acts, organisation: ours });
		await owner.query(
			`update public.members set ended_at = now() - interval '2 years' where person_id = $1`,
			[maker.person]
		);
		await owner.query(
			`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{reviewer}')`,
			[maker.person, city]
		);
		await maynot({ ...maker, organisation: city }, submission, 'nobody_reviews_their_key');
		expect(await accept(reviewer, submission)).toBe('accepted');
	});
});

test('nor do they reopen it, open more of it or decide a dispute about it', async () => {
	const member = await alsoOfOurs(null);
	const accepted = await filed();
	await accept(reviewer, accepted);
	await expect(
		does(owner, member, `public.reopen_submission($1, '人数有误请更正')`, [accepted])
	).rejects.toMatchObject({ message: 'nobody_reviews_their_organisation' });

	const returned = await filed();
	await does(owner, reviewer, `public.return_submission($1, '请核对人数', $2)`, [
		returned,
		JSON.stringify([{ position: 1, code: 'other', note: '与上期相差过大', opens: 'cell' }])
	]);
	await expect(
		does(owner, member, 'public.open_more_cells($1, $2)', [
			returned,
			JSON.stringify([{ position: 2, code: 'other', note: '与上期相差过大', opens: 'cell' }])
		])
	).rejects.toMatchObject({ message: 'nobody_reviews_their_organisation' });

	const objection = await does(owner, reporter, `public.raise_objection($1, '人数与台账一致')`, [
		returned
	]);
	await owner.query(
		`update public.members set roles = '{admin}' where person_id = $1 and organisation_id = $2`,
		[member.person, city]
	);
	const decide = (who: Actor) =>
		does(owner, who, `public.decide_objection($1, 'accepted_as_filed', '台账已核对')`, [objection]);
	await expect(decide(member)).rejects.toMatchObject({
		message: 'nobody_decides_their_own_dispute'
	});
	expect(await decide(secretariat)).toBe('accepted');
});

test('nor on its due dates: who gets more time or need not file, also where a colleague asked', async () => {
	for (const endedDaysAgo of [null, 300, 400]) {
		const both = await alsoOfOurs(endedDaysAgo);
		await owner.query(
			`update public.members set roles = '{admin,reviewer}' where person_id = $1 and organisation_id = $2`,
			[both.person, city]
		);
		const obligation = await owed();
		const request = await does(
			owner,
			reporter,
			`public.request_extension($1, private.today() + 20, '系统正在升级')`,
			[obligation]
		);
		const asked = await does<boolean>(
			owner,
			both,
			'exists (select from public.extension_queue() q where q.id = $1)',
			[request]
		);
		const decisions = {
			approve: () =>
				does(owner, both, 'public.approve_extension($1, private.today() + 20)::text', [request]),
			excuse: () => does(owner, both, `public.excuse_obligation($1, '机构正在合并')`, [obligation])
		};
		if (endedDaysAgo === 400) {
			expect(asked).toBe(true);
			for (const decide of Object.values(decisions)) await decide();
			continue;
		}
		expect(asked).toBe(false);
		for (const decide of Object.values(decisions))
			await expect(decide()).rejects.toMatchObject({
				code: 'PT403',
				message: 'nobody_decides_their_own'
			});
		expect(
			await one(
				owner,
				`select count(*)::int from public.notifications where person_id = $1 and organisation_id = $2 and subject_id = $3`,
				[both.person, city, obligation]
			)
		).toBe(0);
	}
});

test('the page of a filing says why there is nothing to decide', async () => {
	const { apiUrl, publishableKey } = stage.backend;
	const submission = await filed();
	const seenBy = async (who: Actor) => {
		const db = openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, who));
		const address = new URL(`http://localhost/reviews/${submission}`);
		const { turn, refusal } = await screen(db, submission, {
			entries: entriesOf(address, 200),
			changes: changesOf(address),
			cell: null
		});
		return { decides: turn !== null, words: refusal && refusalText(refusal, 'zh-CN') };
	};
	expect(await seenBy(await alsoOfOurs(null))).toEqual({
		decides: false,
		words: expect.stringContaining('报送单位的成员') as string
	});
	expect(await seenBy(reviewer)).toEqual({ decides: true, words: null });
});

test('a filing that waits for nobody here tells a stranger nothing', async () => {
	expect(await why(reporter, await filed())).toBe(null);
});
