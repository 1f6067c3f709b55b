import { expect, test } from 'vitest';
import * as format from './format.ts';

/** A space that does not break a line, written out so that a reader of the test sees it. */
const S = ' ';

test('a Chinese reader sees large counts in 万 and 亿', () => {
	expect(format.shortNumber(84_000_000, 'zh-CN')).toBe(`8,400${S}万`);
	expect(format.shortNumber(240_000_000, 'zh-CN')).toBe(`2.4${S}亿`);
	expect(format.shortNumber(123_456, 'zh-CN')).toBe(`12.3${S}万`);
	expect(format.shortNumber(48_154, 'zh-CN')).toBe('48,154');
});

test('an English reader sees large counts in millions', () => {
	expect(format.shortNumber(84_000_000, 'en')).toBe(`84.0${S}million`);
	expect(format.shortNumber(2_400_000_000, 'en')).toBe(`2.4${S}billion`);
	expect(format.shortNumber(123_456, 'en')).toBe('123,456');
});

test('a rate has one decimal and its counts beside it', () => {
	expect(format.withUnit(29.2, '%', 1, 'zh-CN')).toBe(`29.2${S}%`);
	expect(format.counts(14_061, 48_154, 'en')).toBe('14,061 / 48,154');
});

test('a change carries its sign, and no change is not called a rise', () => {
	expect(format.change(0.44, 1, 'en')).toBe('+0.4');
	expect(format.change(-1.2, 1, 'en')).toBe('−1.2');
	expect(format.change(-0.01, 1, 'en')).toBe('±0.0');
});

test('a missing value is a dash with its reason, never blank', () => {
	expect(format.figure({ value: null, reason: '未采集' }, 0, 'zh-CN')).toEqual({
		text: '–',
		note: '未采集'
	});
	expect(format.figure({ value: null }, 0, 'en').note).toBeTruthy();
});

test('a hidden small count says so and is never shown, not even as 0', () => {
	expect(format.figure({ value: 7, below: 10 }, 0, 'zh-CN').text).toBe('〔少于 10〕');
	expect(format.figure({ value: null, below: 10 }, 0, 'en').text).toBe('fewer than 10');
});

test.each([
	['2026-03', '2026年3月', 'Mar 2026'],
	['2026-Q1', '2026年第1季度', 'Q1 2026'],
	['2026-H2', '2026年下半年', 'H2 2026'],
	['2026', '2026年', '2026']
])('the period %s reads %s and %s', (code, chinese, english) => {
	expect(format.period(code, 'zh-CN')).toBe(chinese);
	expect(format.period(code, 'en')).toBe(english);
});

test('an axis writes the year only where it begins', () => {
	expect(
		['2025-12', '2026-01', '2026-02'].map((code) => format.periodTick(code, false, 'zh-CN'))
	).toEqual(['12月', '26年1月', '2月']);
	expect(format.periodTick('2026-Q1', false, 'en')).toBe('Q1 26');
});

test('late in the evening in London it is already tomorrow in Shanghai', () => {
	expect(format.date('2026-03-31T17:30:00Z')).toBe('2026-04-01');
	expect(format.dateTime('2026-03-31T17:30:00Z')).toBe('2026-04-01 01:30');
	expect(format.dayMonth('2026-03-31', 'zh-CN')).toBe('3月31日');
	expect(format.dayMonth('2026-03-31', 'en')).toBe('31 Mar');
});

test('a clerk reads how late a filing is, or how long is left', () => {
	expect(format.lateness('2026-03-31', '2026-04-03', 'en')).toBe('3 days late');
	expect(format.lateness('2026-03-31', '2026-04-01', 'en')).toBe('1 day late');
	expect(format.lateness('2026-03-31', '2026-03-26', 'zh-CN')).toBe('还剩 5 天');
	expect(format.lateness('2026-03-31', '2026-03-31', 'zh-CN')).toBe('今天到期');
});
