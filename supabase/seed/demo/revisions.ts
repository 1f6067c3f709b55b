import { nameOf } from './filed-figures.ts';
import type { Correction, Plan } from './filing-versions.ts';
import { secretariat, who, type Chapter, type Owed } from './story.ts';
import type { Scene } from './tell.ts';

/** Corrections of what was accepted: opened by who filed it, or by the reviewer who takes the acceptance back. */
export const revisions: Chapter = ({ owed }) =>
	owed.flatMap((one) => {
		const { correction, exception } = one.plan;
		return [
			...(correction ? [opened(one, correction)] : []),
			...(exception ? [permitted(one, exception)] : [])
		];
	});

function opened(owed: Owed, { openedAt, by, reason }: Correction): Scene {
	const first = nameOf(owed, { number: 1 });
	return by === 'reporter'
		? {
				at: openedAt,
				by: who(owed.party.key, 'reporter'),
				async does({ call, ids }) {
					await call('open_revision', { obligation: ids.of(owed.name), reason });
				}
			}
		: {
				at: openedAt,
				by: who('labour', 'reviewer'),
				async does({ call, ids }) {
					await call('reopen_submission', { submission: ids.of(first), reason });
				}
			};
}

/** A locked filing that may be corrected all the same. */
function permitted({ name }: Owed, { at, reason, until }: NonNullable<Plan['exception']>): Scene {
	return {
		at,
		by: secretariat,
		async does({ call, ids }) {
			await call('grant_exception', { obligation: ids.of(name), reason, until });
		}
	};
}
