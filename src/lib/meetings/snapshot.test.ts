import { expect, it } from 'vitest';
import { correctedSince, frozenLatest, readSnapshot } from './snapshot.ts';

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

it('shows a member the newest frozen figure of the region the item is about', () => {
	expect(frozenLatest(snapshot, 'A1', '31')).toMatchObject({ period: '2026-09', value: 31 });
	expect(frozenLatest(snapshot, 'A1', '310104')).toBeNull();
});

it('tells a member which frozen figures were corrected later, and not those that are merely newer', () => {
	const live = [
		{ period: '2026-08', accepted_at: '2026-09-10T00:00:00Z' },
		{ period: '2026-09', accepted_at: '2026-10-25T00:00:00Z' },
		{ period: '2026-10', accepted_at: '2026-11-10T00:00:00Z' },
		{ period: '2026-07', accepted_at: null }
	];
	expect(correctedSince(snapshot, 'A1', '31', live)).toEqual(['2026-09']);
});
