import { nameOf } from './filed-figures.ts';
import type { Correction } from './filing-versions.ts';
import { secretariat, who, type Chapter, type Owed } from './story.ts';
import type { Scene } from './tell.ts';

/** Objections to a return or a reopening: one upheld, one granted, one open. */
export const contests: Chapter = ({ owed }) =>
	owed.flatMap((one) =>
		one.plan.correction?.contest ? contested(one, one.plan.correction.contest) : []
	);

function contested(owed: Owed, contest: NonNullable<Correction['contest']>): Scene[] {
	const name = `contest of ${owed.name}`;
	const about = nameOf(owed, { number: contest.kind === 'return' ? 2 : 1 });
	const { decision } = contest;
	const object: Scene = {
		at: contest.at,
		by: who(owed.party.key, 'reporter'),
		async does({ call, ids }) {
			const submission = ids.of(about);
			ids.keep(name, await call('contest_decision', { submission, reason: contest.reason }));
		}
	};
	if (!decision) return [object];
	const { outcome, reason } = decision;
	return [
		object,
		{
			at: decision.at,
			by: secretariat,
			async does({ call, ids }) {
				await call('decide_contest', { contest: ids.of(name), outcome, reason });
			}
		}
	];
}
