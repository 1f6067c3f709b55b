import { expect, test } from 'vitest';
import { UNTYPED } from './form.ts';
import { reconcile } from './reconcile.ts';

const value = (text: string) => ({ ...UNTYPED, value: text });

test('what only a colleague changed is theirs, what only I changed is mine', () => {
	const pending = { a: { base: value('1'), mine: value('2') } };
	expect(reconcile(pending, { a: value('1'), b: value('9') })).toEqual({
		typed: { a: value('2'), b: value('9') },
		conflicts: []
	});
});

test('what we both changed stays mine on the page, and the conflict is told', () => {
	const pending = { a: { base: value(''), mine: value('2') } };
	expect(reconcile(pending, { a: value('3') })).toEqual({
		typed: { a: value('2') },
		conflicts: [{ key: 'a', mine: value('2'), theirs: value('3') }]
	});
});

test('the same change twice is no conflict', () => {
	const pending = { a: { base: value(''), mine: value('2') } };
	expect(reconcile(pending, { a: value('2') }).conflicts).toEqual([]);
});
