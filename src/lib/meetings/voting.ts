import type { Values } from '#lib/kernel/database-values.ts';

export const choices = ['for', 'against', 'abstain', 'reserved'] as const satisfies Choice[];
export type Choice = Values['votes.choice'];

export const decisionRules = [
	'consensus',
	'simple',
	'two_thirds'
] as const satisfies DecisionRule[];
export type DecisionRule = Values['resolutions.decision_rule'];

export interface Seat {
	standing: 'voting' | 'observer';
	since: string;
	until: string | null;
}

export type Tally = Record<Choice, number> & { cast: number };

export function tally(votes: { choice: Choice }[]): Tally {
	const count = (choice: Choice) => votes.filter((vote) => vote.choice === choice).length;
	return {
		for: count('for'),
		against: count('against'),
		abstain: count('abstain'),
		reserved: count('reserved'),
		cast: votes.length
	};
}

/** The fewest votes with which anything can be decided: more than half of the voting seats. */
export function quorum(votingSeats: number): number {
	return Math.floor(votingSeats / 2) + 1;
}

/** The seats that may vote on a day. A seat ends on the day it is ended. */
export function votingSeats<S extends Seat>(seats: S[], day: string): S[] {
	return seats.filter(
		(seat) =>
			seat.standing === 'voting' && seat.since <= day && (seat.until === null || seat.until > day)
	);
}

/**
 * What ending the voting now would bring. The database decides by the same rule in `decide_resolution`:
 * abstentions count for the quorum only, a reservation counts as not in favour.
 */
export function outcome(
	rule: DecisionRule,
	votes: Tally,
	seats: number
): 'adopted' | 'rejected' | 'no_quorum' {
	if (votes.cast < quorum(seats)) return 'no_quorum';
	const opposed = votes.against + votes.reserved;
	const adopted =
		rule === 'consensus'
			? opposed === 0 && votes.for > 0
			: rule === 'simple'
				? votes.for > opposed
				: votes.for > 0 && votes.for * 3 >= (votes.for + opposed) * 2;
	return adopted ? 'adopted' : 'rejected';
}
