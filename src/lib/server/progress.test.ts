import { expect, test } from 'vitest';
import * as progress from './progress.ts';

test('a filing tells how far it is to the person who sends it, while it is under way', async () => {
	const at = { phase: 'storing', done: 10_000, of: 20_000 } as const;
	const receipt = await progress.telling('clerk', 'one', (tell) => {
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
		progress.telling('clerk', 'one', (tell) => {
			tell(at);
			return Promise.reject(new Error('refused'));
		})
	).rejects.toThrow('refused');
	expect(progress.find('clerk', 'one')).toBeNull();
});
