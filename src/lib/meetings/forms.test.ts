import { expect, test } from 'vitest';
import { readForm } from '#lib/server/http/form.ts';
import { voteForm } from './forms.ts';

const resolution = '0f8fad5b-d9cb-469f-a165-70867728950e';

function vote(choice: string, reason: string) {
	const sent = new FormData();
	for (const [name, value] of Object.entries({ resolution, choice, reason })) sent.set(name, value);
	return readForm(voteForm, sent);
}

test.each(['', '   ', '太贵', '　　　　　　'])(
	'a delegate who reserves with %j for a reason is told at its field',
	(reason) => {
		const read = vote('reserved', reason);
		expect(read.ok || Object.keys(read.errors)).toEqual(['reason']);
	}
);

test('a reservation with its reason is a vote, and any other vote is one without', () => {
	expect(vote('reserved', '费率要重新核算').ok).toBe(true);
	for (const choice of ['for', 'against', 'abstain']) expect(vote(choice, '').ok).toBe(true);
});
