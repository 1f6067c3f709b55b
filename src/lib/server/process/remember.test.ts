import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('people who ask at the same moment share one question', async () => {
	let asked = 0;
	const ask = () => Promise.resolve(++asked);
	expect(await Promise.all([remember('a', ask), remember('a', ask)])).toEqual([1, 1]);
});

test('an answer is asked for again when it is a minute old', async () => {
	let asked = 0;
	const ask = () => Promise.resolve(++asked);
	await remember('b', ask, 0);
	expect(await remember('b', ask, 59_000)).toBe(1);
	expect(await remember('b', ask, 61_000)).toBe(2);
});

test('nobody gets the failure of somebody else', async () => {
	await expect(remember('c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await remember('c', () => Promise.resolve('yes'))).toBe('yes');
});
