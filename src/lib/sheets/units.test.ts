import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isOtherUnit, isUnit, statedUnit } from './units.ts';

const SEED = join(import.meta.dirname, '../../../supabase/seed/20_measures.sql');
type Unit = { code: string; symbol_zh: string; symbol_en: string };
const units = readFileSync(SEED, 'utf8')
	.split('\n')
	.filter((line) => line.includes('"symbol_zh"'))
	.map((line) => JSON.parse(line.replace(/,$/, '')) as Unit);

test('every unit that templates write behind a name is the measure’s own', () => {
	expect(units.length).toBeGreaterThan(50);
	for (const { code, symbol_zh, symbol_en } of units) {
		for (const symbol of code === 'text' ? [] : [symbol_zh, symbol_en]) {
			expect([code, symbol, isUnit(symbol, code), isOtherUnit(symbol, code)]).toEqual([
				code,
				symbol,
				true,
				false
			]);
		}
	}
});

test.each(['万', '万元', '千人', '亿元', '萬元', '百万元', 'thousand', 'million CNY', "'000"])(
	'a count is not in %s',
	(unit) => {
		expect(isOtherUnit(unit, 'persons')).toBe(true);
	}
);

test.each([
	['单位：万元', '万元'],
	['（金额单位: 人民币万元、人）', '人民币万元'],
	['计量单位：人、万元', '万元'],
	['填报单位：万达公司', null],
	['单位：人', null]
])('%s states %s', (line, unit) => {
	expect(statedUnit(line)).toBe(unit);
});
