import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Finding } from '#lib/sheets/table.ts';
import { LIMITS } from './limits.ts';
import type { Done, Job, Message } from './worker.ts';

/** More threads than processors would only share them out, and each may take its share of memory. */
const MOST = Math.max(2, availableParallelism());
/** To start a thread takes longer than to read most files, so it is kept for the next one, in milliseconds. */
const KEPT = 5 * 60_000;
/**
 * Time is counted in computing, so that a busy machine does not refuse an honest file; by the clock it may take this
 * many times as long.
 */
const BUSY = 4;

const idle = new Map<Worker, NodeJS.Timeout>();
const waiting = new Set<() => void>();
let busy = 0;

/** Starts a thread ahead of the file that is about to come. */
export function prepare() {
	if (busy === 0 && idle.size === 0) keep(start());
}

/**
 * Does a job in a thread, in turn; gives why it was stopped when it takes too long or too much memory.
 * @throws the reason of `cancelled`, at once: the thread ends with the job
 */
export async function inThread(
	job: Job,
	patience: number,
	hear: (message: Message) => void,
	cancelled?: AbortSignal
): Promise<Done | Finding> {
	await turn(cancelled);
	const worker = borrow();
	let timer: NodeJS.Timeout | undefined;
	let sound = false;
	try {
		const before = await computed(worker);
		const started = performance.now();
		return await new Promise<Done | Finding>((resolve, reject) => {
			const giveUp = () => {
				resolve({ rule: 'too_slow', params: { seconds: Math.round(patience / 1000) } });
			};
			timer = setInterval(
				() => {
					if (performance.now() - started > patience * BUSY) giveUp();
					else void computed(worker).then((spent) => spent - before > patience && giveUp());
				},
				Math.min(200, patience)
			);
			worker.on('message', (message: Message) => {
				hear(message);
				if (!message.done) return;
				sound = true;
				resolve(message.done);
			});
			worker.on('error', (error: NodeJS.ErrnoException) => {
				if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
					resolve({ rule: 'too_much_memory', params: {} });
				else reject(error);
			});
			worker.on('exit', () => {
				reject(new Error('the reader of uploaded files stopped without an answer'));
			});
			cancelled?.addEventListener('abort', () => reject(cancelled.reason as Error), { once: true });
			worker.postMessage(job);
		});
	} finally {
		clearInterval(timer);
		silence(worker);
		if (sound) keep(worker);
		else await worker.terminate();
		busy--;
		callNext();
	}
}

/** Waits until a thread may be had; whoever cancels meanwhile leaves the queue. */
async function turn(cancelled?: AbortSignal): Promise<void> {
	while (busy >= MOST && !cancelled?.aborted) {
		await new Promise<void>((resolve) => {
			const go = () => {
				waiting.delete(go);
				resolve();
			};
			waiting.add(go);
			cancelled?.addEventListener('abort', go, { once: true });
		});
	}
	if (cancelled?.aborted) {
		// It may have been called just before: then the turn is the next one's.
		if (busy < MOST) callNext();
		throw cancelled.reason;
	}
	busy++;
}

function callNext() {
	const [first] = waiting;
	first?.();
}

function borrow(): Worker {
	const [kept] = idle;
	if (!kept) return start();
	const [worker, timer] = kept;
	clearTimeout(timer);
	idle.delete(worker);
	silence(worker);
	worker.ref();
	return worker;
}

/** An idle thread keeps no process alive, and goes when nobody needs it. */
function keep(worker: Worker) {
	const leave = () => {
		clearTimeout(idle.get(worker));
		idle.delete(worker);
	};
	const timer = setTimeout(() => {
		leave();
		void worker.terminate();
	}, KEPT);
	idle.set(worker, timer.unref());
	worker.once('error', leave);
	worker.once('exit', leave);
	worker.unref();
}

function silence(worker: Worker) {
	for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
	// One that runs out of memory while it is being ended would otherwise end the whole process.
	worker.on('error', () => undefined);
}

function start(): Worker {
	const worker = new Worker(workerFile(), {
		execArgv: [],
		env: {},
		stderr: true,
		resourceLimits: {
			maxOldGenerationSizeMb: LIMITS.workerMegabytes,
			maxYoungGenerationSizeMb: 24
		}
	});
	silence(worker);
	return worker;
}

/** Milliseconds the thread has computed; 0 while it starts or when it has ended. */
async function computed(worker: Worker): Promise<number> {
	const spent = await worker.cpuUsage().catch(() => null);
	return spent === null ? 0 : (spent.user + spent.system) / 1000;
}

let found: string | undefined;

/**
 * The worker runs from its source, which Node reads directly. A build moves this file elsewhere in the project, so
 * the worker is looked for upwards from here.
 */
function workerFile(): string {
	for (let folder = import.meta.dirname; found === undefined; folder = dirname(folder)) {
		const file = join(folder, 'src/lib/server/sheets/worker.ts');
		if (existsSync(file)) found = file;
		else if (folder === dirname(folder)) {
			throw new Error('src/lib/server/sheets/worker.ts is missing');
		}
	}
	return found;
}
