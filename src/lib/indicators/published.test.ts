import { expect, test } from 'vitest';
import {
	breaksOf,
	inPeriod,
	linesOf,
	shapeOf,
	type Observation,
	type PublicSeries
} from './published.ts';

const at = (period: string, value: number | null, changes: Partial<Observation> = {}) => ({
	period,
	entity_zh: '',
	entity_en: null,
	entity_code: '',
	value,
	value_text: null,
	basis: '',
	source: 's',
	note: null,
	...changes
});

const series = (
	observations: Observation[],
	changes: Partial<PublicSeries> = {}
): PublicSeries => ({
	code: 'orders',
	title_zh: '订单量',
	title_en: 'Orders',
	unit: { code: 'orders', name_zh: '', name_en: '', symbol_zh: '亿单', symbol_en: '100 m' },
	frequency: 'month',
	indicator_code: null,
	region_code: null,
	publisher_zh: null,
	publisher_en: null,
	caveat_zh: null,
	caveat_en: null,
	observations,
	breaks: [],
	...changes
});

test('a change of counting cuts the line at the first value after it', () => {
	const orders = series([at('2024-10', 10), at('2025-07', 8)], {
		breaks: [{ period: '2025-04', reason_zh: '口径改变', reason_en: 'counted otherwise' }]
	});
	expect(breaksOf(orders, 'cut')).toEqual([{ period: '2025-07', label: 'cut' }]);
	expect(linesOf(orders)).toHaveLength(1);
});

test('two figures that disagree about the same quarter are both drawn', () => {
	const share = series([
		at('2023-Q1', 69.72, { basis: 'published' }),
		at('2023-Q1', 65.56, { basis: 'computed' })
	]);
	expect(linesOf(share).map((line) => line.points[0]?.value)).toEqual([69.72, 65.56]);
});

test('a ranking of many lists its period by rank', () => {
	const many = ['甲', '乙', '丙', '丁', '戊', '己', '庚'].flatMap((entity_zh, index) => [
		at('2026-01', index + 1, { entity_zh }),
		at('2026-02', 7 - index, { entity_zh })
	]);
	expect(shapeOf(series(many))).toBe('ranking');
	expect(inPeriod(series(many), '2026-02')[0]?.entity_zh).toBe('庚');
	expect(linesOf(series(many), ['甲', '乙'])).toHaveLength(2);
});

test('words, and a single point in time, are a table', () => {
	expect(shapeOf(series([at('2026-01', 1)]))).toBe('table');
	const text = { code: 'text', name_zh: '', name_en: '', symbol_zh: '', symbol_en: '' };
	expect(shapeOf(series([at('2026-01', null), at('2026-02', null)], { unit: text }))).toBe('table');
});
