import { expect, test } from 'vitest';
import * as progress from './progress.ts';

test('a filing tells how far it is to the person who sends it, while it is under way', async () => {
	const at = { phase: 'storing', done: 10_000, of: 20_000 } as const;
	const receipt = await progress.watched('clerk', 'one', ({ tell }) => {
		expect(progress.find('clerk', 'one')).toBeNull();
		tell(at);
		expect(progress.find('clerk', 'one')).toEqual(at);
		expect(progress.find('clerk', 'two')).toBeNull();
		expect(progress.find('rival', 'one')).toBeNull();
		return Promise.resolve('receipt');
	});
	expect(receipt).toBe('receipt');
	expect(progress.find('clerk', 'one')).toBeNull();
	await expect(
		progress.watched('clerk', 'one', ({ tell }) => {
			tell(at);
			return Promise.reject(new Error('refused'));
		})
	).rejects.toThrow('refused');
	expect(progress.find('clerk', 'one')).toBeNull();
});

test('a filing is cancelled by the person who sends it only, until it is being filed', async () => {
	await progress.watched('clerk', 'one', ({ tell, cancelled }) => {
		progress.cancel('rival', 'one');
		progress.cancel('clerk', 'two');
		expect(cancelled.aborted).toBe(false);
		tell({ phase: 'storing', done: 1, of: 2 });
		progress.cancel('clerk', 'one');
		expect(cancelled.reason).toEqual({ status: 409, key: 'upload_cancelled' });
		return Promise.resolve();
	});
	await progress.watched('clerk', 'one', ({ tell, cancelled }) => {
		tell({ phase: 'filing', done: 2, of: 2 });
		expect(() => progress.cancel('clerk', 'one')).toThrow(
			expect.objectContaining({
				status: 409,
				body: expect.objectContaining({ key: 'upload_being_filed' }) as unknown
			})
		);
		expect(cancelled.aborted).toBe(false);
		return Promise.resolve();
	});
});

test('what was cancelled before it had begun does not begin; the next one does', async () => {
	progress.cancel('clerk', 'early');
	const begun = (name: string) =>
		progress.watched('clerk', name, ({ cancelled }) => Promise.resolve(!cancelled.aborted));
	expect(await begun('early')).toBe(false);
	expect(await begun('early')).toBe(true);
	expect(await begun('late')).toBe(true);
});
