import { expect, it } from 'vitest';
import { changedSince, frozenHeadline, readSnapshot, revisedSince } from './snapshot.ts';

const figure = (period: string, value: number | null, region = '31') => ({
	indicator: 'A1',
	definition_version: 1,
	region,
	period,
	numerator: value,
	denominator: 100,
	value,
	hidden: value === null ? 'dominated' : null,
	contributors: 8,
	expected: 9
});
const snapshot = readSnapshot({
	taken_at: '2026-10-20T06:00:00+00:00',
	sha256: 'abc',
	canonical: JSON.stringify({
		council: 'c',
		meeting: 'm',
		number: 3,
		taken_at: '2026-10-20T06:00:00Z',
		figures: [figure('2026-09', 31), figure('2026-08', 30), figure('2026-10', 99, '310101')],
		targets: []
	})
});

it('shows a member what the item rests on, in snapshots that do not say it the newest', () => {
	expect(frozenHeadline(snapshot, 'A1', '31')).toMatchObject({ period: '2026-09', value: 31 });
	expect(frozenHeadline(snapshot, 'A1', '310104')).toBeNull();
	const { content } = snapshot;
	const headlines = [{ indicator: 'A1', region: '31', period: '2026-08', finished: true }];
	const resting = { ...snapshot, content: { ...content, headlines } };
	expect(frozenHeadline(resting, 'A1', '31')).toMatchObject({ period: '2026-08', value: 30 });
});

it('tells a member which frozen figures were corrected later, and not those that are merely newer', () => {
	const live = [
		{ period: '2026-08', accepted_at: '2026-09-10T00:00:00Z' },
		{ period: '2026-09', accepted_at: '2026-10-25T00:00:00Z' },
		{ period: '2026-10', accepted_at: '2026-11-10T00:00:00Z' },
		{ period: '2026-07', accepted_at: null }
	];
	expect(changedSince(snapshot, 'A1', '31', live)).toEqual(['2026-09']);
});

it('marks a frozen figure as revised, with the latest day, and no figure that was revised before', () => {
	const before = new Date(Date.parse(snapshot.taken_at) - 60_000).toISOString();
	const [after, later] = [1, 2].map((days) =>
		new Date(Date.parse(snapshot.taken_at) + days * 86_400_000).toISOString()
	);
	const revisions = [
		{ period: '2026-09', revised_at: later },
		{ period: '2026-09', revised_at: after },
		{ period: '2026-08', revised_at: before },
		{ period: '2031-01', revised_at: later }
	] as { period: string; revised_at: string }[];
	expect(revisedSince(snapshot, 'A1', '31', revisions)).toEqual([
		{ period: '2026-09', revised_at: later }
	]);
});
