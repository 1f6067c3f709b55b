import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { checkEntries, type Checked, type Context } from '#lib/filing/check-entries.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import type { Answers } from '#lib/sheets/find-table.ts';
import type { Progress } from '#lib/filing/progress.ts';
import type { Table } from '#lib/sheets/table.ts';
import { batchesOf, type Batch } from './batches.ts';
import { pack, type Portion } from './portions.ts';
import { readBytes } from './read-bytes.ts';

export type Job = {
	path: string | null;
	bytes: Uint8Array | null;
	answers: Answers;
	/** Whether the rows themselves are wanted. */
	rows: boolean;
	check: { dataset: Dataset; context: Context } | null;
};

/** What was found, without rows and entries; these are in portions and batches. */
export type Done = { table: Table; checked: Checked | null; batches: Batch[] };

/** How far it is, then portions of rows, then the rest. */
export type Message = { progress?: Progress; portion?: Portion; done?: Done };

parentPort?.on('message', (job: Job) => void work(job));

async function work({ path, bytes, answers, rows, check }: Job) {
	const file = path === null ? asBuffer(bytes ?? new Uint8Array()) : readFileSync(path);
	const table = await readBytes(file, answers, (done) => {
		post({ progress: { phase: 'reading', done } });
	});
	post({ progress: { phase: 'checking', done: table.rows.length } });
	const checked = check && checkEntries(table, check.dataset, check.context);
	// The check has taken them over.
	const problems = checked ? [] : table.problems;
	if (rows) for (const portion of pack(table.rows)) post({ portion });
	post({
		done: {
			table: { ...table, rows: [], problems },
			checked: checked && { ...checked, entries: [] },
			batches: batchesOf(checked?.entries ?? [])
		}
	});
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}

function post(message: Message) {
	parentPort?.postMessage(message);
}
