import { expect, test } from 'vitest';
import { headersFor } from './security-headers.ts';

test('a browser that came by https is told to stay with it, also for files', () => {
	const header = 'strict-transport-security';
	expect(headersFor('https://xiezhi.example')[header]).toMatch(/^max-age=31536000/);
	expect(headersFor('http://127.0.0.1:3000')[header]).toBeUndefined();
});
