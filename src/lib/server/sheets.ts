import { stat } from 'node:fs/promises';
import { checkEntries } from '#lib/filing/check-entries.ts';
import type { Checked, Context } from '#lib/filing/checked.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import { refusedTable } from '#lib/sheets/find-table.ts';
import type { Answers } from '#lib/sheets/sheet-cells.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import type { Finding, Row, Table } from '#lib/sheets/table.ts';
import type { ColumnMapping } from '#lib/sheets/mapping.ts';
import { LIMITS } from '#lib/server/sheets/limits.ts';
import { unpack } from '#lib/server/sheets/portions.ts';
import { inThread } from '#lib/server/sheets/threads.ts';
import type { Done, Job, Message } from '#lib/server/sheets/worker.ts';

export { prepare } from '#lib/server/sheets/threads.ts';

export type ReadOptions = Answers & {
	/** Milliseconds of computing after which the file is refused. */
	patience?: number;
	/** False: only the summary is wanted; `rows` stays empty. */
	rows?: boolean;
};

type CheckOptions = Omit<ReadOptions, 'rows'> & {
	watcher?: Watcher;
	/** Tried in this order where columns have no meaning of their own. */
	known?: ColumnMapping[];
};

/**
 * Reads an uploaded CSV or XLSX file, a path or its bytes. Never throws for what the file holds: a file that cannot
 * or should not be read comes back as `refused` with its reason. The work is done in a thread of its own with a
 * memory and a time limit, because files come from strangers.
 */
export async function read(file: string | Uint8Array, options: ReadOptions = {}): Promise<Table> {
	const { patience = LIMITS.milliseconds, rows = true, ...answers } = options;
	const taken: Row[] = [];
	const done = await work(file, { answers, rows, check: null }, patience, ({ portion }) => {
		if (portion) taken.push(...unpack(portion));
	});
	return done.table.verdict === 'refused' ? done.table : { ...done.table, rows: taken };
}

/**
 * Reads a file and checks it against a dataset, both in the reader's thread: the server's own thread never holds the
 * rows and is never busy with them. `table.rows` and `checked.entries` stay empty: what is to be filed is in `batches`.
 * The file is read once, however many mappings are `known`.
 * @throws the reason for which `watcher` cancelled it
 */
export async function check(
	file: string | Uint8Array,
	dataset: Dataset,
	context: Context,
	options: CheckOptions = {}
): Promise<Omit<Done, 'checked'> & { checked: Checked }> {
	const { patience = LIMITS.milliseconds, watcher, known = [], ...answers } = options;
	const sent = { dataset, context: { ...context, regions: [...context.regions] }, known };
	const job = { answers, rows: false, check: sent };
	const hear = ({ progress }: Message) => {
		if (progress) watcher?.tell(progress);
	};
	const done = await work(file, job, patience, hear, watcher?.cancelled);
	// A reading that was stopped has not been checked: it is a refusal, and that is what the check makes of it.
	return { ...done, checked: done.checked ?? checkEntries(done.table, dataset, context) };
}

async function work(
	file: string | Uint8Array,
	job: Pick<Job, 'answers' | 'rows' | 'check'>,
	patience: number,
	hear: (message: Message) => void,
	cancelled?: AbortSignal
): Promise<Done> {
	const path = typeof file === 'string' ? file : null;
	const bytes = typeof file === 'string' ? null : file;
	const size = path === null ? (bytes?.byteLength ?? 0) : (await stat(path)).size;
	if (size > LIMITS.fileBytes) {
		return stopped({ rule: 'file_too_large', params: { limit: LIMITS.fileBytes / 1024 / 1024 } });
	}
	const done = await inThread({ path, bytes, ...job }, patience, hear, cancelled);
	return 'rule' in done ? stopped(done) : done;
}

function stopped({ rule, params }: Finding): Done {
	const nothing = { format: null, encoding: null, delimiter: null };
	const table = refusedTable(nothing, rule, params);
	return { table, checked: null, known: null, answers: {}, batches: [] };
}
