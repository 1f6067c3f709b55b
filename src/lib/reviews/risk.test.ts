import { expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { RULE_KINDS } from '#lib/datasets/dataset.ts';
import { riskOf, risksOf } from './risk.ts';

const calm = {
	fired: {},
	warning_count: 0,
	late_days: 0,
	returned_before: false,
	accepted_before: 0,
	first_filing: false
};

test('a reviewer reads why a filing stands where it stands in the queue', () => {
	const fired = { jump: 2, z_score: 1, peer_outlier: 1, cross_file: 1, part_le_whole: 3, range: 1 };
	expect(
		risksOf({
			fired,
			warning_count: 9,
			late_days: 4,
			returned_before: true,
			accepted_before: 0,
			first_filing: true
		})
	).toEqual([
		m.reviews_risk_history({ count: 3 }),
		m.reviews_risk_peers({ count: 1 }),
		m.reviews_risk_filings({ count: 1 }),
		m.reviews_risk_contradictions({ count: 3 }),
		m.reviews_risk_ranges({ count: 1 }),
		m.reviews_risk_first(),
		m.reviews_risk_returned(),
		m.reviews_risk_late({ days: 4 })
	]);
	expect(risksOf(calm)).toEqual([m.reviews_risk_nothing()]);
});

test('of a filing that was accepted in part, a reviewer reads how much is settled already', () => {
	expect(risksOf({ ...calm, returned_before: true, accepted_before: 4 })).toEqual([
		m.reviews_risk_partly({ count: 4 })
	]);
});

test.each(RULE_KINDS)('a warning of a rule %s has words of its own', (kind) => {
	const [said, ...rest] = risksOf({ ...calm, fired: { [kind]: 7 }, warning_count: 7 });
	expect(said).toContain('7');
	expect(said).not.toBe(m.reviews_risk_others({ count: 7 }));
	expect(rest).toEqual([]);
});

test('a warning of no known rule is counted all the same', () => {
	const some = { ...calm, fired: { jump: 1, other: 2 }, warning_count: 3 };
	expect(risksOf(some)).toEqual([
		m.reviews_risk_history({ count: 1 }),
		m.reviews_risk_others({ count: 2 })
	]);
});

test('two warnings against history are a high risk, two inside the filing a medium one', () => {
	expect(riskOf({ risk: 6 }).word).toBe(m.reviews_risk_high());
	expect(riskOf({ risk: 2 }).word).toBe(m.reviews_risk_medium());
	expect(riskOf({ risk: 1 }).word).toBe(m.reviews_risk_low());
});
