import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { StartProblem } from './folder.ts';
import { startPart, type Part } from './part.ts';

test('a part that died comes back, also when its first start after that takes too long', async () => {
	let starts = 0;
	const events: string[] = [];
	const parts: Part[] = [];
	const idle = () => {
		starts++;
		return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
	};
	const part = await startPart(
		{
			name: 'part',
			spawn: idle,
			isReady: () => Promise.resolve(starts !== 2),
			stopSignal: 'SIGTERM',
			patience: 200,
			explain: () => new StartProblem('it does not come up')
		},
		{ log: (event) => events.push(event), started: () => undefined },
		parts
	);
	process.kill(part.pid() ?? 0, 'SIGKILL');
	await vi.waitFor(() => expect(events).toContain('revived'), { timeout: 20_000 });
	expect(events).toEqual(['started', 'died', 'started', 'failed', 'started', 'revived']);
	expect(starts).toBe(3);
	const last = part.pid();
	await part.stop();
	await vi.waitFor(() => expect(() => process.kill(last ?? 0, 0)).toThrow('ESRCH'));
});
