import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { checkEntries } from '#lib/filing/check-entries.ts';
import type { Checked, Context } from '#lib/filing/checked.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import type { Answers } from '#lib/sheets/sheet-cells.ts';
import { answersFor, hasSameHeader, type ColumnMapping } from '#lib/sheets/mapping.ts';
import type { Progress } from '#lib/filing/progress.ts';
import type { Table } from '#lib/sheets/table.ts';
import { batchesOf, type Batch } from './batches.ts';
import { pack, type Portion } from './portions.ts';
import { openBytes, type Opened } from './read-bytes.ts';

export type Job = {
	path: string | null;
	bytes: Uint8Array | null;
	answers: Answers;
	/** Whether the rows themselves are wanted. */
	rows: boolean;
	/** `known`: mappings to try where columns have no meaning of their own. */
	check: { dataset: Dataset; context: Context; known: ColumnMapping[] } | null;
};

/** The result of reading, without rows and entries; these are in portions and batches. */
export type Done = {
	table: Table;
	checked: Checked | null;
	/** The mapping under which the file was read; null where it needed none. */
	known: ColumnMapping | null;
	/** Its answers with the sheet of this file. */
	answers: Answers;
	batches: Batch[];
};

/** A message of the thread: its progress, then portions of rows, then the rest. */
export type Message = { progress?: Progress; portion?: Portion; done?: Done };

parentPort?.on('message', (job: Job) => void work(job));

async function work({ path, bytes, answers, rows, check }: Job) {
	const file = path === null ? asBuffer(bytes ?? new Uint8Array()) : readFileSync(path);
	const opened = await openBytes(file, answers, (done) => {
		post({ progress: { phase: 'reading', done } });
	});
	post({ progress: { phase: 'checking', done: opened.table.rows.length } });
	const { table, checked, ...as } = checkedBy(opened, answers, check);
	// The check has taken them over.
	const problems = checked ? [] : table.problems;
	if (rows) for (const portion of pack(table.rows)) post({ portion });
	post({
		done: {
			table: { ...table, rows: [], problems },
			checked: checked && { ...checked, entries: [] },
			...as,
			batches: batchesOf(checked?.entries ?? [])
		}
	});
}

/** Checks a file by its own names, or else as a mapping says that was made for exactly its header. */
function checkedBy({ table, cut }: Opened, answers: Answers, check: Job['check']) {
	const none = { table, known: null, answers };
	if (!check) return { ...none, checked: null };
	const { dataset, context } = check;
	const plain = checkEntries(table, dataset, context);
	if (plain.verdict !== 'needs_mapping') return { ...none, checked: plain };
	for (const known of check.known) {
		const said = answersFor(known.mapping, table);
		const again = said && cut(said);
		if (!again || !hasSameHeader(known.mapping, again)) continue;
		const checked = checkEntries(again, dataset, { ...context, mapping: known.mapping.mapping });
		return { table: again, known, answers: said, checked };
	}
	return { ...none, checked: plain };
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
	return Buffer.from(buffer, byteOffset, byteLength);
}

function post(message: Message) {
	parentPort?.postMessage(message);
}
