import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartProblem } from './folder.ts';

/** One process of an instance: Postgres, the API, the app. */
export type PartDefinition = {
	name: string;
	spawn(): ChildProcess;
	/** Resolves to true as soon as it does its work. Asked again and again until then. */
	isReady(): Promise<boolean>;
	/** Whether it answers at all, whatever it says; asked for as long as it runs. Without it only its end is noticed. */
	answers?(): Promise<boolean>;
	stopSignal: NodeJS.Signals;
	/** After how many milliseconds a start counts as failed. */
	patience?: number;
	/** Milliseconds between two questions whether it answers. */
	askedEvery?: number;
	/** What to say when it does not come up; given the part's exit code, or null if it only takes too long. */
	explain(code: number | null): StartProblem;
};

export type Part = {
	name: string;
	pid(): number | undefined;
	stop(): Promise<void>;
};

export type PartEvents = {
	log(event: string, fields?: Record<string, string | number | null>): void;
	/** Called for every process, the first and those that replace it. */
	started(name: string, pid: number): void;
};

const longestStart = 60_000;
const longestStop = 10_000;
const askedEvery = 5_000;
/** How many questions in a row go without an answer before a part counts as hanging: a machine that is busy is slow. */
const mostMisses = 4;

/**
 * Starts a part, waits until it is ready, and from then on starts it again whenever it dies or hangs.
 * @param parts gets the part before it is ready, so that it can be stopped on its way up
 */
export async function startPart(
	definition: PartDefinition,
	events: PartEvents,
	parts: Part[]
): Promise<Part> {
	const { name } = definition;
	let child: ChildProcess | null = null;
	let stopping = false;
	let failures = 0;

	const part: Part = {
		name,
		pid: () => child?.pid,
		async stop() {
			stopping = true;
			if (child) await end(child, definition.stopSignal);
			events.log('stopped', { part: name });
		}
	};
	parts.push(part);
	await launch();
	return part;

	async function launch(): Promise<void> {
		const process = definition.spawn();
		child = process;
		let gone = false;
		const exited = new Promise<number | null>((resolve) => {
			process.once('error', () => resolve(null));
			process.once('exit', (code) => resolve(code));
		}).then((code) => {
			gone = true;
			if (child === process) child = null;
			return code;
		});
		if (process.pid) events.started(name, process.pid);
		events.log('started', { part: name, pid: process.pid ?? null });

		const deadline = Date.now() + (definition.patience ?? longestStart);
		while (!gone && !(await definition.isReady())) {
			if (Date.now() > deadline) {
				await end(process, 'SIGKILL');
				throw definition.explain(null);
			}
			await Promise.race([pause(25), exited]);
		}
		if (gone) throw definition.explain(await exited);

		failures = 0;
		void watch(process, () => gone);
		void exited.then(async (code) => {
			if (stopping) return;
			events.log('died', { part: name, code });
			await revive();
		});
	}

	/** Ends a part that runs and answers nobody; as one that died it is then started again. */
	async function watch(process: ChildProcess, isGone: () => boolean): Promise<void> {
		for (let misses = 0; misses < mostMisses;) {
			await pause(definition.askedEvery ?? askedEvery, null, { ref: false });
			if (!definition.answers || stopping || isGone()) return;
			misses = (await definition.answers()) ? 0 : misses + 1;
		}
		if (stopping || isGone()) return;
		events.log('silent', { part: name, pid: process.pid ?? null });
		process.kill('SIGKILL');
	}

	/** Starts a part that died; one that does not come up, more and more slowly, for as long as the instance runs. */
	async function revive(): Promise<void> {
		while (!stopping) {
			await pause(Math.min(100 * 2 ** failures++, 5_000));
			if (stopping) return;
			try {
				await launch();
				events.log('revived', { part: name });
				return;
			} catch (error) {
				// Whatever it is, a full disk too: the others run on, and it may be over by the next time.
				events.log('failed', { part: name, problem: (error as Error).message });
			}
		}
	}
}

/** Ends a process politely, then not. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill(signal);
	const patience = setTimeout(() => child.kill('SIGKILL'), longestStop);
	await exited;
	clearTimeout(patience);
}
