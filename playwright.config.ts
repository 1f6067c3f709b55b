import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { installedBrowser } from './supabase/embedded/browser.ts';

// Set once, by whoever reads this first, so that every worker finds the same instance.
const port = (process.env.JOURNEYS_PORT ??= '4180');
process.env.JOURNEYS_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'xiezhi-journeys-'));
const executablePath = process.env.JOURNEYS_BROWSER ?? installedBrowser() ?? undefined;

/** With instances of their own. The longest begin first, so that no worker is left alone with one at the end. */
const longest = ['garbage', 'killed', 'typed-values'].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
	testDir: 'tests/journeys',
	outputDir: 'test-results',
	fullyParallel: false,
	workers: 2,
	forbidOnly: Boolean(process.env.CI),
	timeout: 60_000,
	expect: { timeout: 10_000 },
	use: {
		baseURL: `http://127.0.0.1:${port}`,
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		screenshot: 'only-on-failure',
		// A quarter of a journey's processor time, and most journeys pass: JOURNEYS_TRACE=1 for the one that does not.
		trace: process.env.JOURNEYS_TRACE ? 'retain-on-failure' : 'off',
		actionTimeout: 15_000,
		navigationTimeout: 30_000,
		launchOptions: {
			...(executablePath ? { executablePath } : {}),
			// Without a language the browser cannot open a file that is called 报表.
			env: { ...process.env, LC_ALL: 'C.UTF-8' },
			args: [
				'--headless',
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	projects: [
		{ name: 'longest', testMatch: longest },
		{ name: 'others', testIgnore: longest }
	],
	webServer: {
		command: 'node supabase/embedded/journeys-server.ts',
		url: `http://127.0.0.1:${port}/healthz`,
		timeout: 180_000,
		stdout: 'pipe',
		gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 }
	}
});
