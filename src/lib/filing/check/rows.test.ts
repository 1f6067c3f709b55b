import { expect, test } from 'vitest';
import { HEADER, problemsOf } from '../../../../tests/files/check.ts';

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

test('a period that a workbook keeps as text is what it says', () => {
	expect(filedFor('2026-01', '2026.1', 's')).toBe('read');
	expect(filedFor('2026-01', '2026.1', 'n')).toBe('period_unclear');
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
