import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
import {
	as,
	convened,
	does,
	file,
	member,
	neverLocks,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// What passes between a reviewer and a reporter about single values: only what was marked may change, every mark has
// its reason and its answer, and what was accepted on the way stays.

let stage: Stage;
let owner: Client;
let council: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const actor = (name: string) => people[name] as Actor;

beforeAll(async () => {
	stage = await openStage('review-threads');
	owner = stage.owner;
	await registry(owner);
	await owner.query(`
		insert into public.dataset_measures (dataset_code, measure_code, position, required) values ('test_monthly', 'test_visits', 3, false);
		insert into public.dataset_rules (dataset_code, code, kind, severity, params, message_zh, message_en)
		values ('test_monthly', 'signed_within_workers', 'part_le_whole', 'error', '{"part": "test_signed", "whole": "test_workers"}', '', '')`);
	const seats: [string, string, string][] = [
		['city', 'government', '31'],
		['district', 'government', '310105'],
		['ours', 'platform', '31'],
		['rival', 'platform', '31'],
		['office', 'community', '310105001']
	];
	for (const [name, kind, region] of seats) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(owner, ids[name], kind === 'government' ? 'reviewer' : 'reporter');
	}
	people.secretariat = await member(owner, ids.city ?? '', 'admin');
	people.viewer = await member(owner, ids.ours ?? '', 'viewer');
	council = await convened(owner, '31', ...seats.map(([name]) => ids[name] ?? ''));
	await neverLocks(owner, council);
}, 180_000);

afterAll(() => stage?.close());

let months = 0;
async function owed(name = 'ours', dataset = 'test_monthly'): Promise<string> {
	const period = `${2015 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
	months += 1;
	await does(owner, actor('secretariat'), 'public.open_obligations($1, $2, $3)', [
		council,
		dataset,
		period
	]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2 and dataset_code = $3',
		[ids[name], period, dataset]
	);
}

/** Workers and signed contracts of two districts, in the order of their positions 1 to 4. */
const figures = (changed: Record<string, number> = {}): [string, string, number][] =>
	(
		[
			['test_workers', '310105', 100],
			['test_signed', '310105', 40],
			['test_workers', '310115', 200],
			['test_signed', '310115', 80]
		] as [string, string, number][]
	).map(([measure, region, value]) => [measure, region, changed[`${measure} ${region}`] ?? value]);

const filed = (obligation: string, entries = figures(), warnings?: { rule: string }[]) =>
	file(owner, actor('ours'), obligation, entries, warnings);
const accept = (who: string, submission: string) =>
	does(owner, actor(who), 'public.accept_submission($1)', [submission]);
const sendBack = (who: string, submission: string, marks: unknown[] = []) =>
	does(owner, actor(who), 'public.return_submission($1, $2, $3)', [
		submission,
		'请核对标记的单元格',
		JSON.stringify(marks)
	]);
const mark = (position: number, more = {}) => ({
	position,
	code: 'out_of_line_with_history',
	note: '比上月多一倍',
	...more
});
const reply = (who: string, submission: string, replies: unknown) =>
	does<number>(owner, actor(who), 'public.reply_to_marks($1, $2)', [
		submission,
		JSON.stringify(replies)
	]);
const locked = (who: string, obligation: string) =>
	as(owner, actor(who), (client) =>
		one<{ open: unknown[]; value: number[]; cell: string[] } | null>(
			client,
			'select public.locked_cells($1)',
			[obligation]
		)
	);

describe('a mark', () => {
	test('needs a reason code and a sentence, on every path', async () => {
		const submission = await filed(await owed());
		for (const bad of [
			{ position: 1 },
			{ position: 1, note: '比上月多一倍' },
			mark(1, { code: 'because' }),
			mark(1, { note: '' }),
			mark(1, { note: ' 四个字 ' }),
			mark(1, { opens: 'everything' })
		])
			await expect(sendBack('city', submission, [bad]), JSON.stringify(bad)).rejects.toThrow(
				'mark_needs_a_reason'
			);
		await expect(sendBack('city', submission, [mark(9)])).rejects.toThrow('marked_cell_not_found');
		expect(await sendBack('city', submission, [mark(1)])).toBe('returned');
	});
});

describe('after a return of marked cells', () => {
	test('another value may not change, come or go; the marked one may', async () => {
		const obligation = await owed();
		await sendBack('city', await filed(obligation), [mark(1)]);
		const refused = [
			figures({ 'test_signed 310105': 41 }),
			figures({ 'test_workers 310105': 90, 'test_workers 310115': 201 }),
			figures().slice(0, 3),
			[...figures(), ['test_visits', '310105', 5] as [string, string, number]]
		];
		for (const entries of refused)
			await expect(filed(obligation, entries)).rejects.toThrow('locked_cells_changed');
		// Told apart by what they are, not by where they stand.
		const second = await filed(obligation, figures({ 'test_workers 310105': 90 }).toReversed());
		// Nor does a version after the correction escape, while that waits for review.
		await expect(filed(obligation, figures({ 'test_signed 310115': 1 }))).rejects.toThrow(
			'locked_cells_changed'
		);
		expect(await accept('city', second)).toBe('accepted');
		expect(await locked('ours', obligation)).toBeNull();
		await filed(obligation, figures({ 'test_signed 310115': 1 }));
	});

	test('a mark opens as much as it says', async () => {
		const opened: [string, [string, string][]][] = [
			['cell', [['test_workers', '310105']]],
			[
				'rules',
				[
					['test_workers', '310105'],
					['test_signed', '310105']
				]
			],
			[
				'row',
				[
					['test_workers', '310105'],
					['test_signed', '310105'],
					['test_visits', '310105']
				]
			],
			[
				'measure',
				[
					['test_workers', '310105'],
					['test_workers', '310115'],
					['test_workers', '310101']
				]
			]
		];
		const candidates = opened.flatMap(([, cells]) => cells);
		for (const [opens, open] of opened) {
			const obligation = await owed();
			await sendBack('city', await filed(obligation), [mark(1, { opens })]);
			for (const [measure, region] of new Set(candidates)) {
				const rest = figures().filter(([m, r]) => m !== measure || r !== region);
				const changed = filed(obligation, [...rest, [measure, region, 7]]);
				if (open.some(([m, r]) => m === measure && r === region)) await changed;
				else await expect(changed, `${opens}: ${measure}`).rejects.toThrow('locked_cells_changed');
			}
		}
	});

	test('whoever returned it opens more cells, with a reason; nobody else does', async () => {
		const obligation = await owed();
		const first = await filed(obligation);
		await sendBack('city', first, [mark(1)]);
		const openMore = (who: string, marks: unknown[]) =>
			does<number>(owner, actor(who), 'public.open_more_cells($1, $2)', [
				first,
				JSON.stringify(marks)
			]);
		for (const who of ['ours', 'district', 'secretariat'])
			await expect(openMore(who, [mark(2)]), who).rejects.toThrow('submission_not_found');
		await expect(openMore('city', [{ position: 2 }])).rejects.toThrow('mark_needs_a_reason');
		await expect(openMore('city', [])).rejects.toThrow('marked_cell_not_found');
		expect(await openMore('city', [mark(2)])).toBe(1);
		const second = await filed(
			obligation,
			figures({ 'test_workers 310105': 90, 'test_signed 310105': 30 })
		);
		await accept('city', second);
		await expect(openMore('city', [mark(3)])).rejects.toThrow('return_is_settled');

		const everything = await owed();
		const whole = await filed(everything);
		await sendBack('city', whole);
		await expect(
			does(owner, actor('city'), 'public.open_more_cells($1, $2)', [
				whole,
				JSON.stringify([mark(2)])
			])
		).rejects.toThrow('everything_is_open');
	});

	test('a second return binds by its own marks', async () => {
		const obligation = await owed();
		await sendBack('city', await filed(obligation), [mark(1)]);
		const second = await filed(obligation, figures({ 'test_workers 310105': 90 }));
		await sendBack('city', second, [mark(4)]);
		await expect(filed(obligation)).rejects.toThrow('locked_cells_changed');
		await filed(obligation, figures({ 'test_workers 310105': 90, 'test_signed 310115': 79 }));
	});

	test('a return without marks opens everything', async () => {
		const obligation = await owed();
		await sendBack('city', await filed(obligation));
		expect(await locked('ours', obligation)).toBeNull();
		await filed(obligation, figures({ 'test_workers 310105': 1, 'test_signed 310115': 2 }));
	});

	test('its reporters read what is open, and nobody else', async () => {
		const obligation = await owed();
		await sendBack('city', await filed(obligation), [mark(2)]);
		expect(await locked('ours', obligation)).toMatchObject({
			open: [['test_signed', '310105', '', '']],
			accepted: [],
			value: [100, 40, 200, 80],
			cell: ['D3', 'D4', 'D5', 'D6']
		});
		for (const who of ['viewer', 'rival', 'city', 'district'])
			expect(await locked(who, obligation), who).toBeNull();
	});
});

describe('the thread of a value', () => {
	const thread = async (who: string, submission: string, position: number) => {
		const { rows } = await as(owner, actor(who), (client) =>
			client.query<Record<string, string | null>>(
				'select kind, version, value::float8 as value, cell, code, note from public.cell_thread($1, $2)',
				[submission, position]
			)
		);
		return rows;
	};

	test('holds its values, marks and replies over all versions, in order', async () => {
		const obligation = await owed();
		const first = await filed(obligation);
		await sendBack('city', first, [mark(1)]);
		expect(await reply('ours', first, [{ position: 1, text: '多算了一个站点，已改。' }])).toBe(1);
		const second = await filed(obligation, figures({ 'test_workers 310105': 90 }).toReversed());
		const expected = [
			{ kind: 'value', version: 1, value: 100, cell: 'D3', code: null, note: null },
			{
				kind: 'mark',
				version: 1,
				value: null,
				cell: null,
				code: 'out_of_line_with_history',
				note: '比上月多一倍'
			},
			{
				kind: 'reply',
				version: 1,
				value: null,
				cell: null,
				code: null,
				note: '多算了一个站点，已改。'
			},
			{ kind: 'value', version: 2, value: 90, cell: 'D6', code: null, note: null }
		];
		for (const [who, submission, position] of [
			['ours', first, 1],
			['viewer', second, 4],
			['city', second, 4]
		] as const)
			expect(await thread(who, submission, position), who).toEqual(expected);
		for (const who of ['rival', 'district']) expect(await thread(who, second, 4), who).toEqual([]);
		expect(await thread('city', second, 99)).toEqual([]);
	});

	test('takes replies from its reporters, to marks that bind', async () => {
		const obligation = await owed();
		const first = await filed(obligation);
		const said = [{ position: 1, text: '多算了一个站点' }];
		await expect(reply('ours', first, said)).rejects.toThrow('return_is_settled');
		await sendBack('city', first, [mark(1)]);
		for (const who of ['viewer', 'rival', 'city'])
			await expect(reply(who, first, said), who).rejects.toThrow('submission_not_found');
		for (const bad of [[{ position: 2, text: '没有标记' }], [{ text: '没有位置' }]])
			await expect(reply('ours', first, bad)).rejects.toThrow('marked_cell_not_found');
		for (const bad of [[], {}, [{ position: 1 }], [{ position: 1, text: ' ' }]])
			await expect(reply('ours', first, bad)).rejects.toThrow('reply_not_valid');
		await accept('city', await filed(obligation));
		await expect(reply('ours', first, said)).rejects.toThrow('return_is_settled');
	});
});

describe('a return that accepts the rest', () => {
	const returnPartly = (who: string, submission: string, marks: unknown[]) =>
		does(owner, actor(who), 'public.return_submission($1, $2, $3, true)', [
			submission,
			'请核对标记的单元格',
			JSON.stringify(marks)
		]);
	const totals = async (obligation: string) => {
		const { rows } = await owner.query<{ measure_code: string; value: number }>(
			`select t.measure_code, t.value::float8 as value from public.totals t
			 join public.submissions s on s.id = t.submission_id
			 where s.obligation_id = $1 and t.region_code = '31' and t.occupation = '' order by 1`,
			[obligation]
		);
		return rows.map(({ measure_code, value }) => `${measure_code} ${value}`);
	};

	test('counts the measures without a mark at once and locks them; the others wait', async () => {
		const obligation = await owed();
		const first = await filed(obligation);
		expect(await returnPartly('city', first, [mark(2)])).toBe('returned');
		expect(await totals(obligation)).toEqual(['test_workers 300']);
		expect(
			await one(owner, 'select accepted_measures from public.submissions where id = $1', [first])
		).toEqual(['test_workers']);
		expect(await locked('ours', obligation)).toMatchObject({ accepted: ['test_workers'] });

		await expect(filed(obligation, figures({ 'test_workers 310105': 99 }))).rejects.toThrow(
			'locked_cells_changed'
		);
		const second = await filed(obligation, figures({ 'test_signed 310105': 30 }));
		expect(await totals(obligation)).toEqual(['test_workers 300']);
		await expect(sendBack('city', second, [mark(1)])).rejects.toThrow('accepted_measure_is_locked');

		// What was accepted stays so through another return, even one that opens everything else.
		await sendBack('city', second);
		await expect(filed(obligation, figures({ 'test_workers 310105': 99 }))).rejects.toThrow(
			'locked_cells_changed'
		);
		const third = await filed(obligation, figures({ 'test_signed 310105': 31 }));
		await accept('city', third);
		expect(await totals(obligation)).toEqual(['test_signed 111', 'test_workers 300']);
	});

	test('reads as partly accepted wherever filings are listed, until the rest is filed again', async () => {
		const obligation = await owed();
		const seen = async (who: string, query: string, key: string) => {
			const { rows } = await as(owner, actor(who), (client) =>
				client.query<Record<string, unknown>>(query, [key])
			);
			return rows.flatMap((row) => Object.values(row));
		};
		const lists = async () => [
			...(await seen(
				'ours',
				'select state from public.obligation_states where id = $1',
				obligation
			)),
			...(await seen(
				'city',
				`select g.state from public.filing_grid('${council}', 1000) g where g.obligation_id = $1`,
				obligation
			)),
			...(await seen(
				'ours',
				'select status from public.my_tasks() where subject_id = $1',
				obligation
			))
		];
		const first = await filed(obligation);
		await sendBack('city', first, [mark(2)]);
		expect(await lists()).toEqual(['returned', 'returned', 'returned']);
		const second = await filed(obligation, figures({ 'test_signed 310105': 30 }));
		await returnPartly('city', second, [mark(2)]);
		expect(await lists()).toEqual(['partly_accepted', 'partly_accepted', 'partly_accepted']);
		const third = await filed(obligation, figures({ 'test_signed 310105': 31 }));
		expect(await lists()).toEqual(['submitted', 'submitted']);
		const accepted = 'select accepted_before from public.review_queue() where submission_id = $1';
		expect(await seen('city', accepted, third)).toEqual([1]);
	});

	test('needs marks, something left to accept, and the last stage', async () => {
		const submission = await filed(await owed());
		await expect(returnPartly('city', submission, [])).rejects.toThrow('nothing_left_to_accept');
		await expect(returnPartly('city', submission, [mark(1, { opens: 'row' })])).rejects.toThrow(
			'nothing_left_to_accept'
		);
		const office = await file(owner, actor('office'), await owed('office', 'test_services'), [
			['test_visits', '310105001', 40]
		]);
		await expect(returnPartly('district', office, [mark(1)])).rejects.toThrow(
			'partial_acceptance_is_last'
		);
		expect(await one(owner, 'select status from public.submissions where id = $1', [office])).toBe(
			'submitted'
		);
	});
});

test('the queue counts every warning that fired, by the kind its rule had then, and puts the riskiest first', async () => {
	await owner.query(`
		insert into public.dataset_rules (dataset_code, code, version, kind, severity, params, since, until) values
			('test_monthly', 'workers_jump', 1, 'jump', 'warning', '{"measure": "test_workers", "percent": 30}', 1, 2),
			('test_monthly', 'workers_jump', 2, 'range', 'warning', '{"measure": "test_workers", "max": 9}', 2, null),
			('test_monthly', 'workers_z', 1, 'z_score', 'warning', '{"measure": "test_workers", "z": 3}', 1, null),
			('test_monthly', 'signed_among_peers', 1, 'peer_outlier', 'warning',
				'{"measure": "test_signed", "denominator": "test_workers", "k": 3}', 1, null),
			('test_monthly', 'follows', 1, 'cross_file', 'warning',
				'{"measure": "test_workers", "other": "test_workers", "of": "previous", "percent": 30}', 1, null)`);
	const fired = (...rules: string[]) => rules.map((rule) => ({ rule }));
	const filedBy = async (name: string, warnings: { rule: string }[]) =>
		file(owner, actor(name), await owed(name), figures(), warnings);
	await accept('city', await filed(await owed()));
	const calm = await filed(await owed());
	const back = await owed();
	await sendBack('city', await filed(back), [mark(1)]);
	const again = await filed(back);
	const late = await filed(await owed());
	const inside = await filedBy('ours', fired('signed_within_workers', 'signed_within_workers'));
	const odd = await filedBy('ours', [
		...fired('workers_jump', 'workers_jump', 'workers_z', 'signed_among_peers', 'follows'),
		...fired('signed_within_workers', 'a_rule_of_long_ago')
	]);
	const first = await filedBy('rival', fired('workers_z'));
	const all = [calm, again, late, inside, odd, first];
	await owner.query('update public.submissions set late_days = 0 where id = any ($1)', [all]);
	await owner.query('update public.submissions set late_days = 3 where id = $1', [late]);
	const queue = async () => {
		const { rows } = await as(owner, actor('city'), (client) =>
			client.query<{ submission_id: string; risk: number; fired: object; first_filing: boolean }>(
				'select submission_id, risk, fired, first_filing from public.review_queue() where submission_id = any ($1)',
				[all]
			)
		);
		return rows.map(({ submission_id, ...row }) => [
			all.indexOf(submission_id),
			...Object.values(row)
		]);
	};
	const oddly = { jump: 2, z_score: 1, peer_outlier: 1, cross_file: 1, part_le_whole: 1, other: 1 };
	expect(await queue()).toEqual([
		[all.indexOf(odd), 17, oddly, false],
		[all.indexOf(first), 5, { z_score: 1 }, true],
		[all.indexOf(again), 3, {}, false],
		[all.indexOf(late), 2, {}, false],
		[all.indexOf(inside), 2, { part_le_whole: 2 }, false],
		[all.indexOf(calm), 0, {}, false]
	]);
});

describe('what a reviewer compares with', () => {
	const changes = async (who: string, submission: string, against: string, more = '') => {
		const { rows } = await as(owner, actor(who), (client) =>
			client.query<Record<string, string | number | null>>(
				`select measure_code, region_code, before_value::float8 as before, value::float8 as value, total
				 from public.submission_changes($1, $2${more})`,
				[submission, against]
			)
		);
		return rows.map((row) => Object.values(row).join(' '));
	};

	test('the values that changed since the version and the period before, the largest change first', async () => {
		const before = await filed(await owed());
		await accept('city', before);
		const obligation = await owed();
		await sendBack('city', await filed(obligation));
		const second = await filed(obligation, [
			...figures({ 'test_signed 310105': 44, 'test_workers 310115': 400 }).slice(0, 3),
			['test_visits', '310115', 5]
		]);
		const expected = [
			'test_visits 310115  5 4',
			'test_signed 310115 80  4',
			'test_workers 310115 200 400 4',
			'test_signed 310105 40 44 4'
		];
		for (const who of ['ours', 'city'])
			for (const against of ['version', 'period'])
				expect(await changes(who, second, against), `${who} ${against}`).toEqual(expected);
		expect(await changes('city', second, 'version', ', null, 2, 1')).toEqual([expected[2]]);
		expect(await changes('city', second, 'version', `, 'test_workers'`)).toEqual([
			'test_workers 310115 200 400 1'
		]);
		expect(await changes('city', before, 'version')).toEqual([]);
		for (const who of ['rival', 'district'])
			expect(await changes(who, second, 'version'), who).toEqual([]);
	});

	test('what its peers reported, by name, for regulators only', async () => {
		const obligation = await owed();
		const period = await one(owner, 'select period from public.obligations where id = $1', [
			obligation
		]);
		const theirs = await one(
			owner,
			'select id from public.obligations where organisation_id = $1 and period = $2',
			[ids.rival, period]
		);
		await accept('city', await file(owner, actor('rival'), theirs, figures()));
		const submission = await filed(obligation);
		const peers = (who: string) =>
			as(owner, actor(who), async (client) => {
				const { rows } = await client.query(
					`select measure_code, period, peers, median::float8 as median, named from public.submission_peers($1) order by 1`,
					[submission]
				);
				return rows as unknown[];
			});
		expect(await peers('city')).toEqual([
			{
				measure_code: 'test_signed',
				period,
				peers: 1,
				median: 120,
				named: [{ name_zh: 'rival', name_en: 'rival', value: 120 }]
			},
			{
				measure_code: 'test_workers',
				period,
				peers: 1,
				median: 300,
				named: [{ name_zh: 'rival', name_en: 'rival', value: 300 }]
			}
		]);
		for (const who of ['ours', 'viewer', 'rival', 'district'])
			expect(await peers(who), who).toEqual([]);
	});
});
