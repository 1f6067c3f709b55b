import { expect, test } from 'vitest';
import {
	changeSince,
	comparedLines,
	definitionBreaks,
	otherContributors,
	peerBand,
	points,
	seriesView,
	targetLine,
	type SeriesRow
} from './series.ts';
import type { Target } from './target-status.ts';

const row = (changes: Partial<SeriesRow>): SeriesRow => ({
	period: '2026-01',
	scope: 'total',
	organisation_id: null,
	name_zh: null,
	name_en: null,
	numerator: 90,
	denominator: 100,
	value: 90,
	hidden: null,
	contributors: 8,
	expected: 8,
	accepted_at: null,
	definition_version: 1,
	peers: null,
	lower_quartile: null,
	median: null,
	upper_quartile: null,
	rank_band: null,
	finished: true,
	share: 1,
	not_applicable: 0,
	base_share: null,
	cells_unknown: 0,
	change: null,
	year_change: null,
	...changes
});

test('a reader who names no period sees the newest', () => {
	const rows = [row({ period: '2026-02' }), row({ period: '2025-12' }), row({ period: '2026-01' })];
	expect(seriesView(rows, null).period).toBe('2026-02');
	expect(seriesView(rows, '2025-12').period).toBe('2025-12');
	expect(seriesView(rows, '2020-01').period).toBe('2026-02');
	expect(seriesView([], null).period).toBeNull();
});

test('a month of which half is reported does not pose as a fall', () => {
	const rows = [
		row({ period: '2026-01' }),
		row({ period: '2026-02' }),
		row({ period: '2026-03', contributors: 5, value: 40, finished: false })
	];
	const view = seriesView(rows, null);
	expect(view.period).toBe('2026-02');
	expect(points(view.total, 10).map(({ unfinished }) => unfinished)).toEqual([false, false, true]);
	// Who asks for it sees it.
	expect(seriesView(rows, '2026-03').period).toBe('2026-03');
});

test('the months in which contributors came or went are marked', () => {
	const moved = (joined: number, gone: number) => ({
		against: '2026-01',
		change: 1,
		same: 8,
		joined,
		gone,
		hidden: null
	});
	const rows = [
		row({ period: '2026-02', change: moved(0, 0) }),
		row({ period: '2026-03', change: moved(1, 2) }),
		// Of an unfinished one nobody knows yet who went.
		row({ period: '2026-04', change: moved(0, 5), finished: false })
	];
	expect(otherContributors(rows, ({ joined, gone }) => `+${joined} -${gone}`)).toEqual([
		{ period: '2026-03', label: '+1 -2' }
	]);
});

test('a platform finds its own line apart from the total, and no line of a rival', () => {
	const view = seriesView(
		[row({}), row({ scope: 'own', organisation_id: 'me', name_zh: '我' })],
		null
	);
	expect(view.own).toHaveLength(1);
	expect(view.organisations).toEqual([]);
});

test('a regulator finds each organisation as a line of its own', () => {
	const named = (organisation_id: string, period: string) =>
		row({ scope: 'organisation', organisation_id, name_zh: organisation_id, period });
	const { organisations } = seriesView(
		[named('a', '2026-02'), named('b', '2026-01'), named('a', '2026-01')],
		null
	);
	expect(organisations.map(({ id, rows }) => [id, rows.map((one) => one.period)])).toEqual([
		['b', ['2026-01']],
		['a', ['2026-01', '2026-02']]
	]);
	expect(comparedLines(organisations, ['a'], 10)).toHaveLength(1);
});

test('a suppressed figure is a gap that says why, never 0', () => {
	const [small, few] = points(
		[
			row({ value: null, hidden: 'fewer_than_threshold' }),
			row({ value: null, hidden: 'too_few_contributors' })
		],
		10
	);
	expect(small).toMatchObject({ value: null, below: 10 });
	expect(few?.value).toBeNull();
	expect(few?.reason).toBeTruthy();
});

test('nobody is told of a change across a new definition, a gap or a hidden figure', () => {
	const rows = [
		row({ period: '2026-01', value: 80 }),
		row({ period: '2026-02', value: 82 }),
		row({ period: '2026-03', value: 70, definition_version: 2 }),
		row({ period: '2026-04', value: null, hidden: 'dominated', definition_version: 2 }),
		row({ period: '2026-05', value: 71, definition_version: 2 })
	];
	expect(changeSince(rows, '2026-02')).toEqual({ from: '2026-01', value: 2 });
	expect(changeSince(rows, '2026-03')).toBeNull();
	expect(changeSince(rows, '2026-05')).toBeNull();
	expect(definitionBreaks(rows, (version) => `v${version}`)).toEqual([
		{ period: '2026-03', label: 'v2' }
	]);
});

test('a platform sees the quartiles of its peers only where enough of them reported', () => {
	expect(
		peerBand([
			row({ period: '2026-01', peers: 4 }),
			row({ period: '2026-02', peers: 7, lower_quartile: 70, median: 75, upper_quartile: 80 })
		])
	).toEqual([{ period: '2026-02', lower: 70, median: 75, upper: 80 }]);
});

test('a target is drawn over its own period only', () => {
	const target: Target = {
		id: 't',
		region_code: '31',
		organisation_id: null,
		period: '2026',
		kind: 'floor',
		value: 90,
		upper_value: null,
		origin_zh: '',
		origin_en: '',
		resolution_id: null,
		set_at: '',
		superseded_at: null
	};
	expect(
		targetLine([target], { region: '31', organisation: null }, ['2025-12', '2026-01', '2026-Q4'])
	).toEqual([
		{ period: '2026-01', value: 90 },
		{ period: '2026-Q4', value: 90 }
	]);
});
