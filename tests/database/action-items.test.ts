import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import {
	as,
	does,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// What was agreed is done by one organisation and accepted by another, with something to show for it.

let stage: Stage;
let owner: Client;
let council: string;
let adopted: string;
let rejected: string;
let voting: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;
const photo = { name: 'photo.png', type: 'image/png', content: 'aGVsbG8=' };

beforeAll(async () => {
	stage = await openStage('action-items');
	owner = stage.owner;
	await registry(owner);
	for (const [name, kind, region] of [
		['city', 'government', '31'],
		['union', 'union', '31'],
		['office', 'community', '310105001'],
		['rival', 'platform', '31'],
		['outsider', 'social', '31']
	] as const) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, the(name), 'reporter', 'delegate');
	}
	people.secretariat = await member(owner, the('city'), 'admin', 'delegate');
	people.viewer = await member(owner, the('office'), 'viewer');
	council = await one(
		owner,
		`insert into public.councils (name_zh, name_en, region_code, convener_id, lock_after_days) values ('甲', 'A', '31', $1, null) returning id`,
		[the('city')]
	);
	for (const name of ['city', 'union', 'office', 'rival'])
		await owner.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, $3, '2020-01-01')`,
			[council, the(name), name === 'office' ? 'observer' : 'voting']
		);
	const meeting = await asSecretariat(`public.plan_meeting($1, '例会', 'meeting', now())`, [
		council
	]);
	const item = await asSecretariat(`public.propose_agenda_item($1, '议题', 'item')`, [council]);
	await asSecretariat('public.schedule_agenda_item($1, $2)', [item, meeting]);
	await asSecretariat('public.open_meeting($1)', [meeting]);
	const decided = async (choice: string | null) => {
		const resolution = await asSecretariat(
			`public.propose_resolution($1, '决议', 'resolution', 'simple')`,
			[item]
		);
		if (!choice) return resolution;
		for (const who of ['secretariat', 'union', 'rival'])
			await does(owner, actor(who), 'public.cast_vote($1, $2)', [resolution, choice]);
		await asSecretariat('public.decide_resolution($1)', [resolution]);
		return resolution;
	};
	adopted = await decided('for');
	rejected = await decided('against');
	voting = await decided(null);
}, 180_000);

afterAll(() => stage?.close());

const asSecretariat = <T = string>(call: string, values: unknown[] = []) =>
	does<T>(owner, actor('secretariat'), call, values);

const assign = (given: {
	resolution?: string;
	accountable?: string;
	accepting?: string;
	due?: string;
	title?: string;
}) =>
	asSecretariat(
		`public.assign_action_item($1, $2, 'task', '', '', $3, $4, current_date + $5::int)`,
		[
			given.resolution ?? adopted,
			given.title ?? '任务',
			the(given.accountable ?? 'office'),
			the(given.accepting ?? 'union'),
			given.due ?? '30'
		]
	);

const report = (
	who: string,
	item: string,
	given: {
		progress?: number | null;
		done?: boolean;
		note?: string;
		file?: Partial<typeof photo>;
	} = {}
) =>
	does(owner, actor(who), 'public.report_progress($1, $2, $3, $4, $5, $6, $7)', [
		item,
		given.note ?? '有进展',
		given.progress === undefined ? 50 : given.progress,
		given.done ?? false,
		given.file?.name ?? null,
		given.file?.type ?? null,
		given.file?.content ?? null
	]);
/** Why the page of an action item offers somebody no decision on it. */
const interest = (who: string, item: string) =>
	as(owner, actor(who), (client) =>
		one(client, `select public.action_item_page($1) ->> 'interest'`, [item])
	);
const accept = (who: string, item: string) =>
	does(owner, actor(who), 'public.accept_action_item($1)', [item]);
const sendBack = (who: string, item: string, reason: string | null = '照片看不清楚') =>
	does(owner, actor(who), 'public.send_back_action_item($1, $2)', [item, reason]);

async function stateOf(item: string) {
	const { rows } = await owner.query<{ status: string; progress: number; done: boolean }>(
		'select status, progress, done_at is not null as done from public.action_items where id = $1',
		[item]
	);
	return rows[0];
}

async function tasks(who: string, item: string) {
	const { rows } = await as(owner, actor(who), (client) =>
		client.query<{ kind: string; status: string; overdue: boolean }>(
			`select kind, status, due_on < private.today() as overdue from public.my_tasks() where subject_id = $1`,
			[item]
		)
	);
	return rows;
}

describe('an action item', () => {
	test('goes from assigned to accepted, and waits for whoever is next', async () => {
		const item = await assign({});
		expect(await stateOf(item)).toEqual({ status: 'assigned', progress: 0, done: false });
		expect((await tasks('office', item)).map(({ kind }) => kind)).toEqual(['act']);
		await report('office', item, { progress: 40 });
		expect(await stateOf(item)).toEqual({ status: 'in_progress', progress: 40, done: false });
		await report('office', item, { done: true, file: photo });
		expect(await stateOf(item)).toEqual({ status: 'reported', progress: 100, done: false });
		expect(await tasks('office', item)).toEqual([]);
		expect((await tasks('union', item)).map(({ kind }) => kind)).toEqual(['accept']);
		await accept('union', item);
		expect(await stateOf(item)).toEqual({ status: 'accepted', progress: 100, done: true });
		expect(await tasks('union', item)).toEqual([]);
		await expect(accept('union', item)).rejects.toThrow('action_item_not_reported');
		await expect(report('office', item)).rejects.toThrow('action_item_not_open');
		await expect(
			asSecretariat(`public.cancel_action_item($1, '任务不再需要')`, [item])
		).rejects.toThrow('action_item_not_open');
		const { rows } = await owner.query(
			'select kind from public.action_reports where action_item_id = $1 order by written_at',
			[item]
		);
		expect(rows.map(({ kind }: { kind: string }) => kind)).toEqual([
			'progress',
			'done',
			'accepted'
		]);
	});

	test('is made by the secretariat from an adopted resolution only', async () => {
		for (const resolution of [rejected, voting])
			await expect(assign({ resolution })).rejects.toThrow('resolution_not_adopted');
		await expect(
			does(
				owner,
				actor('union'),
				`public.assign_action_item($1, '新', 'new', '', '', $2, $3, current_date)`,
				[adopted, the('office'), the('union')]
			)
		).rejects.toThrow('only_the_secretariat');
	});

	test('has one who answers for it, another who accepts, both with a seat, a title and a day', async () => {
		for (const given of [
			{ accountable: 'office', accepting: 'office' },
			{ accountable: 'outsider' },
			{ accepting: 'outsider' },
			{ title: ' ' },
			{ due: '30000' },
			{ due: '-700000' }
		])
			await expect(assign(given)).rejects.toThrow('action_item_not_valid');
	});

	test('is completed only with something to show', async () => {
		const item = await assign({});
		await expect(report('office', item, { done: true })).rejects.toThrow(
			'completion_needs_evidence'
		);
		expect(await stateOf(item)).toEqual({ status: 'assigned', progress: 0, done: false });
		// A photo from along the way serves.
		await report('office', item, { file: photo });
		await report('office', item, { done: true });
		expect((await stateOf(item))?.status).toBe('reported');
	});

	test('is not accepted by the accountable, by third parties, or before it is reported', async () => {
		const item = await assign({});
		await expect(accept('union', item)).rejects.toThrow('action_item_not_reported');
		await report('office', item, { done: true, file: photo });
		for (const who of ['office', 'rival', 'secretariat', 'outsider'])
			await expect(accept(who, item), who).rejects.toThrow('action_item_not_found');
		await expect(sendBack('office', item)).rejects.toThrow('action_item_not_found');
		for (const who of ['union', 'rival', 'viewer', 'secretariat'])
			await expect(report(who, item), who).rejects.toThrow('action_item_not_found');
	});

	test('is not accepted by the person who reported it, in whatever organisation they act', async () => {
		await owner.query(
			`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{delegate}')`,
			[actor('office').person, the('union')]
		);
		people.two_hats = { person: actor('office').person, organisation: the('union') };
		const item = await assign({});
		await report('office', item, { done: true, file: photo });
		expect(await interest('two_hats', item)).toBe('nobody_reviews_their_own');
		await expect(accept('two_hats', item)).rejects.toThrow('nobody_reviews_their_own');
		await accept('union', item);
	});

	test('is accepted with a word, or without one', async () => {
		for (const note of [null, ' ', '好']) {
			const item = await assign({});
			await report('office', item, { done: true, file: photo });
			await does(owner, actor('union'), 'public.accept_action_item($1, $2)', [item, note]);
			const said = `select note from public.action_reports where action_item_id = $1 and kind = 'accepted'`;
			expect(await one(owner, said, [item])).toBe(note === '好' ? note : null);
		}
	});

	test('is not decided by members of whoever does it, nor by those who left lately, in whatever organisation they act', async () => {
		const belongs = async (endedDaysAgo: number | null) => {
			const both = await member(owner, the('union'), 'delegate');
			await owner.query(
				`insert into public.members (person_id, organisation_id, roles, ended_at)
				 values ($1, $2, '{viewer}', now() - make_interval(days => $3))`,
				[both.person, the('office'), endedDaysAgo]
			);
			return both;
		};
		people.belongs = await belongs(null);
		people.left = await belongs(300);
		people.left_long_ago = await belongs(400);
		const item = await assign({});
		await report('office', item, { done: true, file: photo });
		expect(await interest('union', item)).toBeNull();
		for (const who of ['belongs', 'left']) {
			expect(await tasks(who, item), who).toEqual([]);
			expect(await interest(who, item), who).toBe('nobody_decides_their_own');
			for (const decide of [accept, sendBack])
				await expect(decide(who, item), who).rejects.toThrow('nobody_decides_their_own');
		}
		expect((await tasks('left_long_ago', item)).map(({ kind }) => kind)).toEqual(['accept']);
		await accept('left_long_ago', item);
	});

	test('is nothing any more to a party whose seat ended: no task, no report, no decision', async () => {
		const seated = async (name: string, until: string | null) =>
			owner.query(
				'update public.council_seats set until = $3 where council_id = $1 and organisation_id = $2',
				[council, the(name), until]
			);
		const toDo = await assign({});
		const done = await assign({});
		await report('office', done, { done: true, file: photo });
		for (const name of ['office', 'union']) await seated(name, '2020-02-01');
		try {
			expect(await tasks('office', toDo)).toEqual([]);
			expect(await tasks('union', done)).toEqual([]);
			await expect(report('office', toDo)).rejects.toThrow('action_item_not_found');
			for (const decide of [accept, sendBack])
				await expect(decide('union', done)).rejects.toThrow('action_item_not_found');
		} finally {
			for (const name of ['office', 'union']) await seated(name, null);
		}
	});

	test('sent back opens again with the reason, and can be reported anew', async () => {
		const item = await assign({});
		await report('office', item, { done: true, file: photo });
		for (const reason of [null, '', '　　　　　', '不行'])
			await expect(sendBack('union', item, reason)).rejects.toThrow('return_needs_a_reason');
		await sendBack('union', item);
		expect((await stateOf(item))?.status).toBe('in_progress');
		expect((await tasks('office', item)).map(({ kind }) => kind)).toEqual(['act']);
		const { rows } = await as(owner, actor('office'), (client) =>
			client.query(
				`select note from public.action_reports where action_item_id = $1 and kind = 'sent_back'`,
				[item]
			)
		);
		expect(rows).toEqual([{ note: '照片看不清楚' }]);
		await report('office', item, { done: true });
		await accept('union', item);
		expect((await stateOf(item))?.status).toBe('accepted');
	});

	test('that is overdue stays among the tasks, marked by its day, until it is cancelled', async () => {
		const item = await assign({ due: '-3' });
		expect(await tasks('office', item)).toEqual([
			{ kind: 'act', status: 'assigned', overdue: true }
		]);
		await report('office', item);
		expect(await tasks('office', item)).toEqual([
			{ kind: 'act', status: 'in_progress', overdue: true }
		]);
		await expect(asSecretariat(`public.cancel_action_item($1, '\u3000')`, [item])).rejects.toThrow(
			'return_needs_a_reason'
		);
		await asSecretariat(`public.cancel_action_item($1, '任务不再需要')`, [item]);
		expect(await tasks('office', item)).toEqual([]);
		await expect(report('office', item)).rejects.toThrow('action_item_not_open');
	});

	test('takes no report without words and no percentage that is none', async () => {
		const item = await assign({});
		for (const given of [
			{ note: ' ' },
			{ note: '好' },
			{ progress: -1 },
			{ progress: 101 },
			{ progress: null }
		])
			await expect(report('office', item, given)).rejects.toThrow('report_not_valid');
		expect(await stateOf(item)).toEqual({ status: 'assigned', progress: 0, done: false });
	});
});

describe('evidence', () => {
	test('is a picture, a PDF, a table or a text, of a byte to ten megabytes, with a name', async () => {
		const item = await assign({});
		for (const file of [
			{ ...photo, type: 'text/html' },
			{ ...photo, type: 'image/svg+xml' },
			{ ...photo, type: 'application/x-msdownload' },
			{ ...photo, type: '' },
			{ ...photo, type: undefined },
			{ ...photo, name: undefined },
			{ ...photo, name: ' ' },
			{ ...photo, name: '../photo.png' },
			{ ...photo, content: '' },
			{ ...photo, content: '***' }
		])
			await expect(report('office', item, { file })).rejects.toThrow('file_not_valid');
		const tooLarge = { ...photo, content: Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64') };
		await expect(report('office', item, { file: tooLarge })).rejects.toThrow('file_too_large');
		expect(
			await one(
				owner,
				'select count(*)::int from public.action_reports where action_item_id = $1',
				[item]
			)
		).toBe(0);
		for (const type of ['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'text/csv'])
			await report('office', item, { file: { ...photo, type } });
		await report('office', item, {
			file: { ...photo, content: Buffer.alloc(10 * 1024 * 1024, 1).toString('base64') }
		});
	});

	test('is read back byte for byte by both parties and the convener, and by nobody else who reads the task', async () => {
		const item = await assign({});
		const made = await report('office', item, { done: true, file: photo });
		const file = await one(owner, 'select id from public.files where subject_id = $1', [made]);
		const read = async (who: string, query: string, value: string) => {
			const { rows } = await as(owner, actor(who), (client) => client.query(query, [value]));
			return rows as unknown[];
		};
		const items = 'select title_zh from public.action_items where id = $1';
		const listed = 'select name from public.files where id = $1';
		const content = 'select name, content_base64 from public.file_content($1)';
		for (const who of ['office', 'viewer', 'union', 'secretariat']) {
			expect(await read(who, listed, file), who).toEqual([{ name: 'photo.png' }]);
			expect(await read(who, content, file), who).toEqual([
				{ name: 'photo.png', content_base64: 'aGVsbG8=' }
			]);
		}
		expect(await read('rival', items, item)).toHaveLength(1);
		for (const who of ['rival', 'outsider']) {
			expect(await read(who, listed, file), who).toEqual([]);
			expect(await read(who, content, file), who).toEqual([]);
		}
	});

	test('is called by its task, on whose page it stands, only to those who read it', async () => {
		const item = await assign({ title: '走访站点' });
		const made = await report('office', item, { file: photo });
		const subject = (who: string) =>
			as(owner, actor(who), (client) =>
				one<string | undefined>(
					client,
					`select concat_ws(' ', title_zh, parent_id) from public.subjects(array['action_report'], array[$1])`,
					[made]
				)
			);
		expect(await subject('union')).toBe(`走访站点 ${item}`);
		expect(await subject('rival')).toBeUndefined();
	});
});
