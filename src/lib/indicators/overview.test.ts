import { expect, test } from 'vitest';
import { keyFigures, registryRows, type OverviewRow } from './overview.ts';
import { listOf } from '#lib/kernel/list.ts';
import { filtered, grouped, indicatorList, type Indicator } from './registry.ts';

const indicator = (code: string, changes: Partial<Indicator> = {}): Indicator => ({
	code,
	group_code: 'contract',
	group_zh: '合同与协议',
	group_en: 'Contract and agreement',
	position: 1,
	name_zh: '劳动合同签订率',
	name_en: 'Labour-contract rate',
	unit: { code: 'percent', name_zh: '', name_en: '', symbol_zh: '%', symbol_en: '%' },
	decimals: 1,
	direction: 'higher',
	frequency: 'month',
	reported_by: [],
	breakdowns: [],
	legal_source_zh: null,
	legal_source_en: null,
	tier: 'council',
	suppression_threshold: 10,
	owner_zh: null,
	owner_en: null,
	caveats_zh: null,
	caveats_en: null,
	definitions: [],
	...changes
});

const row = (code: string, changes: Partial<OverviewRow> = {}): OverviewRow => ({
	indicator_code: code,
	period: '2026-10',
	value: 85,
	numerator: 850,
	denominator: 1000,
	hidden: null,
	contributors: 8,
	expected: 9,
	accepted_at: null,
	definition_version: 2,
	own_value: null,
	trend: [
		{ period: '2026-08', value: 50, hidden: null, version: 1, finished: true },
		{ period: '2026-09', value: 84, hidden: null, version: 2, finished: true },
		{ period: '2026-10', value: 85, hidden: null, version: 2, finished: true }
	],
	target_kind: null,
	target_value: null,
	target_upper: null,
	target_period: null,
	target_set_on: null,
	finished: true,
	share: 0.9,
	not_applicable: 0,
	base_share: null,
	cells_unknown: 0,
	judged: null,
	change: null,
	year_change: null,
	later: [],
	...changes
});

test('figures with a target come first on the cards', () => {
	const cards = keyFigures(
		[indicator('A'), indicator('B')],
		[row('A'), row('B', { target_kind: 'floor', target_value: 80, target_period: '2026' })]
	);
	expect(cards.map(({ code, status }) => [code, status])).toEqual([
		['B', 'achieved'],
		['A', null]
	]);
});

test('a card draws no line across a change of definition', () => {
	expect(keyFigures([indicator('A')], [row('A')])[0]?.trend).toEqual([84, 85]);
});

test('a card names the newest period that is unfinished, and draws no line to periods that are', () => {
	const later = [
		{ period: '2026-11', value: 40, hidden: null, version: 2, contributors: 3, expected: 9 }
	];
	const trend = [
		{ period: '2026-09', value: 30, hidden: null, version: 2, finished: false },
		{ period: '2026-10', value: 85, hidden: null, version: 2, finished: true }
	];
	const [card] = keyFigures([indicator('A')], [row('A', { trend, later })]);
	expect(card).toMatchObject({
		period: '2026-10',
		finished: true,
		trend: [null, 85],
		later: { period: '2026-11', contributors: 3, expected: 9 }
	});
});

test('every indicator stands in the table, with a figure or without', () => {
	const rows = registryRows([indicator('A'), indicator('B')], [row('B')]);
	expect(rows.map((one) => [one.code, one.figure?.value ?? null])).toEqual([
		['A', null],
		['B', 85]
	]);
});

test('people find an indicator by code, by words of either language, by group and by whether it has figures', () => {
	const rows = registryRows(
		[
			indicator('CT1'),
			indicator('IN1', { name_zh: '养老保险', name_en: 'Pension', group_code: 'insurance' })
		],
		[row('IN1')]
	);
	const found = (query: string) =>
		filtered(
			rows,
			listOf(new URL(`https://x.example/indicators${query}`), indicatorList).filters
		).map((one) => one.code);
	expect(found('')).toEqual(['CT1', 'IN1']);
	expect(found('?q=ct1')).toEqual(['CT1']);
	expect(found('?q=labour+contract')).toEqual(['CT1']);
	expect(found('?q=养老')).toEqual(['IN1']);
	expect(found('?group=insurance')).toEqual(['IN1']);
	expect(found('?figures=1')).toEqual(['IN1']);
	expect(grouped(rows).map((group) => group.rows.length)).toEqual([1, 1]);
});
