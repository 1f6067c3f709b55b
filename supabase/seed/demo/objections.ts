import { nameOf } from './filed-figures.ts';
import type { Correction } from './filing-versions.ts';
import { secretariat, who, type Chapter, type Owed } from './story.ts';
import type { Scene } from './tell.ts';

/** Objections to a return or a reopening: one upheld, one granted, one open. */
export const objections: Chapter = ({ owed }) =>
	owed.flatMap((one) =>
		one.plan.correction?.objection ? objected(one, one.plan.correction.objection) : []
	);

function objected(owed: Owed, objection: NonNullable<Correction['objection']>): Scene[] {
	const name = `objection of ${owed.name}`;
	const about = nameOf(owed, { number: objection.kind === 'return' ? 2 : 1 });
	const { decision } = objection;
	const object: Scene = {
		at: objection.at,
		by: who(owed.party.key, 'reporter'),
		async does({ call, ids }) {
			const submission = ids.of(about);
			ids.keep(name, await call('raise_objection', { submission, reason: objection.reason }));
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
				await call('decide_objection', { objection: ids.of(name), outcome, reason });
			}
		}
	];
}
