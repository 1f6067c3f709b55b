import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
	checkEntries,
	type Checked,
	type Context,
	type Entry
} from '#lib/submissions/check-entries.ts';
import type { Dataset } from '#lib/submissions/dataset.ts';
import { refuse, type Answers } from '#lib/submissions/find-table.ts';
import type { Finding, Row, Table } from '#lib/submissions/table.ts';
import { LIMITS } from './sheet/limits.ts';
import { rowsAsEntries, unpack, type Portion } from './sheet/portions.ts';
import type { Job, Message } from './sheet/worker.ts';

export type ReadOptions = Answers & {
	/** Milliseconds of computing after which the file is refused. */
	patience?: number;
	/** False: only the summary is wanted; `rows` stays empty. */
	rows?: boolean;
};

/**
 * Reads an uploaded CSV or XLSX file, a path or its bytes. Never throws for what the file holds: a file that cannot
 * or should not be read comes back as `refused` with its reason. The work is done in a thread of its own with a
 * memory and a time limit, because files come from strangers.
 */
export async function read(file: string | Uint8Array, options: ReadOptions = {}): Promise<Table> {
	const { patience = LIMITS.milliseconds, rows = true, ...answers } = options;
	const taken: Row[] = [];
	const done = await work(file, { answers, rows, check: null }, patience, (portion) => {
		taken.push(...unpack(portion));
	});
	return done.table.verdict === 'refused' ? done.table : { ...done.table, rows: taken };
}

/**
 * Reads a file and checks it against a dataset, both in the reader's thread: the server's own thread never holds the
 * rows and is never busy with them. `table.rows` stays empty.
 */
export async function check(
	file: string | Uint8Array,
	dataset: Dataset,
	context: Context,
	options: Omit<ReadOptions, 'rows'> = {}
): Promise<{ table: Table; checked: Checked }> {
	const { patience = LIMITS.milliseconds, ...answers } = options;
	const sent = { dataset, context: { ...context, regions: [...context.regions] } };
	const entries: Entry[] = [];
	const { table, checked } = await work(
		file,
		{ answers, rows: false, check: sent },
		patience,
		(portion) => {
			entries.push(...rowsAsEntries(unpack(portion)));
		}
	);
	// A reading that was stopped has not been checked: it is a refusal, and that is what the check makes of it.
	return { table, checked: { ...(checked ?? checkEntries(table, dataset, context)), entries } };
}

type Done = NonNullable<Message['done']>;

async function work(
	file: string | Uint8Array,
	job: Pick<Job, 'answers' | 'rows' | 'check'>,
	patience: number,
	take: (portion: Portion) => void
): Promise<Done> {
	const path = typeof file === 'string' ? file : null;
	const bytes = typeof file === 'string' ? null : file;
	const size = path === null ? (bytes?.byteLength ?? 0) : (await stat(path)).size;
	if (size > LIMITS.fileBytes) {
		return stopped({ rule: 'file_too_large', params: { limit: LIMITS.fileBytes / 1024 / 1024 } });
	}
	const worker = new Worker(workerFile(), {
		workerData: { path, bytes, ...job } satisfies Job,
		execArgv: [],
		env: {},
		stderr: true,
		resourceLimits: {
			maxOldGenerationSizeMb: LIMITS.workerMegabytes,
			maxYoungGenerationSizeMb: 24
		}
	});
	let timer: NodeJS.Timeout | undefined;
	const started = performance.now();
	try {
		return await new Promise<Done>((resolve, reject) => {
			const giveUp = () => {
				resolve(stopped({ rule: 'too_slow', params: { seconds: Math.round(patience / 1000) } }));
			};
			timer = setInterval(
				() => {
					if (performance.now() - started > patience * BUSY) giveUp();
					else void computed(worker).then((spent) => spent > patience && giveUp());
				},
				Math.min(200, patience)
			);
			worker.on('message', ({ portion, done }: Message) => {
				if (portion) take(portion);
				if (done) resolve(done);
			});
			worker.on('error', (error: NodeJS.ErrnoException) => {
				if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
					resolve(stopped({ rule: 'too_much_memory', params: {} }));
				} else {
					reject(error);
				}
			});
			worker.on('exit', () => {
				reject(new Error('the reader of uploaded files stopped without an answer'));
			});
		});
	} finally {
		clearInterval(timer);
		await worker.terminate();
	}
}

function stopped({ rule, params }: Finding): Done {
	const nothing = { format: null, encoding: null, delimiter: null };
	return { table: refuse(nothing, rule, params), checked: null };
}

/**
 * Time is counted in computing, so that a busy machine does not refuse an honest file; by the clock it may take this
 * many times as long.
 */
const BUSY = 4;

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
		const file = join(folder, 'src/lib/server/sheet/worker.ts');
		if (existsSync(file)) found = file;
		else if (folder === dirname(folder)) {
			throw new Error('src/lib/server/sheet/worker.ts is missing');
		}
	}
	return found;
}
