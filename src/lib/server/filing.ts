import type { Dataset } from '#lib/datasets/dataset.ts';
import type { Checked, Context, Fence, Sum, WarningFound } from '#lib/filing/checked.ts';
import { cellKey } from '#lib/filing/entry.ts';
import { comparedBy } from '#lib/filing/check-rules.ts';
import type { FiledValue, Locked } from '#lib/filing/locked-cells.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import { correctedTexts, UNREAD, type ColumnMapping, type Reading } from '#lib/sheets/mapping.ts';
import type { Table } from '#lib/sheets/table.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import type { Correction, Receipt, Warning } from '#lib/submissions/submission.ts';
import { datasetOf, regionsOf, jurisdictionOf, places } from '#lib/server/datasets.ts';
import { jsonOf, refusalOf, refusing, rows, type Db } from '#lib/server/db.ts';
import { remember } from '#lib/server/process/remember.ts';
import * as revisions from '#lib/server/revisions.ts';
import { sha256 } from '#lib/server/sha256.ts';
import * as sheets from '#lib/server/sheets.ts';
import { countOf, type Batch } from '#lib/server/sheets/batches.ts';
import { obligation } from '#lib/server/submissions.ts';

/** A file as it stands on its receipt. `sha256`: in hex. */
type FileFiled = { name: string; size: number; sha256: string };

/** While the database stores one batch the API takes the next one in. */
const CALLS_AT_ONCE = 2;

/** The context of a check besides the dataset: regions, history, sums, locked cells. */
export async function context(db: Db, owed: Obligation, of: Dataset): Promise<Context> {
	const jurisdiction = await jurisdictionOf(db, owed.organisation_id);
	const { cells, sums, peers } = comparedBy(of.rules);
	const [around, locked, history, fences] = await Promise.all([
		places(db, of, jurisdiction),
		lockedCells(db, owed.id),
		cells.length || sums.length ? historyOf(db, owed.id, cells, sums) : null,
		peers ? peerFences(db, owed.id) : []
	]);
	return {
		...around,
		jurisdiction,
		period: owed.period,
		organisation_id: owed.organisation_id,
		locked,
		...history,
		fences
	};
}

/** The cells that the return of an obligation's last decided version left closed; null where everything may change. */
async function lockedCells(db: Db, obligation: string): Promise<Locked | null> {
	return lockedIn(jsonOf<LockedColumns | null>(await db.rpc('locked_cells', { obligation })));
}

/** What `locked_cells` answers: each cell of the version that came back, by columns. */
export type LockedColumns = Pick<Locked, 'submission' | 'accepted' | 'open'> &
	Record<'measure' | 'region' | 'occupation' | 'employment_mode', string[]> & {
		value: (number | null)[];
		missing_reason: FiledValue['missing_reason'][];
		cell: (string | null)[];
	};

export function lockedIn(found: LockedColumns | null): Locked | null {
	if (!found) return null;
	const { submission, accepted, open, ...columns } = found;
	const values = columns.measure.map((measure_code, at): FiledValue => ({
		measure_code,
		region_code: columns.region[at] ?? '',
		occupation: columns.occupation[at] ?? '',
		employment_mode: columns.employment_mode[at] ?? '',
		value: columns.value[at] ?? null,
		missing_reason: columns.missing_reason[at] ?? null,
		cell: columns.cell[at] ?? null
	}));
	return {
		submission,
		accepted,
		open,
		values: new Map(values.map((one) => [cellKey(one), one]))
	};
}

/** Cells and totals of accepted filings that a new one is compared with; `cells` null: of every measure. */
async function historyOf(db: Db, obligation: string, cells: string[] | null, sums: string[]) {
	const asked = { obligation, ...(cells && { cells }), sums };
	const found = jsonOf<History | null>(await db.rpc('filing_history', asked));
	return { previous: previousIn(found), sums: found?.sums ?? [] };
}

/** What `filing_history` answers; null: the reader sees no such obligation. */
export type History = { cells: { keys: string[]; values: number[] }; sums: Sum[] };

function previousIn(found: History | null): Map<string, number> {
	return new Map(found?.cells.keys.map((key, at) => [key, found.cells.values[at]!]));
}

/** The usual range of rates among peers, by rule. */
async function peerFences(db: Db, obligation: string): Promise<Fence[]> {
	return rows(await db.rpc('peer_fences', { obligation }));
}

/** The parts of an obligation's template. */
export async function templateOf(db: Db, id: string) {
	const owed = await obligation(db, id);
	const [jurisdiction, history] = await Promise.all([
		jurisdictionOf(db, owed.organisation_id),
		db.rpc('filing_history', { obligation: owed.id }).then(jsonOf<History | null>)
	]);
	return templateFor(db, owed, jurisdiction, history);
}

/** The same of what is known of the obligation already. */
export async function templateFor(
	db: Db,
	owed: Obligation,
	jurisdiction: string,
	history: History | null
) {
	const of = await datasetOf(db, owed);
	const [all, units] = await Promise.all([
		regionsOf(db, [of.region_level], jurisdiction),
		remember(db, 'submissions units', async () =>
			rows(await db.from('units').select('code, symbol_zh, symbol_en'))
		)
	]);
	return {
		dataset: of,
		organisation_id: owed.organisation_id,
		period: owed.period,
		regions: all.filter(({ valid_to }) => valid_to === null),
		units: new Map(units.map(({ code, symbol_zh, symbol_en }) => [code, { symbol_zh, symbol_en }])),
		previous: previousIn(history)
	};
}

/** A file that arrived for an obligation, whichever way. */
export type Arrived = {
	name: string;
	/** A CSV or XLSX file. */
	bytes: Uint8Array;
	/** What was sent, where `bytes` were made from it; its hash stands on the receipt. */
	original?: Uint8Array;
};

/** A file that was checked for an obligation. Only one that is `ready` is filed. */
export type Checking = {
	obligation: Obligation;
	dataset: Dataset;
	file: FileFiled;
	reading: Reading;
	/** The columns were read as remembered under this name. */
	remembered: string | null;
	/** Its rows and entries stay empty. */
	table: Table;
	checked: Checked;
	batches: Batch[];
	ready: boolean;
};

type HowRead = {
	/** What a person said about the file. */
	reading?: Reading;
	/** Mappings of the organisation, for columns that have no meaning of their own. */
	known?: ColumnMapping[];
	watcher?: Watcher | undefined;
};

/**
 * Reads what arrived, once, and checks it against its dataset: the page, the form and the API alike.
 * @throws the reason of a cancellation
 */
export async function check(
	db: Db,
	obligation: Obligation,
	{ name, bytes, original = bytes }: Arrived,
	{ reading = UNREAD, known = [], watcher }: HowRead = {}
): Promise<Checking> {
	const dataset = await datasetOf(db, obligation);
	const { answers, mapping, explanations } = reading;
	const found = await sheets.check(
		bytes,
		dataset,
		{
			...(await context(db, obligation, dataset)),
			mapping,
			corrections: correctedTexts(reading),
			explanations
		},
		{ ...answers, known, ...(watcher && { watcher }) }
	);
	const { table, checked, batches, known: as } = found;
	return {
		obligation,
		dataset,
		file: { name, size: original.byteLength, sha256: sha256(original) },
		reading: as ? { ...UNREAD, answers: found.answers, mapping: as.mapping.mapping } : reading,
		remembered: as?.name ?? null,
		table,
		checked,
		batches,
		ready: checked.verdict === 'ready' && checked.unexplained === 0
	};
}

/**
 * Files what was found ready, whole or not at all, and one filing of an obligation after the other: the same file
 * sent twenty times at once is then filed once. `key`: the sender's name for this filing, the same again changes
 * nothing. With a `revision_reason` a correction of accepted figures is opened first.
 * @throws the reason of a cancellation; the refusals of submit and of revisions.open
 */
export async function file(
	db: Db,
	{ obligation, file, reading, checked, batches, ready }: Checking,
	how: {
		key?: string | undefined;
		revision_reason?: string | undefined;
		watcher?: Watcher | undefined;
	} = {}
): Promise<Receipt> {
	if (!ready) throw new Error('only what is ready is filed');
	const asItIs = JSON.stringify(reading) === JSON.stringify(UNREAD);
	const named = {
		...file,
		...(how.key && { key: how.key }),
		...(!asItIs && { reading: sha256(JSON.stringify(reading)) }),
		corrections: Object.entries(reading.corrections).map(([cell, made]) => ({ cell, ...made }))
	};
	return inTurn(obligation.id, async () => {
		how.watcher?.cancelled.throwIfAborted();
		const filed = () => submit(db, obligation.id, named, batches, checked.warnings, how.watcher);
		try {
			return await filed();
		} catch (caught) {
			const reason = how.revision_reason;
			if (!reason || refusalOf(caught)?.key !== 'revision_not_opened') throw caught;
			await revisions.open(db, obligation.id, reason);
			return filed();
		}
	});
}

const last = new Map<string, Promise<unknown>>();

async function inTurn<T>(obligation: string, act: () => Promise<T>): Promise<T> {
	const before = last.get(obligation) ?? Promise.resolve();
	const mine = before.catch(() => undefined).then(act);
	last.set(obligation, mine);
	try {
		return await mine;
	} finally {
		if (last.get(obligation) === mine) last.delete(obligation);
	}
}

/**
 * Files entries for an obligation: all of them or none, once. The same file or key again changes nothing and gives
 * the first receipt, `repeated`. Until the last transaction `watcher` may cancel it, and nothing is left.
 * @throws the reason of a cancellation; submission_under_way where another attempt took over; the refusals of start_submission, add_entries and submit_submission
 */
export async function submit(
	db: Db,
	obligation: string,
	file: FileFiled & {
		key?: string;
		/** SHA-256 of what a person added to the file: the same file read otherwise is another filing. */
		reading?: string;
		corrections?: Correction[];
	},
	batches: Batch[],
	found: WarningFound[],
	watcher?: Watcher
): Promise<Receipt> {
	const started = rows(
		await db.rpc('start_submission', {
			obligation,
			file_name: file.name,
			file_sha256: file.sha256,
			file_size: file.size,
			idempotency_key: file.key,
			reading_sha256: file.reading ?? ''
		})
	) as Receipt;
	if (started.status !== 'draft') return started;

	try {
		return await complete(db, started.submission, batches, found, watcher, file.corrections);
	} catch (caught) {
		if (watcher?.cancelled.aborted && caught === watcher.cancelled.reason)
			rows(await db.rpc('abandon_submission', { submission: started.submission }));
		// The draft is gone: another attempt under the same key, or for the same file, has taken its place.
		const key = refusalOf(caught)?.key;
		if (key === 'submission_not_found' || key === 'submission_not_open_for_entries')
			refusing({ status: 409, key: 'submission_under_way' });
		throw caught;
	}
}

async function complete(
	db: Db,
	submission: string,
	batches: Batch[],
	found: WarningFound[],
	watcher: Watcher | undefined,
	corrections: Correction[] = []
): Promise<Receipt> {
	const of = countOf(batches);
	const waiting = batches.values();
	let done = 0;
	const send = async () => {
		for (const { first, count, columns } of waiting) {
			watcher?.cancelled.throwIfAborted();
			watcher?.tell({ phase: 'storing', done, of });
			rows(await db.rpc('add_entries', { submission, first, entries: columns }));
			done += count;
		}
	};
	await Promise.all(Array.from({ length: CALLS_AT_ONCE }, send));
	if (corrections.length) rows(await db.rpc('note_corrections', { submission, corrections }));
	const warnings: Warning[] = found.map(({ rule, params, cell, value, explanation }) => ({
		rule,
		params,
		cell,
		value,
		explanation
	}));
	watcher?.cancelled.throwIfAborted();
	watcher?.tell({ phase: 'filing', done, of });
	return rows(await db.rpc('submit_submission', { submission, expected: of, warnings })) as Receipt;
}
