import { hashPassword as betterAuthHash } from 'better-auth/crypto';
import { describe, expect, test } from 'vitest';
import { hashPassword, passwordProblem, verifyPassword } from './password.ts';

describe('what a person may choose as a password', () => {
	test.each([
		['seven words about a river', null],
		['沿着苏州河走到外白渡桥看日出', null],
		['k7-Veranda-mulch', null],
		['x'.repeat(1) + 'orbit lantern '.repeat(6) + '9', null],
		['short-11-ch', 'password_too_short'],
		['', 'password_too_short'],
		['long enough? '.repeat(10), 'password_too_long'],
		['password2026', 'password_common'],
		['Dragon!!!2026', 'password_common'],
		['qwerty123456', 'password_common'],
		['1qaz2wsx3edc4rfv', 'password_common'],
		['202611211200', 'password_common'],
		['aaaaaaaaaaaa', 'password_common'],
		['abcabcabcabc', 'password_common'],
		['abcdefghijkl', 'password_common'],
		['xiezhixiezhi1', 'password_common'],
		['xiezhi-2026-x', 'password_guessable'],
		['lin.yue-2026!', 'password_guessable'],
		['林岳是我的名字林岳林岳林岳', 'password_guessable']
	])('%s: %s', (password, problem) => {
		expect(passwordProblem(password, ['林岳', 'lin.yue@haida.example'])).toBe(problem);
	});

	test('a passphrase may hold the name of its owner among other words', () => {
		expect(passwordProblem('linyue walks to the station', ['linyue'])).toBeNull();
	});
});

test('a password made by Better Auth and one made here are checked alike', async () => {
	const [theirs, ours] = await Promise.all([
		betterAuthHash('seven words about'),
		hashPassword('seven words about')
	]);
	expect(await verifyPassword(theirs, 'seven words about')).toBe(true);
	expect(await verifyPassword(ours, 'seven words about')).toBe(true);
	expect(await verifyPassword(ours, 'seven words abouT')).toBe(false);
	expect(await verifyPassword('', 'seven words about')).toBe(false);
});
