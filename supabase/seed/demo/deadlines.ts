import { who, type Chapter, type Owed } from './story.ts';
import type { Extension } from './filing-versions.ts';
import type { Scene } from './tell.ts';

/** Requests for more time: one granted, one declined, one that waits. */
export const deadlines: Chapter = ({ owed }) =>
	owed.flatMap((one) => (one.plan.extension ? asked(one, one.plan.extension) : []));

function asked({ party, name }: Owed, { askedAt, wished, reason, answer }: Extension): Scene[] {
	const request = `extension of ${name}`;
	const ask: Scene = {
		at: askedAt,
		by: who(party.key, 'reporter'),
		async does({ call, ids }) {
			const obligation = ids.of(name);
			ids.keep(request, await call('request_extension', { obligation, wished, reason }));
		}
	};
	if (!answer) return [ask];
	const { by, due, words } = answer;
	return [
		ask,
		{
			at: answer.at,
			by: who(by, by === 'convener' ? 'admin' : 'reviewer'),
			async does({ call, ids }) {
				if (due) await call('approve_extension', { request: ids.of(request), due, note: words });
				else await call('decline_extension', { request: ids.of(request), reason: words });
			}
		}
	];
}
