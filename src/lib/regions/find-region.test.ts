import { describe, expect, test } from 'vitest';
import { regions } from '../../../tests/files/dataset.ts';
import { regionFinder, type RegionFound } from './find-region.ts';

const said = (found: RegionFound) => ('code' in found ? found.code : found.rule);
const shanghai = regionFinder(regions, '31', '2026-03-01', [{ code: '31', name_zh: '上海市' }]);

test.each([
	['310115', '310115'],
	['310115.0', '310115'],
	['310115000000', '310115'],
	["'310115", '310115'],
	['３１０１１５', '310115'],
	['310115浦东新区', '310115'],
	['310115 浦东', '310115'],
	['浦东新区（310115）', '310115'],
	['上海市浦东新区', '310115'],
	['上海浦东新区', '310115'],
	['310115 上海市浦东新区', '310115'],
	['浦东', '310115'],
	['浦东新区\u200b', '310115'],
	['浦 东 新 区', '310115'],
	['PUDONG new area', '310115'],
	['310103', 'withdrawn_region'],
	['卢湾区', 'withdrawn_region'],
	['320583', 'region_outside'],
	['320583 昆山市', 'region_outside'],
	['昆山市', 'unknown_region'],
	['310199', 'unknown_region'],
	['999999', 'region_outside'],
	['某某区', 'unknown_region'],
	['杭州市浦东新区', 'unknown_region'],
	['310115 黄浦区', 'region_code_and_name_differ'],
	['黄浦区（310115）', 'region_code_and_name_differ'],
	['310115、310101', 'unknown_region'],
	['310115-310120', 'unknown_region'],
	['310115.5', 'unknown_region'],
	['31011', 'unknown_region'],
	['3.10115E+11', 'rounded_code'],
	['3.1E5', 'rounded_code'],
	['合计', 'total_row'],
	['总　计', 'total_row'],
	['全市合计', 'total_row'],
	['Grand Total', 'total_row'],
	['', 'unknown_region']
])('“%s” in Shanghai is %s', (typed, expected) => {
	expect(said(shanghai.find(typed))).toBe(expected);
	expect(said(shanghai.find(typed))).toBe(expected);
});

describe('a withdrawn code', () => {
	test('is answered with the one that replaced it', () => {
		expect(shanghai.find('310103')).toMatchObject({
			params: { next: '310101', next_name: '黄浦区', name_zh: '卢湾区' }
		});
	});

	test('still holds for a period before it was withdrawn', () => {
		expect(regionFinder(regions, '31', '2011-06-07').find('卢湾区')).toEqual({ code: '310103' });
		expect(said(regionFinder(regions, '31', '2011-06-08').find('卢湾区'))).toBe('withdrawn_region');
	});

	test('that nothing replaced is told so', () => {
		const gone = { ...regions[1]!, replaced_by: null };
		expect(said(regionFinder([gone], '31', '2026-03-01').find('310103'))).toBe(
			'withdrawn_region_without_next'
		);
	});
});

describe('a name that several regions share', () => {
	const superiors = [
		{ code: '32', name_zh: '江苏省' },
		{ code: '3201', name_zh: '南京市' },
		{ code: '3203', name_zh: '徐州市' },
		{ code: '35', name_zh: '福建省' },
		{ code: '3501', name_zh: '福州市' }
	];
	const drums = ['320106', '320302', '350102'].map((code) => ({
		code,
		name_zh: '鼓楼区',
		name_en: null,
		valid_to: null,
		replaced_by: null
	}));
	const finder = regionFinder(drums, '', '2026-03-01', superiors);

	test.each([
		['鼓楼区', 'ambiguous_region'],
		['江苏省鼓楼区', 'ambiguous_region'],
		['南京市鼓楼区', '320106'],
		['江苏徐州鼓楼区', '320302'],
		['福建省福州市鼓楼区', '350102'],
		['350102 福州市鼓楼区', '350102'],
		['350102 南京市鼓楼区', 'region_code_and_name_differ'],
		['福建省南京市鼓楼区', 'unknown_region'],
		['开封市鼓楼区', 'unknown_region']
	])('“%s” is %s', (typed, expected) => {
		expect(said(finder.find(typed))).toBe(expected);
	});

	test('is one region where only one of them may be filed for', () => {
		expect(regionFinder(drums, '35', '2026-03-01').find('鼓楼区')).toEqual({ code: '350102' });
	});
});

test('an office that files for itself alone need not say for which region', () => {
	expect(shanghai.only).toBeNull();
	expect(regionFinder(regions, '310115', '2026-03-01').only).toBe('310115');
	expect(regionFinder(regions, '310103', '2026-03-01').only).toBeNull();
});
