import { filedIn, nameOf } from './filed-figures.ts';
import type { Version } from './filing-versions.ts';
import { who, type Chapter, type Owed } from './story.ts';
import type { Scene } from './tell.ts';

/** What reviewers decided stage by stage, the cells they marked, and what reporters answered. */
export const reviews: Chapter = ({ owed }) =>
	owed.flatMap((one) => one.plan.versions.flatMap((version) => decided(one, version)));

function decided(owed: Owed, version: Version): Scene[] {
	const name = nameOf(owed, version);
	const scenes = version.reviews.map(({ by, at, reason }): Scene => ({
		at,
		by: who(by, 'reviewer'),
		async does({ call, ids }) {
			const submission = ids.of(name);
			if (!reason) await call('accept_submission', { submission });
			else
				await call('return_submission', {
					submission,
					reason,
					marks: JSON.stringify(marksOn(owed, version)),
					accept_rest: version.partly ?? false
				});
		}
	}));
	const { reply } = version;
	if (!reply) return scenes;
	return [
		...scenes,
		{
			at: reply.at,
			by: who(owed.party.key, 'reporter'),
			async does({ call, ids }) {
				const replies = marksOn(owed, version).map(({ position }) => ({
					position,
					text: reply.text
				}));
				await call('reply_to_marks', {
					submission: ids.of(name),
					replies: JSON.stringify(replies)
				});
			}
		}
	];
}

function marksOn(owed: Owed, version: Version) {
	const { wrong } = filedIn(owed, version);
	if (!wrong) return [];
	const code = 'out_of_line_with_history';
	return [{ position: wrong.at + 1, code, note: wrong.note, opens: 'cell' }];
}
