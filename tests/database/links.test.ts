import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	as,
	convened,
	does,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// Whatever row somebody puts before a meeting, its page says what was decided about it and what is done.

let stage: Stage;
let joint: string;
let secretariat: Actor;
let platform: Actor;
let stranger: Actor;
/** The platform, about which the council decides something. */
let ours: string;
let item: string;
let resolution: string;
let task: string;

beforeAll(async () => {
	stage = await openStage('links');
	const { owner } = stage;
	await registry(owner);
	const city = await organisation(owner, 'government', '市人社局', '31');
	ours = await organisation(owner, 'platform', '迅达外卖', '31');
	const outside = await organisation(owner, 'platform', '外地外卖', '11');
	secretariat = await member(owner, city, 'admin', 'delegate');
	platform = await member(owner, ours, 'delegate');
	stranger = await member(owner, outside, 'delegate');
	joint = await convened(owner, '31', city, ours);
	const meeting = await does(
		owner,
		secretariat,
		`public.plan_meeting($1, '例会', 'Meeting', now())`,
		[joint]
	);
	item = await does(owner, platform, propose, [joint, 'organisation', ours]);
	await does(owner, secretariat, 'public.schedule_agenda_item($1, $2)', [item, meeting]);
	await does(owner, secretariat, 'public.open_meeting($1)', [meeting]);
	resolution = await does(
		owner,
		secretariat,
		`public.propose_resolution($1, '夜间开放', 'Open at night', 'simple')`,
		[item]
	);
	for (const delegate of [secretariat, platform])
		await does(owner, delegate, `public.cast_vote($1, 'for')`, [resolution]);
	await does(owner, secretariat, 'public.decide_resolution($1)', [resolution]);
	task = await does(
		owner,
		secretariat,
		`public.assign_action_item($1, '夜间开放驿站', 'Open stations at night', '', '', $2, $3, '2030-01-01')`,
		[resolution, ours, city]
	);
}, 180_000);

afterAll(() => stage?.close());

const propose = `public.propose_agenda_item($1, '夜间驿站', 'Stations at night', about_type => $2, about_id => $3)`;

const links = (reader: Actor, type: string, id: string) =>
	as(stage.owner, reader, async (client) => {
		const { rows } = await client.query<{ kind: string; title_en: string }>(
			'select kind, title_en from public.links($1, $2, $3)',
			[joint, type, id]
		);
		return rows.map(({ kind, title_en }) => `${kind} ${title_en}`);
	});

test('the page of a row says what was decided about it and what is done', async () => {
	expect(await links(platform, 'organisation', ours)).toEqual([
		'action_item Open stations at night',
		'resolution Stations at night'
	]);
});

test('an action item is about what its agenda item was about, unless it says otherwise', async () => {
	const other = await does(
		stage.owner,
		secretariat,
		`public.assign_action_item($1, '核对', 'Check', '', '', $2, $3, '2030-01-01', about_type => 'action_item', about_id => $4)`,
		[resolution, ours, secretariat.organisation, task]
	);
	const { rows } = await stage.owner.query(
		'select about_type, about_id from public.action_items where id = any ($1) order by about_type',
		[[task, other]]
	);
	expect(rows).toEqual([
		{ about_type: 'action_item', about_id: task },
		{ about_type: 'organisation', about_id: ours }
	]);
	expect(await links(platform, 'action_item', task)).toEqual(['action_item Check']);
});

test('whoever sits elsewhere is told neither what was decided nor what it is called', async () => {
	expect(await links(stranger, 'organisation', ours)).toEqual([]);
	const named = (reader: Actor) =>
		as(stage.owner, reader, async (client) => {
			const { rows } = await client.query<{ title_en: string }>(
				`select title_en from public.subjects(array['agenda_item'], $1)`,
				[[item]]
			);
			return rows.map(({ title_en }) => title_en);
		});
	expect(await named(platform)).toEqual(['Stations at night']);
	expect(await named(stranger)).toEqual([]);
});

test.each([
	['organisation', '00000000-0000-4000-8000-000000000000'],
	['organisation', 'no id'],
	['indicator', 'NONE'],
	['people', '1'],
	['', ''],
	['organisation', null],
	["x'; drop table public.meetings; --", 'x']
])('nothing is put before a meeting about %s %s, which is no row', async (type, id) => {
	await expect(does(stage.owner, platform, propose, [joint, type, id])).rejects.toThrow(
		'subject_not_found'
	);
});

test('a row of another council is none here', async () => {
	const elsewhere = await convened(stage.owner, '31', secretariat.organisation ?? '');
	const theirs = await one(
		stage.owner,
		`insert into public.meetings (council_id, number, title_zh, title_en, scheduled_at, created_by) values ($1, 1, '乙', 'B', now(), $2) returning id`,
		[elsewhere, secretariat.person]
	);
	await expect(does(stage.owner, platform, propose, [joint, 'meeting', theirs])).rejects.toThrow(
		'subject_not_found'
	);
});

test('rows of several types are named at once, those that are none left out', async () => {
	const named = await as(stage.owner, platform, async (client) => {
		const { rows } = await client.query<{ type: string; title_en: string }>(
			'select type, title_en from public.subjects($1, $2) order by type',
			[
				['agenda_item', 'organisation', 'people', null, 'agenda_item'],
				[item, ours, ours, 'x', 'no id']
			]
		);
		return rows.map(({ type, title_en }) => `${type} ${title_en}`);
	});
	expect(named).toEqual(['agenda_item Stations at night', 'organisation 迅达外卖']);
});
