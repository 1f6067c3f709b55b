import { expect, test } from 'vitest';
import { check, HEADER, problemsOf } from '../../../tests/files/check.ts';
import type { Context } from './checked.ts';
import { cellKey } from './entry.ts';
import type { Locked } from './locked-cells.ts';
import { problemMessage } from './problem-message.ts';

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

test('after a return only the open cells may change, and the others are named with what stood there', () => {
	const place = { region_code: '310115', occupation: 'rider', employment_mode: 'dedicated' };
	const values = [
		{ ...place, measure_code: 'workers', value: 1200, missing_reason: null, cell: 'D2' },
		{ ...place, measure_code: 'insured', value: 800, missing_reason: null, cell: 'E2' },
		{ ...place, measure_code: 'premium', value: null, missing_reason: 'late' as const, cell: 'F2' }
	];
	const locked = (changed: Partial<Locked> = {}): Partial<Context> => ({
		locked: {
			submission: '',
			values: new Map(values.map((one) => [cellKey(one), one])),
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
