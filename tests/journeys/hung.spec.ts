import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { startOwn, type OwnInstance } from './instance.ts';

let own: OwnInstance;

test.beforeAll(async () => {
	test.setTimeout(300_000);
	own = await startOwn({ DEMO: '0' });
});

test.afterAll(async () => {
	expect(await own.stop()).toBe(0);
});

test('what runs on another database than it was made for does not say that it is well', async () => {
	await own.asOwner((owner) =>
		owner.query('alter function public.accept_submission rename to accepted_before')
	);
	const answer = await fetch(`${own.address}/healthz`);
	expect([answer.status, await answer.json()]).toEqual([503, { status: 'other_schema' }]);
	await own.asOwner((owner) =>
		owner.query('alter function public.accepted_before rename to accept_submission')
	);
	expect(await health()).toBe(200);
});

test('an app and an API that hang come back by themselves', async () => {
	test.setTimeout(300_000);
	const { app = 0, api = 0, postgres } = own.connection().pids;
	for (const pid of [app, api]) process.kill(pid, 'SIGSTOP');
	await until(async () => {
		const { pids } = own.connection();
		return pids.app !== app && pids.api !== api && (await health()) === 200;
	});
	expect(own.connection().pids.postgres).toBe(postgres);
});

async function health(): Promise<number> {
	try {
		return (await fetch(`${own.address}/healthz`, { signal: AbortSignal.timeout(5_000) })).status;
	} catch {
		return 0;
	}
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	while (!(await holds())) await pause(500);
}
