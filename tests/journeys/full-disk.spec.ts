import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startOwn } from './instance.ts';

test('files are refused before the disk is full, and everything else goes on', async () => {
	test.setTimeout(180_000);
	const disk = mkdtempSync(join(tmpdir(), 'xiezhi-disk-'));
	const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=760m', 'tmpfs', disk]);
	test.skip(status !== 0, 'only root may mount a small disk');
	const { TMPDIR } = process.env;
	try {
		process.env.TMPDIR = disk;
		const own = await startOwn({ DEMO: '0' }, { fresh: true });
		const send = async (bytes: number) => {
			const body = new FormData();
			body.set('theme', 'dark');
			body.set('file', new File([Buffer.alloc(bytes)], 'file.csv'));
			const headers = { origin: own.address, accept: 'application/json' };
			const options = { method: 'POST', body, headers, redirect: 'manual' } as const;
			return fetch(`${own.address}/theme`, options);
		};
		expect((await send(300_000)).status).toBe(303);
		// A twentieth of this disk is 38 MB.
		const { stdout } = spawnSync('df', ['--output=avail', '-B1', disk], { encoding: 'utf8' });
		const left = Number(stdout.split('\n')[1]);
		spawnSync('fallocate', ['-l', String(left - 20_000_000), join(disk, 'filler')]);
		const refused = await send(300_000);
		expect(refused.status).toBe(507);
		expect(await refused.text()).toContain('磁盘空间不足');
		expect((await send(1_000)).status).toBe(303);
		expect((await fetch(`${own.address}/healthz`)).status).toBe(200);
		rmSync(join(disk, 'filler'));
		expect((await send(300_000)).status).toBe(303);
		expect(await own.stop()).toBe(0);
	} finally {
		if (TMPDIR === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = TMPDIR;
		spawnSync('umount', ['-l', disk]);
		rmSync(disk, { recursive: true, force: true });
	}
});
