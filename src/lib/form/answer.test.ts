import { describe, expect, test } from 'vitest';
import { actAddress, answerOf } from './answer.ts';

const refused = {
	act: 'decline' as const,
	at: '7',
	values: { reason: ['no'], roles: ['admin', 'viewer'], note: [''] },
	errors: { reason: 'a reason, please' }
};

describe('a page with several forms', () => {
	test('fills in the one that came back', () => {
		const said = answerOf(refused, 'decline', '7');
		expect(said).toMatchObject({
			form: 'decline-7',
			refused: true,
			values: { reason: 'no', note: '' },
			errors: { reason: 'a reason, please' }
		});
		expect(said.all('roles')).toEqual(['admin', 'viewer']);
		expect(said.chosen('roles', 'viewer')).toBe(true);
		expect(said.chosen('roles', 'reporter', true)).toBe(false);
	});

	test.each([
		['another of the same act', refused, '8'],
		['the only one of its act', { ...refused, act: 'approve' as 'decline' }, ''],
		['one of a page that nothing was sent to', null, '7']
	])('and leaves alone %s', (_, form, at) => {
		const said = answerOf(form, 'decline', at);
		expect(said).toMatchObject({ refused: false, values: {}, errors: {}, message: undefined });
		expect(said.chosen('roles', 'reporter', true)).toBe(true);
		expect(said.chosen('roles', 'reporter')).toBe(false);
	});

	test('shows what was made, once', () => {
		const made = { act: 'make' as const, at: '', result: 'the key' };
		expect(answerOf(made, 'make').result).toBe('the key');
		expect(answerOf(made, 'make').refused).toBe(false);
	});
});

test('a form that comes back stands on the page as it was: its filter, its cell, but not what was done before', () => {
	const url = new URL('http://127.0.0.1/reviews/3?/open&page=2&cell=17&done=accepted');
	expect(actAddress(url, 'return')).toBe('?/return&page=2&cell=17');
	expect(actAddress(new URL('http://127.0.0.1/reviews/3'), 'accept')).toBe('?/accept');
});
