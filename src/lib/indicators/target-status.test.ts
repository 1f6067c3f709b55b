import { expect, test } from 'vitest';
import { targetFor, targetStatus, type Aim, type Judged, type Target } from './target-status.ts';

const floor: Aim = { kind: 'floor', value: 90, upper_value: null, period: '2026' };

test('a figure that meets its target is achieved before the period ends', () => {
	expect(targetStatus(floor, { period: '2026-03', value: 90 }, []).tone).toBe('achieved');
});

test('a figure below a floor when the period is over is missed', () => {
	expect(targetStatus(floor, { period: '2026-12', value: 89.9 }, [])).toMatchObject({
		tone: 'missed',
		rule: 'over'
	});
});

const judged: Judged = {
	period: '2026',
	value: 86.6,
	denominator: 5000,
	hidden: null,
	parts: 9,
	needed: 12,
	newest: '2026-09',
	way: 'sum'
};

test('a ratio of flows is judged by its own period together, not by its newest month', () => {
	const above = { period: '2026-09', value: 91 };
	expect(targetStatus(floor, above, []).tone).toBe('achieved');
	expect(targetStatus(floor, above, [], judged).tone).toBe('on_track');
	expect(targetStatus(floor, above, [], { ...judged, parts: 12, newest: '2026-12' }).tone).toBe(
		'missed'
	);
	// What can be neither added nor carried over is judged by the newest month, as a stock is.
	for (const way of [null, 'last'] as const)
		expect(targetStatus(floor, above, [], { ...judged, way }).tone).toBe('achieved');
	expect(targetStatus(floor, above, [], { ...judged, value: null }).tone).toBe('achieved');
});

test('a count is judged by the part of its target that falls to the time passed', () => {
	const month = { period: '2026-09', value: 70 };
	const so_far = (value: number, parts = 9) => ({ ...judged, denominator: null, value, parts });
	const services: Aim = { ...floor, value: 1200 };
	// One month alone says nothing of a year.
	expect(targetStatus(services, month, [], so_far(900))).toEqual({
		tone: 'on_track',
		rule: 'on_path',
		expected: 900
	});
	expect(targetStatus(services, month, [], so_far(899)).tone).toBe('at_risk');
	expect(targetStatus(services, month, [], so_far(1200)).tone).toBe('achieved');
	expect(targetStatus(services, month, [], so_far(1199, 12)).tone).toBe('missed');
	const hazards: Aim = { ...services, kind: 'ceiling' };
	expect(targetStatus(hazards, month, [], so_far(900)).tone).toBe('on_track');
	expect(targetStatus(hazards, month, [], so_far(901)).tone).toBe('at_risk');
	expect(targetStatus(hazards, month, [], so_far(1201)).tone).toBe('missed');
	expect(targetStatus(hazards, month, [], so_far(1200, 12)).tone).toBe('achieved');
	const visits: Aim = { ...services, kind: 'range', upper_value: 1600 };
	expect(targetStatus(visits, month, [], so_far(1300)).tone).toBe('at_risk');
	expect(targetStatus(visits, month, [], so_far(1100)).tone).toBe('on_track');
	expect(targetStatus(visits, month, [], so_far(1300, 12)).tone).toBe('achieved');
});

test('half way through the year, half of the gap closed is on track', () => {
	const before = [{ period: '2025-12', value: 80 }];
	const halfway = targetStatus(floor, { period: '2026-06', value: 85 }, before);
	expect(halfway).toMatchObject({ tone: 'on_track', rule: 'on_path' });
	expect(halfway.expected).toBeCloseTo(85, 0);
});

test('half way through the year, a quarter of the gap closed is at risk', () => {
	const before = [{ period: '2025-12', value: 80 }];
	expect(targetStatus(floor, { period: '2026-06', value: 82 }, before)).toMatchObject({
		tone: 'at_risk',
		rule: 'behind_path'
	});
});

test('nobody is blamed for the time before a target was set', () => {
	const before = [
		{ period: '2025-12', value: 60 },
		{ period: '2026-05', value: 62 }
	];
	const june = { period: '2026-06', value: 66 };
	expect(targetStatus(floor, june, before).tone).toBe('at_risk');
	const set_on = '2026-06-01';
	expect(targetStatus({ ...floor, set_on }, june, before).rule).toBe('on_path');
});

test('a ceiling is met from below, and its path leads downwards', () => {
	const ceiling: Aim = { kind: 'ceiling', value: 5, upper_value: null, period: '2026' };
	expect(targetStatus(ceiling, { period: '2026-06', value: 4.9 }, []).tone).toBe('achieved');
	const behind = targetStatus(ceiling, { period: '2026-06', value: 9 }, [
		{ period: '2025-12', value: 10 }
	]);
	expect(behind.tone).toBe('at_risk');
	expect(behind.expected).toBeCloseTo(7.5, 0);
});

test('a range is met inside it only', () => {
	const range: Aim = { kind: 'range', value: 40, upper_value: 60, period: '2026' };
	expect(targetStatus(range, { period: '2026-06', value: 50 }, []).tone).toBe('achieved');
	expect(targetStatus(range, { period: '2026-12', value: 61 }, []).tone).toBe('missed');
	expect(targetStatus(range, { period: '2026-12', value: 39 }, []).tone).toBe('missed');
});

test('without an earlier figure, close to the target counts as on track', () => {
	expect(targetStatus(floor, { period: '2026-03', value: 87 }, []).rule).toBe('near');
	expect(targetStatus(floor, { period: '2026-03', value: 60 }, []).rule).toBe('far');
});

test('nobody is judged without a target or without a figure', () => {
	expect(targetStatus(null, { period: '2026-03', value: 1 }, []).tone).toBe('no_data');
	expect(targetStatus(floor, { period: '2026-03', value: null }, []).rule).toBe('no_value');
});

test('of several targets the one that stands for this scope and holds the period counts, the shortest first', () => {
	const target = (changes: Partial<Target>): Target => ({
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
		set_at: '2026-01-05T00:00:00Z',
		superseded_at: null,
		...changes
	});
	const targets = [
		target({ id: 'later', period: '2027' }),
		target({ id: 'old', superseded_at: '2026-02-01' }),
		target({ id: 'district', region_code: '310115' }),
		target({ id: 'now' }),
		target({ id: 'quarter', period: '2026-Q3' }),
		target({ id: 'past', period: '2025' })
	];
	expect(targetFor(targets, { region: '31', organisation: null }, '2026-05')?.id).toBe('now');
	expect(targetFor(targets, { region: '31', organisation: null }, '2027-01')?.id).toBe('later');
	expect(targetFor(targets, { region: '31', organisation: null }, '2026-08')?.id).toBe('quarter');
	// Next year's target says nothing of this year, nor last year's.
	expect(
		targetFor(targets.slice(0, 1), { region: '31', organisation: null }, '2026-05')
	).toBeNull();
	expect(targetFor(targets, { region: '31', organisation: null }, '2028-01')).toBeNull();
	expect(targetFor(targets, { region: '31', organisation: 'o' }, '2026-05')).toBeNull();
});
