import { expect, test } from 'vitest';
import { dataset } from '../../../tests/files/dataset.ts';
import { isUnitColumn, matchColumns, plainName, writeTarget } from './match-columns.ts';

const match = (name: string, confirmed?: Record<string, string>) => {
	const [found] = matchColumns([{ index: 3, letters: 'D', name }], dataset, confirmed);
	return [writeTarget(found?.target ?? null), found?.doubt?.rule ?? null];
};

test.each([
	['行政区划代码', 'region_code'],
	['Region Code', 'region_code'],
	['所在区', 'region'],
	['街道名称', 'region_name'],
	['从业类别', 'occupation'],
	['用工方式', 'employment_mode'],
	['报告期', 'period'],
	['指标', 'measure'],
	['本期值', 'value'],
	['缺报原因', 'reason'],
	['备注', 'explanation'],
	['序号', 'ignore'],
	['计量单位', 'ignore'],
	['在册人数', 'value:workers'],
	['workers', 'value:workers'],
	['ＷＯＲＫＥＲＳ', 'value:workers'],
	['Registered  workers', 'value:workers'],
	['在册人数缺报原因', 'reason:workers'],
	['在册人数-缺报原因', 'reason:workers'],
	['workers_missing_reason', 'reason:workers'],
	['参保人数说明', 'explanation:insured'],
	['在册人数上期值', 'ignore'],
	['在册人数（人）', 'value:workers'],
	['Registered workers (persons)', 'value:workers'],
	['一、用工情况 · 在册人数 · workers', 'value:workers'],
	['在册人数 · 人', 'value:workers'],
	['满意度', ''],
	['人数', ''],
	['', '']
])('the column “%s” is for %s, without a doubt', (name, target) => {
	expect(match(name)).toEqual([target, null]);
});

test.each([
	['在册人数（万人）', 'other_unit'],
	['在册人数（千人）', 'other_unit'],
	['Registered workers (thousands)', 'other_unit'],
	['在册人数 · 万人', 'other_unit'],
	['在册人数（%）', 'other_unit'],
	['在册人数（女）', 'column_to_confirm'],
	['在册人数（同比增长）', 'column_to_confirm'],
	['上年同期 · 在册人数', 'column_to_confirm'],
	['参保人数 · 在册人数', 'column_to_confirm']
])('the column “%s” is doubted: %s', (name, doubt) => {
	expect(match(name)[1]).toBe(doubt);
});

test.each([
	['骑手总数', { 骑手总数: 'value:workers' }, ['value:workers', null]],
	['骑手总数', { D: 'value:workers' }, ['value:workers', null]],
	['在册人数（女）', { '在册人数（女）': 'value:workers' }, ['value:workers', null]],
	['骑手总数（万人）', { '骑手总数（万人）': 'value:workers' }, ['value:workers', 'other_unit']],
	['在册人数', { 在册人数: 'ignore' }, ['ignore', null]],
	['在册人数', { 在册人数: 'nonsense' }, ['', null]]
])('the column “%s” answered with %j is %j', (name, confirmed, expected) => {
	expect(match(name, confirmed as unknown as Record<string, string>)).toEqual(expected);
});

test.each([
	['单位', true],
	['计量单位', true],
	['Unit', true],
	['填报单位', false]
])('“%s” names the unit of each row: %s', (name, expected) => {
	expect(isUnitColumn(name)).toBe(expected);
});

test('width, case, spaces and punctuation make no other name', () => {
	expect(plainName(' Ａ_b-Ｃ：“d”\u200b')).toBe('abcd');
});
