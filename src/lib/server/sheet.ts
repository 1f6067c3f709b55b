import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { refuse, type Answers } from '#lib/submissions/find-table.ts';
import type { Row, Table } from '#lib/submissions/table.ts';
import { LIMITS } from './sheet/limits.ts';

export type ReadOptions = Answers & {
	/** After which the file is refused, in milliseconds. */
	patience?: number;
	/** False: only the summary is wanted; `rows` stays empty. */
	rows?: boolean;
};

type Message = { rows?: Row[]; table?: Table };

const NOTHING = { format: null, encoding: null, delimiter: null };

/**
 * Reads an uploaded CSV or XLSX file, a path or its bytes. Never throws for what the file holds: a file that cannot
 * or should not be read comes back as `refused` with its reason. The work is done in a thread of its own with a
 * memory and a time limit, because files come from strangers.
 */
export async function read(file: string | Uint8Array, options: ReadOptions = {}): Promise<Table> {
	const { patience = LIMITS.milliseconds, rows = true, ...answers } = options;
	const size = typeof file === 'string' ? (await stat(file)).size : file.byteLength;
	if (size > LIMITS.fileBytes) {
		return refuse(NOTHING, 'file_too_large', { limit: LIMITS.fileBytes / 1024 / 1024 });
	}
	const taken: Row[][] = [];
	const worker = new Worker(workerFile(), {
		workerData: {
			path: typeof file === 'string' ? file : null,
			bytes: typeof file === 'string' ? null : file,
			answers,
			rows
		},
		execArgv: [],
		env: {},
		stderr: true,
		resourceLimits: { maxOldGenerationSizeMb: LIMITS.workerMegabytes, maxYoungGenerationSizeMb: 24 }
	});
	let timer: NodeJS.Timeout | undefined;
	try {
		const table = await new Promise<Table>((resolve, reject) => {
			timer = setTimeout(() => {
				resolve(refuse(NOTHING, 'too_slow', { seconds: Math.round(patience / 1000) }));
			}, patience);
			worker.on('message', (message: Message) => {
				if (message.rows) taken.push(message.rows);
				if (message.table) resolve(message.table);
			});
			worker.on('error', (error: NodeJS.ErrnoException) => {
				if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refuse(NOTHING, 'too_much_memory'));
				else reject(error);
			});
			worker.on('exit', () => {
				reject(new Error('the reader of uploaded files stopped without an answer'));
			});
		});
		return table.verdict === 'refused' ? table : { ...table, rows: taken.flat() };
	} finally {
		clearTimeout(timer);
		await worker.terminate();
	}
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
		else if (folder === dirname(folder))
			throw new Error('src/lib/server/sheet/worker.ts is missing');
	}
	return found;
}
