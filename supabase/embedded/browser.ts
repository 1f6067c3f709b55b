import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** An installed Chromium, or Playwright's own; null if there is none. First the one without windows: half the work. */
export function installedBrowser(): string | null {
	const names = [
		'chromium-headless-shell',
		'chromium',
		'chromium-browser',
		'google-chrome',
		'google-chrome-stable'
	];
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
	const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(runs);
	if (found) return found;
	const own = chromium.executablePath();
	return existsSync(own) ? own : null;
}

/** A Chromium to test with, installed if there is none: Playwright's own, else the system's. */
export function getBrowser(log: (line: string) => void): string | null {
	const before = installedBrowser();
	if (before) return before;
	log('没有找到浏览器，正在安装 · no browser found, installing one …');
	spawnSync('playwright', ['install', 'chromium'], { stdio: 'inherit' });
	const own = installedBrowser();
	if (own) return own;
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const apt = (...task: string[]) => {
		const [file = '', ...rest] = [...asRoot, 'apt-get', ...task];
		spawnSync(file, rest, {
			stdio: 'inherit',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
	};
	apt('update');
	for (const name of ['chromium-headless-shell', 'chromium']) {
		apt('install', '-y', '--no-install-recommends', name);
		const installed = installedBrowser();
		if (installed) return installed;
	}
	return null;
}

function runs(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
