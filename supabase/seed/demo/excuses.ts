import { secretariat, type Chapter } from './story.ts';
import { at, opensOn } from './time.ts';

/** Periods that somebody need not file. */
export const excuses: Chapter = ({ owed }) =>
	owed.flatMap(({ plan, period, name }) =>
		plan.excused
			? {
					at: at(opensOn(period), '10:30'),
					by: secretariat,
					async does({ call, ids }) {
						await call('excuse_obligation', { obligation: ids.of(name), reason: plan.excused });
					}
				}
			: []
	);
