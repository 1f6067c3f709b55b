import { describe, expect, it } from 'vitest';
import { outcome, quorum, tally, votingSeats, type Choice } from './voting.ts';

const votes = (given: Partial<Record<Choice, number>>) =>
	tally(
		Object.entries(given).flatMap(([choice, count]) =>
			Array.from({ length: count }, () => ({ choice: choice as Choice }))
		)
	);

describe('a quorum', () => {
	it('is more than half of the voting seats', () => {
		expect([0, 1, 2, 9, 10].map(quorum)).toEqual([1, 1, 2, 5, 6]);
	});

	it('counts no observer, no seat that has not begun and none that ended today', () => {
		const seats = [
			{ standing: 'voting' as const, since: '2026-01-01', until: null },
			{ standing: 'observer' as const, since: '2026-01-01', until: null },
			{ standing: 'voting' as const, since: '2026-11-22', until: null },
			{ standing: 'voting' as const, since: '2026-01-01', until: '2026-11-21' },
			{ standing: 'voting' as const, since: '2026-01-01', until: '2026-11-22' }
		];
		expect(votingSeats(seats, '2026-11-21')).toEqual([seats[0], seats[4]]);
	});

	it('is needed: five of ten seats cannot decide anything', () => {
		expect(outcome('simple', votes({ for: 5 }), 10)).toBe('no_quorum');
		expect(outcome('simple', votes({ for: 5, abstain: 1 }), 10)).toBe('adopted');
	});
});

describe('a resolution', () => {
	it('fails consensus by one vote against or one reservation', () => {
		expect(outcome('consensus', votes({ for: 9, abstain: 1 }), 10)).toBe('adopted');
		expect(outcome('consensus', votes({ for: 9, against: 1 }), 10)).toBe('rejected');
		expect(outcome('consensus', votes({ for: 9, reserved: 1 }), 10)).toBe('rejected');
		expect(outcome('consensus', votes({ abstain: 10 }), 10)).toBe('rejected');
	});

	it('needs more for than not in favour by simple majority', () => {
		expect(outcome('simple', votes({ for: 4, against: 3, abstain: 3 }), 10)).toBe('adopted');
		expect(outcome('simple', votes({ for: 4, against: 3, reserved: 1 }), 10)).toBe('rejected');
	});

	it('is adopted by exactly two thirds', () => {
		expect(outcome('two_thirds', votes({ for: 6, against: 2, reserved: 1 }), 10)).toBe('adopted');
		expect(outcome('two_thirds', votes({ for: 5, against: 3 }), 10)).toBe('rejected');
		expect(outcome('two_thirds', votes({ abstain: 8 }), 10)).toBe('rejected');
	});
});
