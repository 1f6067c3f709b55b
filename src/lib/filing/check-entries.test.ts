import { expect, test } from 'vitest';
import { context, dataset } from '../../../tests/files/dataset.ts';
import { checkEntries, previousKey, type Context } from './check-entries.ts';
import type { Measure } from '#lib/datasets/dataset.ts';
import { findTable } from '#lib/sheets/find-table.ts';
import type { Locked } from './locked-cells.ts';
import { problemMessage } from './problem-message.ts';

type Cells = (string | number)[][];

function check(rows: Cells, changed: Partial<Context> = {}, kind?: string, of = dataset) {
	const sheet = {
		name: '填报',
		hidden: false,
		rows: rows.map((cells, i) => ({
			row: i + 1,
			cells: cells.map(String),
			// Of the rows below the header, as a workbook says it of each cell.
			...(kind !== undefined && { kinds: (i === 0 ? 's' : kind).repeat(cells.length) })
		})),
		merges: [],
		tables: [],
		uncalculated: []
	};
	const given = {
		format: 'csv' as const,
		encoding: 'utf-8',
		delimiter: ',',
		doubts: [],
		problems: []
	};
	return checkEntries(findTable([sheet], given), of, { ...context, ...changed });
}

const HEADER = [
	'行政区划代码',
	'职业',
	'用工方式',
	'在册人数',
	'参保人数',
	'保费金额',
	'缺报原因',
	'说明'
];

function problemsOf(rows: Cells, changed: Partial<Context> = {}, kind?: string) {
	return check(rows, changed, kind).problems.map(({ rule, cell }) => `${rule}@${cell}`);
}

test('a clerk files a wide table with Chinese names', () => {
	const { verdict, entries, layout } = check([
		HEADER,
		['310115', '骑手', '专送', '1,200', '800', '12.50', '', '']
	]);
	expect(verdict).toBe('ready');
	expect(layout).toBe('wide');
	expect(entries).toEqual([
		{
			measure_code: 'workers',
			region_code: '310115',
			occupation: 'rider',
			employment_mode: 'dedicated',
			value: 1200,
			missing_reason: null,
			explanation: null,
			row: 2,
			cell: 'D2'
		},
		{
			measure_code: 'insured',
			region_code: '310115',
			occupation: 'rider',
			employment_mode: 'dedicated',
			value: 800,
			missing_reason: null,
			explanation: null,
			row: 2,
			cell: 'E2'
		},
		{
			measure_code: 'premium',
			region_code: '310115',
			occupation: 'rider',
			employment_mode: 'dedicated',
			value: 12.5,
			missing_reason: null,
			explanation: null,
			row: 2,
			cell: 'F2'
		}
	]);
});

test('a platform’s system files a long table with codes or English names', () => {
	const { verdict, entries } = check([
		['region', 'measure', 'value', 'missing_reason'],
		['310115', 'workers', 10, ''],
		['Pudong New Area', 'Insured workers', '', 'late']
	]);
	expect(verdict).toBe('ready');
	expect(
		entries.map(({ measure_code, value, missing_reason, cell }) => [
			measure_code,
			value,
			missing_reason,
			cell
		])
	).toEqual([
		['workers', 10, null, 'C2'],
		['insured', null, 'late', 'C3']
	]);
});

test('figures are read as people write them when they can mean one thing only', () => {
	const values = (typed: string) =>
		check([HEADER, ['浦东新区', '', '', typed, 5, '', '', '人数较上期无变化，已经核对']]).entries[0]
			?.value;
	expect(values('１２３４')).toBe(1234);
	expect(values('1.21万')).toBe(12100);
	expect(values('12,345')).toBe(12345);
	expect(values('12.0')).toBe(12);
	expect(values('\u202d12\u202c')).toBe(12);
});

test.each([
	['1,23', 'number_unclear'],
	['12人', 'number_unclear'],
	['98%', 'percent_not_expected'],
	['1e400', 'not_finite'],
	['Infinity', 'not_finite'],
	['NaN', 'not_finite'],
	['-3', 'negative'],
	['3.5', 'not_integer'],
	['99999999999999999', 'out_of_range'],
	['-', 'no_figure'],
	['无', 'no_figure'],
	['', 'blank_without_reason']
])('the figure %s is asked about (%s)', (typed, rule) => {
	expect(problemsOf([HEADER, ['310115', '', '', typed, 5, '', '', '']])).toContain(`${rule}@D2`);
});

test('a blank is not zero: it needs a reason, and the reason is kept', () => {
	const { verdict, entries } = check([HEADER, ['310115', '', '', '', '未采集', '', '保密', '']]);
	expect(verdict).toBe('ready');
	expect(entries.map(({ value, missing_reason }) => [value, missing_reason])).toEqual([
		[null, 'confidential'],
		[null, 'not_collected'],
		[null, 'confidential']
	]);
});

test('a measure that is divided in other rows may stay blank where its total would stand', () => {
	const table = [
		HEADER,
		['310115', '骑手', '', 5, '', '', '', ''],
		['310115', '骑手', '众包', '', 3, '不适用', '', ''],
		['310115', '骑手', '专送', '', '', '', '', '']
	];
	expect(problemsOf(table)).toEqual(['blank_without_reason@E4']);
});

test.each([
	['310103', 'withdrawn_region'],
	['卢湾区', 'withdrawn_region'],
	['320583', 'region_outside'],
	['310199', 'unknown_region'],
	['某某区', 'unknown_region'],
	['合计', 'total_row'],
	['总　计', 'total_row'],
	['全市合计', 'total_row'],
	['310115 黄浦区', 'region_code_and_name_differ'],
	['黄浦区（310115）', 'region_code_and_name_differ'],
	['320583 昆山市', 'region_outside'],
	['310115、310101', 'unknown_region'],
	['310115-310120', 'unknown_region'],
	['310115.5', 'unknown_region'],
	['3.10115E+11', 'rounded_code'],
	['注：在册人数含兼职', 'note_row'],
	['填表人：张三　审核人：李四', 'note_row'],
	['', 'region_missing']
])('the region %s is answered with %s', (typed, rule) => {
	expect(problemsOf([HEADER, [typed, '', '', 5, 5, '', '', '']])).toEqual([`${rule}@A2`]);
});

test.each([
	'310115.0',
	'310115000000',
	"'310115",
	'３１０１１５',
	'310115浦东新区',
	'310115 浦东',
	'浦东新区（310115）',
	'浦东新区\u200b',
	'浦 东 新 区',
	'Pudong New Area'
])('the region “%s” is 浦东新区', (typed) => {
	const { entries } = check([HEADER, [typed, '', '', 5, 5, '', '', '']]);
	expect(entries.map(({ region_code }) => region_code)).toEqual(['310115', '310115']);
});

test('a division may be written with those above it, which tell it from others of its name', () => {
	const superiors = [
		{ code: '32', name_zh: '江苏省' },
		{ code: '3201', name_zh: '南京市' },
		{ code: '3203', name_zh: '徐州市' },
		{ code: '35', name_zh: '福建省' },
		{ code: '3501', name_zh: '福州市' }
	];
	const regions = ['320106', '320302', '350102'].map((code) => ({
		code,
		name_zh: '鼓楼区',
		name_en: null,
		valid_to: null,
		replaced_by: null
	}));
	const filed = (typed: string) => {
		const { entries, problems } = check([HEADER, [typed, '', '', 5, 5, '', '', '']], {
			regions,
			superiors,
			jurisdiction: ''
		});
		return entries[0]?.region_code ?? problems[0]?.rule;
	};
	expect(filed('鼓楼区')).toBe('ambiguous_region');
	expect(filed('江苏省鼓楼区')).toBe('ambiguous_region');
	expect(filed('南京市鼓楼区')).toBe('320106');
	expect(filed('江苏徐州鼓楼区')).toBe('320302');
	expect(filed('福建省福州市鼓楼区')).toBe('350102');
	expect(filed('350102 福州市鼓楼区')).toBe('350102');
	expect(filed('350102 南京市鼓楼区')).toBe('region_code_and_name_differ');
	expect(filed('福建省南京市鼓楼区')).toBe('unknown_region');
	expect(filed('开封市鼓楼区')).toBe('unknown_region');
});

test('a note below the table is told once, in whichever column it begins', () => {
	const header = ['序号', ...HEADER];
	const rows = [
		header,
		['1', '310115', '', '', 5, 5, '', '', ''],
		['备注：人数含兼职', '', '', '', '', '', '', '', '']
	];
	expect(problemsOf(rows)).toEqual(['note_row@A3']);
});

test('what stands in a cell is no figure because it looks like an error', () => {
	const filed = (typed: string) => problemsOf([HEADER, ['310115', '', '', typed, 5, '', '', '']]);
	expect(filed('#REF!')).toEqual(['error_cell@D2']);
	expect(filed('#REF')).toEqual(['number_unclear@D2']);
	expect(filed('#A')).toEqual(['number_unclear@D2']);
	expect(problemsOf([HEADER, ['310115', '', '', '锟斤拷', 5, '', '', '']])).toEqual([
		'lost_characters@D2'
	]);
	expect(
		problemsOf([HEADER, ['310115', '', '', '#REF!', 5, '', '', '']], {
			corrections: { D2: '#N/A' }
		})
	).toEqual(['number_unclear@D2']);
});

test('a withdrawn code is answered with the one that replaced it', () => {
	const [problem] = check([HEADER, ['310103', '', '', 5, 5, '', '', '']]).problems;
	expect(problem?.params).toMatchObject({ next: '310101', next_name: '黄浦区' });
});

test('the same figure twice, and a total beside its parts, are refused', () => {
	const row = ['310115', '骑手', '', 5, 5, '', '', ''];
	expect(problemsOf([HEADER, row, row])).toEqual(['duplicate@D3', 'duplicate@E3']);
	expect(problemsOf([HEADER, row, ['310115', '', '', 9, 9, '', '', '']])).toEqual([
		'counted_twice@D3',
		'counted_twice@E3'
	]);
});

test('a part larger than its whole is an error at the part', () => {
	const { problems, entries } = check([HEADER, ['310115', '', '', 5, 6, '', '', '']]);
	expect(problems).toMatchObject([
		{ rule: 'insured_le_workers', cell: 'E2', params: { found: 6, limit: 5 } }
	]);
	expect(entries).toEqual([]);
});

test('a rule that is broken names the column as the file does, and so does one that warns', () => {
	const row = (workers: number, insured: number) => [
		'310115',
		'',
		'',
		workers,
		insured,
		10,
		'',
		''
	];
	expect(check([HEADER, row(10, 12)]).problems[0]).toMatchObject({
		cell: 'E2',
		column: '参保人数'
	});
	const { warnings } = check([HEADER, row(100, 6)]);
	expect(warnings[0]).toMatchObject({ cell: 'E2', column: '参保人数' });
});

test('an unusual figure may stand with an explanation of ten characters', () => {
	const filed = (text: string) => check([HEADER, ['310115', '', '', 100, 6, '', '', text]]);
	expect(filed('')).toMatchObject({
		verdict: 'ready',
		unexplained: 1,
		warnings: [{ rule: 'insured_share', cell: 'E2' }]
	});
	expect(filed('本月新增平台用工，参保手续仍在办理').unexplained).toBe(0);
});

test('a jump against the last period is a warning', () => {
	const previous = new Map([['workers|310115||', 10]]);
	const { warnings } = check([HEADER, ['310115', '', '', 100, 90, '', '', '']], { previous });
	expect(warnings).toMatchObject([
		{ rule: 'jump', cell: 'D2', params: { before: 10, change: 900 } }
	]);
});

const filedFor = (period: string, typed: string, kind?: string) => {
	const found = problemsOf(
		[
			['统计期', ...HEADER],
			[typed, '310115', '', '', 5, 5, '', '', '']
		],
		{ period },
		kind
	);
	return found[0]?.replace('@A2', '') ?? 'read';
};

test.each([
	'2026年3月',
	'2026年03月',
	'2026年3月份',
	'2026 年 3 月',
	'２０２６年３月',
	'二〇二六年三月',
	'2026年三月',
	'2026-03',
	'2026-3',
	'2026/3',
	'2026.3',
	'202603',
	'20260301',
	'3/2026',
	'Mar 2026',
	'March 2026',
	'2026-Mar',
	'2026-03-01',
	'2026/3/1 0:00',
	'2026-03-01T00:00:00.000Z',
	'2026-03-31',
	'2026年3月31日'
])('the period “%s” is March 2026', (typed) => {
	expect(filedFor('2026-03', typed)).toBe('read');
	expect(filedFor('2026-02', typed)).toBe('period_mismatch');
});

test.each([
	['2026-Q1', '2026年第一季度'],
	['2026-Q1', '2026年一季度'],
	['2026-Q1', '2026年1季度'],
	['2026-Q1', 'Q1 2026'],
	['2026-Q1', '2026年1-3月'],
	['2026-H1', '2026年1—6月'],
	['2026-H1', '2026年上半年'],
	['2026', '2026年度'],
	['2026-12', '二〇二六年十二月'],
	['2026-10', '2026.10'],
	['2025-12', '2025/12/31']
])('the period %s may be written “%s”', (period, typed) => {
	expect(filedFor(period, typed)).toBe('read');
});

test.each([
	'三月',
	'3月',
	'26-Mar',
	'Mar-26',
	'46082',
	'2026-03-15',
	'2026年13月',
	'1季度',
	'2026.1'
])('the period “%s” could be another one and is asked about', (typed) => {
	expect(filedFor('2026-01', typed)).toBe('period_unclear');
});

test('a period that a workbook keeps as text is what it says', () => {
	expect(filedFor('2026-01', '2026.1', 's')).toBe('read');
	expect(filedFor('2026-01', '2026.1', 'n')).toBe('period_unclear');
});

test('an unknown column is asked about, with what is known', () => {
	const found = check([
		[...HEADER, '满意度'],
		['310115', '', '', 5, 5, '', '', '', '高']
	]);
	expect(found.verdict).toBe('needs_mapping');
	expect(found.problems).toMatchObject([
		{ rule: 'unknown_column', cell: 'I1', severity: 'question' }
	]);
	expect(found.columns.map(({ target }) => target)).toEqual([
		'region_code',
		'occupation',
		'employment_mode',
		'value:workers',
		'value:insured',
		'value:premium',
		'reason',
		'explanation',
		''
	]);
	const answered = check(
		[
			[...HEADER, '满意度'],
			['310115', '', '', 5, 5, '', '', '', '高']
		],
		{ mapping: { 满意度: 'ignore' } }
	);
	expect(answered.verdict).toBe('ready');
});

test.each([
	['在册人数（人）', []],
	['Registered workers (persons)', []],
	['一、用工情况 · 在册人数 · workers', []],
	['在册人数 · 人', []],
	['在册人数（万人）', ['other_unit@D1']],
	['在册人数（千人）', ['other_unit@D1']],
	['Registered workers (thousands)', ['other_unit@D1']],
	['在册人数 · 万人', ['other_unit@D1']],
	['在册人数（%）', ['other_unit@D1']],
	['在册人数（女）', ['column_to_confirm@D1']],
	['在册人数（同比增长）', ['column_to_confirm@D1']],
	['上年同期 · 在册人数', ['column_to_confirm@D1']],
	['在册人数 · 专送', ['column_to_confirm@D1']]
])('the column “%s” is read, asked about or refused: %j', (name, expected) => {
	const named = HEADER.map((one) => (one === '在册人数' ? name : one));
	expect(problemsOf([named, ['310115', '', '', 5, 5, '', '', '']])).toEqual(expected);
});

test('a column that was given its meaning is not asked about again, but ten thousands stay ten thousands', () => {
	const filed = (name: string) =>
		problemsOf(
			[
				HEADER.map((one) => (one === '在册人数' ? name : one)),
				['310115', '', '', 5, 5, '', '', '']
			],
			{ mapping: { [name]: 'value:workers' } }
		);
	expect(filed('骑手总数')).toEqual([]);
	expect(filed('在册人数（月末）')).toEqual([]);
	expect(filed('骑手总数（万人）')).toEqual(['other_unit@D1']);
	expect(filed('骑手总数万人')).toEqual(['other_unit@D1']);
});

test.each([
	['单位：人、元', []],
	['填报单位：万元电子有限公司', []],
	['单位：万元', ['other_unit_above@A1']],
	['平台用工月报（单位：千人）', ['other_unit_above@A1']]
])('of the line “%s” above the header comes %j', (line, expected) => {
	expect(problemsOf([[line], HEADER, ['310115', '', '', 5, 5, '', '', '']])).toEqual(expected);
});

const RATE: Measure = {
	code: 'rate',
	name_zh: '平均抽成率',
	name_en: 'Mean commission rate',
	unit: 'percent',
	value_type: 'number',
	required: false,
	min: 0,
	max: 100,
	decimals: 2,
	additive: false,
	since: 1
};

test.each([
	['平均抽成率', '18', 18],
	['平均抽成率', '18%', 18],
	['平均抽成率', '0.18%', 0.18],
	['平均抽成率（%）', '0.18', 0.18],
	['平均抽成率', '0', 0],
	['平均抽成率', '0.18', 'percent_unclear'],
	['rate', '0.18', 'percent_unclear'],
	['平均抽成率', '1', 'percent_unclear']
])('below “%s”, %s is %s', (name, typed, expected) => {
	const rows = [
		['地区', '在册人数', '参保人数', name],
		['310115', 5, 5, typed]
	];
	const found = check(rows, {}, undefined, { ...dataset, measures: [...dataset.measures, RATE] });
	expect(found.entries[2]?.value ?? found.problems[0]?.rule).toBe(expected);
});

test('a system that names a rate by its code counts in hundredths', () => {
	const of = { ...dataset, measures: dataset.measures.slice(2).concat(RATE) };
	const rows = (name: string) => [
		['region', 'measure', 'value'],
		['310115', name, '0.18']
	];
	expect(check(rows('rate'), {}, undefined, of).entries[0]?.value).toBe(0.18);
	expect(check(rows('平均抽成率'), {}, undefined, of).problems[0]).toMatchObject({
		rule: 'percent_unclear',
		params: { low: '0.18%', high: '18%' }
	});
});

test('a long table may say the unit of each row, and another unit is no other number', () => {
	const filed = (unit: string) =>
		problemsOf([
			['地区', '指标', '数值', '单位'],
			['310115', '在册人数', 12, '人'],
			['310115', '参保人数', 9, '人'],
			['310115', '保费金额', '1.5', unit]
		]);
	expect(filed('元')).toEqual([]);
	expect(filed('万元')).toEqual(['other_unit_of_row@D4']);
});

test('a title above a header of known names is no question', () => {
	expect(check([['上海市平台月报'], HEADER, ['310115', '', '', 5, 5, '', '', '']]).verdict).toBe(
		'ready'
	);
});

test('equal problems below each other become one, and the true number stays', () => {
	const rows = Array.from({ length: 30 }, (_, i) => [
		'310115',
		'骑手',
		i ? '' : '专送',
		'abc',
		5,
		'',
		'',
		''
	]);
	const { problems, problem_count } = check([HEADER, ...rows.slice(0, 19)]);
	expect(problems[0]).toMatchObject({ rule: 'number_unclear', cell: 'D2:D20' });
	expect(problem_count).toBeGreaterThanOrEqual(19);
});

/** Rows of as many divisions, so that none of them is told twice. */
const divisions = Array.from({ length: 3000 }, (_, at) => `31${String(1000 + at)}`);
const many: Partial<Context> = {
	regions: divisions.map((code) => ({
		code,
		name_zh: code,
		name_en: code,
		valid_to: null,
		replaced_by: null
	}))
};
const row = (at: number, workers: string | number = 5, ...more: string[]) => [
	divisions[at]!,
	'',
	'',
	workers,
	5,
	'',
	'迟报',
	'',
	...more
];
const BLANK = ['', '', '', '', '', '', '', ''];

test.each([
	[3, ['D2', 'D3', 'D4']],
	[4, ['D2:D5']]
])('%i equal problems below each other are listed as %j', (equal, cells) => {
	const rows = Array.from({ length: equal + 2 }, (_, at) => row(at, at < equal ? 'abc' : 5));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems.map(({ cell }) => cell)).toEqual(cells);
	expect(problem_count).toBe(equal);
});

test('at most a thousand problems are listed, all are counted', () => {
	const rows = divisions.map((_, at) => row(at, at % 2 ? 'abc' : -1));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems).toHaveLength(1000);
	expect(problems.slice(0, 2).map(({ rule, cell }) => [rule, cell])).toEqual([
		['negative', 'D2'],
		['number_unclear', 'D3']
	]);
	expect(problem_count).toBe(3000);
});

test('rows that the reader finds damaged are counted, each of them', () => {
	const rows = divisions.map((_, at) => (at % 2 ? row(at, 5, 'extra') : row(at)));
	const { problems, problem_count } = check([HEADER, ...rows], many);
	expect(problems).toHaveLength(1000);
	expect(problem_count).toBe(1500);
});

test('a thousand blank rows hide no damaged row behind them', () => {
	const rows = divisions.slice(1).flatMap((_, at) => [BLANK, row(at)]);
	const { verdict, problems } = check([HEADER, ...rows, row(2999, 5, 'extra')], many);
	expect(verdict).toBe('row_errors');
	expect(problems.map(({ rule }) => rule)).toEqual(['row_too_long']);
});

test('after a return only the open cells may change, and the others are named with what stood there', () => {
	const place = { region_code: '310115', occupation: 'rider', employment_mode: 'dedicated' };
	const standing = [
		{ ...place, measure_code: 'workers', value: 1200, missing_reason: null, cell: 'D2' },
		{ ...place, measure_code: 'insured', value: 800, missing_reason: null, cell: 'E2' },
		{ ...place, measure_code: 'premium', value: null, missing_reason: 'late' as const, cell: 'F2' }
	];
	const locked = (changed: Partial<Locked> = {}): Partial<Context> => ({
		locked: {
			submission: '',
			standing: new Map(standing.map((one) => [previousKey(one), one])),
			open: [['insured', '310115', 'rider', 'dedicated']],
			accepted: [],
			...changed
		}
	});
	const row = (workers: string, insured: string, premium: string, reason = '') => [
		HEADER,
		['310115', '骑手', '专送', workers, insured, premium, reason, '']
	];
	expect(check(row('1200', '900', '', '迟报'), locked()).verdict).toBe('ready');

	const { verdict, entries, problems } = check(row('1201', '900', '5'), locked());
	expect({ verdict, entries }).toEqual({ verdict: 'row_errors', entries: [] });
	expect(problems.map(({ cell, rule, value }) => ({ cell, rule, value }))).toEqual([
		{ cell: 'D2', rule: 'locked_cell', value: '1201' },
		{ cell: 'F2', rule: 'locked_cell', value: '5' }
	]);
	expect(problems.map((problem) => problemMessage(problem, 'zh-CN'))).toEqual([
		'本格未被退回，不能改动：“在册人数”（浦东新区 · 骑手 · 专送）退回的版本是 1200，现在是 1201。请改回 1200。',
		'本格未被退回，不能改动：“保费金额”（浦东新区 · 骑手 · 专送）退回的版本是 迟报，现在是 5。请改回 迟报。'
	]);
	expect(problemsOf(row('1200', '800', '', '迟报'), locked({ accepted: ['insured'] }))).toEqual([]);
	expect(problemsOf(row('1200', '801', '', '迟报'), locked({ accepted: ['insured'] }))).toEqual([
		'locked_cell@E2'
	]);

	const other = [HEADER, ['310101', '骑手', '专送', '7', '3', '', '迟报', '']];
	expect(problemsOf(other, locked())).toEqual([
		'locked_cell_removed@',
		'locked_cell_removed@',
		'locked_cell_added@D2',
		'locked_cell_added@E2',
		'locked_cell_added@F2'
	]);
	expect(problemsOf(other, locked({ open: [[null, null, null, null]] }))).toEqual([]);
});
