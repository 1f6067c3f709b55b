import { expect, test } from 'vitest';
import type { GridCell, Rates } from '#lib/completeness/rates.ts';
import { gridOf, ratesTable, share } from './filing-grid.ts';

const cell = (organisation: string, period: string): GridCell => ({
	obligation_id: `${organisation} ${period}`,
	organisation_id: organisation,
	organisation_zh: organisation,
	organisation_en: organisation,
	short_zh: organisation,
	short_en: organisation,
	dataset_code: 'monthly',
	dataset_zh: '月报',
	dataset_en: 'Monthly',
	period,
	due_on: '2026-10-20',
	state: 'accepted',
	submission_id: 's',
	excused: false,
	counted: true,
	received: true,
	late_days: 0,
	approved: true,
	cells_filled: 9,
	cells_required: 10
});
const rates = (organisation: string): Rates => ({
	organisation_id: organisation,
	organisation_zh: organisation,
	organisation_en: organisation,
	dataset_code: 'monthly',
	expected: 3,
	excused: 1,
	received: 2,
	on_time: 1,
	approved: 2,
	cells_filled: 18,
	cells_required: 30,
	first_decided: 2,
	first_passed: 1,
	decisions: 3,
	returns: 1
});

test('a reader sees every organisation under the same periods, gaps included', () => {
	const { periods, lines } = gridOf(
		[cell('ours', '2026-09'), cell('ours', '2026-08'), cell('rival', '2026-09')],
		[rates('ours'), rates('rival')],
		'monthly'
	);
	expect(periods).toEqual(['2026-08', '2026-09']);
	expect(lines.map(({ cells }) => [...cells.keys()].toSorted())).toEqual([
		['2026-08', '2026-09'],
		['2026-09']
	]);
});

test('a share of nothing is no share, and none of something is zero', () => {
	expect(share(0, 0)).toBeNull();
	expect(share(0, 4)).toBe(0);
});

test('the file holds the counts beside each rate', () => {
	const [header, line] = ratesTable([rates('ours')], [cell('ours', '2026-09')]);
	expect(header).toHaveLength(line?.length ?? 0);
	expect(line?.slice(2)).toEqual([3, 1, 2, 1, 2, 18, 30, 60, 33.3, 2, 1, 50, 3, 1, 33.3]);
});
