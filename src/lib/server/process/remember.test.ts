import { expect, test } from 'vitest';
import { openDb } from '#lib/server/db.ts';
import { reads, remember, rememberFor, type Edition } from './remember.ts';

/** Nothing is asked of it here: it stands for who reads. */
const reader = (edition?: Partial<Edition>) => {
	const db = openDb({ url: 'http://127.0.0.1:1', publishableKey: 'none' }, null);
	const of = { registry: '1', council: '1', acting: 'platform', person: 'Li' };
	if (edition) reads(db, { ...of, ...edition });
	return db;
};

function counter() {
	let asked = 0;
	return () => Promise.resolve(++asked);
}

test('people who ask at the same moment share one question', async () => {
	const ask = counter();
	const db = reader();
	expect(await Promise.all([remember(db, 'a', ask), remember(db, 'a', ask)])).toEqual([1, 1]);
});

test('an answer is asked for again when it is a minute old', async () => {
	const ask = counter();
	await remember(reader(), 'b', ask, 0);
	expect(await remember(reader(), 'b', ask, 59_000)).toBe(1);
	expect(await remember(reader(), 'b', ask, 61_000)).toBe(2);
});

test('nobody gets the failure of somebody else', async () => {
	const db = reader();
	await expect(remember(db, 'c', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await remember(db, 'c', () => Promise.resolve('yes'))).toBe('yes');
});

test('what everybody reads alike is asked again as soon as the registry changes, and not before', async () => {
	const ask = counter();
	await remember(reader({ council: '1' }), 'd', ask);
	expect(await remember(reader({ council: '2', acting: 'union' }), 'd', ask)).toBe(1);
	expect(await remember(reader({ registry: '2' }), 'd', ask)).toBe(2);
});

test('a reader who was there before a change does not bring back what it changed', async () => {
	const ask = counter();
	await remember(reader({ registry: '2' }), 'e', ask);
	await remember(reader({ registry: '1' }), 'e', ask);
	expect(await remember(reader({ registry: '2' }), 'e', ask)).toBe(3);
});

test('colleagues in the same roles share an answer, others never do', async () => {
	const ask = counter();
	const first = await rememberFor('acting', reader({}), 'f', ask);
	expect(await rememberFor('acting', reader({ person: 'Wang' }), 'f', ask)).toBe(first);
	expect(await rememberFor('acting', reader({ acting: 'rival' }), 'f', ask)).not.toBe(first);
});

test('what depends on the person is kept for that person, as who they act for', async () => {
	const ask = counter();
	const first = await rememberFor('person', reader({}), 'g', ask);
	expect(await rememberFor('person', reader({}), 'g', ask)).toBe(first);
	expect(await rememberFor('person', reader({ person: 'Wang' }), 'g', ask)).not.toBe(first);
	expect(await rememberFor('person', reader({ acting: 'rival' }), 'g', ask)).not.toBe(first);
});

test('after any change a reader is answered anew', async () => {
	const ask = counter();
	await rememberFor('acting', reader({}), 'h', ask);
	expect(await rememberFor('acting', reader({ council: '2' }), 'h', ask)).toBe(2);
});

test('who writes, and who has no version, is never given what was kept', async () => {
	const ask = counter();
	await rememberFor('acting', reader({}), 'i', ask);
	expect(await rememberFor('acting', reader({ council: null }), 'i', ask)).toBe(2);
	expect(await rememberFor('acting', reader(), 'i', ask)).toBe(3);
});

test('an answer is believed for a minute, should a copy of the database have lagged behind', async () => {
	const ask = counter();
	await rememberFor('acting', reader({}), 'j', ask, 0);
	expect(await rememberFor('acting', reader({}), 'j', ask, 59_000)).toBe(1);
	expect(await rememberFor('acting', reader({}), 'j', ask, 61_000)).toBe(2);
});
