import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	as,
	convened,
	does,
	member,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// One box finds what the reader may see, and nothing else.

let stage: Stage;
let secretariat: Actor;
let platform: Actor;
let stranger: Actor;

beforeAll(async () => {
	stage = await openStage('search');
	const { owner } = stage;
	await registry(owner);
	const city = await organisation(owner, 'government', '市人社局', '31');
	const ours = await organisation(owner, 'platform', '迅达外卖', '31');
	const outside = await organisation(owner, 'platform', '外地外卖', '11');
	secretariat = await member(owner, city, 'admin', 'delegate');
	platform = await member(owner, ours, 'delegate');
	stranger = await member(owner, outside, 'delegate');
	const joint = await convened(owner, '31', city, ours);
	const meeting = await does(
		owner,
		secretariat,
		`public.plan_meeting($1, '外卖 100% 参保 例会', 'Delivery meeting', now())`,
		[joint]
	);
	const item = await does(owner, secretariat, `public.propose_agenda_item($1, '议题', 'item')`, [
		joint
	]);
	await does(owner, secretariat, 'public.schedule_agenda_item($1, $2)', [item, meeting]);
	await does(owner, secretariat, 'public.open_meeting($1)', [meeting]);
	await does(
		owner,
		secretariat,
		`public.propose_resolution($1, '外卖骑手休息站夜间开放', 'Stations stay open at night', 'simple')`,
		[item]
	);
}, 180_000);

afterAll(() => stage?.close());

type Row = { kind: string; title_zh: string; place: number; found: number };

function search(reader: Actor, words: string, atMost = 10): Promise<Row[]> {
	return as(stage.owner, reader, async (client) => {
		const { rows } = await client.query('select * from public.search($1, $2)', [words, atMost]);
		return rows as Row[];
	});
}

/** Of councils: many indicators are divided by occupations with this word in their names. */
const delivery = async (reader: Actor) =>
	(await titles(reader, '外卖')).filter((title) => !title.startsWith('indicator'));

const titles = async (reader: Actor, words: string) =>
	(await search(reader, words)).map(({ kind, title_zh }) => `${kind} ${title_zh}`);

test('a member finds organisations, meetings and resolutions by a word of their names', async () => {
	expect(await delivery(platform)).toEqual([
		'meeting 外卖 100% 参保 例会',
		'organisation 迅达外卖',
		'resolution 外卖骑手休息站夜间开放'
	]);
});

test('every word must stand there, in either language and any case', async () => {
	expect(await titles(platform, 'delivery  MEETING')).toEqual(['meeting 外卖 100% 参保 例会']);
	expect(await titles(platform, '外卖 夜间')).toEqual(['resolution 外卖骑手休息站夜间开放']);
	expect(await titles(platform, '外卖 不存在')).toEqual([]);
});

test('an organisation elsewhere finds itself and the registry, but nothing of a council that is not its own', async () => {
	expect(await delivery(stranger)).toEqual(['organisation 外地外卖']);
	expect(await titles(stranger, 'TEST1')).toEqual(['indicator 测试签订率']);
});

test('signs that mean something to a database are only signs', async () => {
	expect(await titles(platform, '100%')).toEqual(['meeting 外卖 100% 参保 例会']);
	for (const words of ['%', '_', "'", '\\', ' ', '', '(', '*'.repeat(5000)])
		expect(await search(platform, words), words.slice(0, 5)).toSatisfy((rows: Row[]) =>
			rows.every(({ kind }) => ['meeting', 'indicator'].includes(kind))
		);
	expect(await titles(platform, '_')).toEqual([]);
});

test('a kind says how many there are beyond those shown', async () => {
	const [first] = await search(platform, '率', 1);
	expect(first).toMatchObject({ kind: 'indicator', place: 1 });
	expect(first?.found).toBeGreaterThan(10);
});

test('an occupation leads to the indicators that are divided by it, in either language', async () => {
	for (const words of ['骑手', 'courier 参保率']) {
		const found = await search(platform, words, 100);
		expect(found.map(({ title_zh }) => title_zh)).toContain('工伤保险参保率（全口径）');
		expect(found.map(({ title_zh }) => title_zh)).not.toContain('小区通行码覆盖');
	}
	expect(await titles(platform, 'TEST1 骑手')).toEqual([]);
});

test('an indicator divided by occupation says so where it is found', async () => {
	const found = await as(stage.owner, platform, (client) =>
		client.query(`select note_zh, note_en from public.search('IN3') where id = 'IN3'`)
	);
	expect(found.rows).toEqual([
		{
			note_zh: 'IN3 · 外卖配送员（骑手）、快递员、网约车司机、货车司机、网络主播',
			note_en: 'IN3 · Delivery rider, Courier, Ride-hailing driver, Truck driver, Live streamer'
		}
	]);
});
