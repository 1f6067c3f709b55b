import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { freePort } from '../../supabase/embedded/postgres.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';

let backend: Backend;
let app: ChildProcess;
let address: string;
const dataDir = mkdtempSync(join(tmpdir(), 'xiezhi-elsewhere-'));

test.beforeAll(async () => {
	test.setTimeout(120_000);
	backend = await temporaryBackend();
	app = spawn(process.execPath, ['supabase/embedded/start.ts'], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			PATH: process.env.PATH,
			PORT: String(await freePort()),
			DATA_DIR: dataDir,
			SUPABASE_URL: backend.apiUrl,
			SUPABASE_PUBLISHABLE_KEY: backend.publishableKey,
			SUPABASE_JWT_SECRET: backend.jwtSecret,
			DATABASE_URL: backend.identityUrl
		}
	});
	address = await addressOf(app);
});

test.afterAll(async () => {
	app.kill('SIGTERM');
	const [code] = (await once(app, 'exit')) as [number];
	await backend.stop();
	rmSync(dataDir, { recursive: true, force: true });
	expect(code).toBe(0);
});

test('an operator who has a Supabase elsewhere starts the app alone, and it works on that', async ({
	page
}) => {
	const health = await page.request.get(`${address}/healthz`);
	expect(health.status()).toBe(200);
	await page.goto(`${address}/sign-in`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	// No database of its own.
	expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
});

test('when that Supabase is gone, the app says that it is not well', async ({ page }) => {
	const api = backend.pids().api ?? 0;
	process.kill(api, 'SIGSTOP');
	try {
		const health = await page.request.get(`${address}/healthz`);
		expect(health.status()).toBe(503);
	} finally {
		process.kill(api, 'SIGCONT');
	}
});

/** What stands at the end of the line that begins with `ready `. */
async function addressOf(process: ChildProcess): Promise<string> {
	if (!process.stdout) throw new Error('no output');
	for await (const line of createInterface({ input: process.stdout })) {
		if (line.startsWith('ready ')) return line.slice('ready '.length);
	}
	throw new Error('the app did not start');
}
