import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { checkEntries, type Checked, type Context } from '#lib/submissions/check-entries.ts';
import type { Dataset } from '#lib/submissions/dataset.ts';
import type { Answers } from '#lib/submissions/find-table.ts';
import type { Table } from '#lib/submissions/table.ts';
import { entriesAsRows, pack, type Portion } from './portions.ts';
import { readBytes } from './read-bytes.ts';

export type Job = {
	path: string | null;
	bytes: Uint8Array | null;
	answers: Answers;
	/** Whether the rows themselves are wanted. */
	rows: boolean;
	check: { dataset: Dataset; context: Context } | null;
};

/** Portions of rows or entries first, then the rest, with empty lists in their place. */
export type Message = { portion?: Portion; done?: { table: Table; checked: Checked | null } };

function post(message: Message) {
	parentPort?.postMessage(message);
}

const job = workerData as Job;
const bytes = job.path === null ? Buffer.from(job.bytes ?? []) : readFileSync(job.path);
const table = await readBytes(bytes, job.answers);
const checked = job.check && checkEntries(table, job.check.dataset, job.check.context);
const sent = checked ? entriesAsRows(checked.entries) : job.rows ? table.rows : [];
for (const portion of pack(sent)) post({ portion });
post({
	done: { table: { ...table, rows: [] }, checked: checked && { ...checked, entries: [] } }
});
