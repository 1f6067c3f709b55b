import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { StartProblem } from './folder.ts';
import { startPart, type Part, type PartDefinition } from './part.ts';
import { freePort } from './postgres.ts';

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

test('a part that hangs is ended and started again', async () => {
	const port = await freePort();
	const { events, part } = await watched(
		() => asks(port),
		`require('node:http').createServer((_, answer) => answer.end()).listen(${port}, '127.0.0.1')`
	);
	const hanging = part.pid() ?? 0;
	process.kill(hanging, 'SIGSTOP');
	await vi.waitFor(() => expect(events).toContain('revived'), { timeout: 20_000 });
	expect(events).toEqual(['started', 'silent', 'died', 'started', 'revived']);
	expect(part.pid()).not.toBe(hanging);
	await part.stop();
});

test('a part that is slow now and then is left alone', async () => {
	let asked = 0;
	const { events, part } = await watched(() => Promise.resolve(++asked % 4 === 0));
	await vi.waitFor(() => expect(asked).toBeGreaterThan(40), { timeout: 20_000 });
	expect(events).toEqual(['started']);
	await part.stop();
});

/** A process that is asked often whether it answers. */
async function watched(answers: () => Promise<boolean>, script = 'setInterval(() => {}, 1000)') {
	const events: string[] = [];
	const definition: PartDefinition = {
		name: 'part',
		spawn: () => spawn(process.execPath, ['-e', script]),
		isReady: answers,
		answers,
		askedEvery: 20,
		stopSignal: 'SIGTERM',
		explain: () => new StartProblem('it does not come up')
	};
	const part = await startPart(
		definition,
		{ log: (event) => events.push(event), started: () => undefined },
		[]
	);
	return { events, part };
}

async function asks(port: number): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(300) })).ok;
	} catch {
		return false;
	}
}
