import type { PostgrestError } from '@supabase/supabase-js';
import { asOf, type Dataset, type Measure, type Region } from '#lib/datasets/dataset.ts';
import type { MarkCode, Opens } from '#lib/reviews/marks.ts';
import type { ChangesPage, EntryPage } from '#lib/submissions/page.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import type { Params } from '#lib/sheets/table.ts';
import {
	previousKey,
	type Context,
	type Fence,
	type Sum,
	type WarningFound
} from '#lib/filing/check-entries.ts';
import { comparedBy } from '#lib/filing/check-rules.ts';
import type { Locked, Standing } from '#lib/filing/locked-cells.ts';
import { refusalOf, refusing, rows, toNumber, type Db } from '#lib/server/db.ts';
import { remember } from '#lib/server/process/remember.ts';
import { countOf, type Batch } from '#lib/server/sheets/batches.ts';
import type { FilingState, SubmissionStatus } from '#lib/submissions/states.ts';

/** An obligation with its newest filing, as the reader may see it. */
export type Obligation = {
	id: string;
	council_id: string;
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	short_zh: string;
	short_en: string;
	dataset_code: string;
	dataset_zh: string;
	dataset_en: string;
	frequency: string;
	period: string;
	opens_on: string;
	due_on: string;
	/** The first one, where a decision moved it. */
	original_due_on: string | null;
	excused_reason: string | null;
	submission_id: string | null;
	version: number | null;
	submission_status: string | null;
	submitted_at: string | null;
	late_days: number | null;
	row_count: number | null;
	state: FilingState;
	/** The last day on which an accepted filing may be corrected without an exception; null: every day. */
	locks_on: string | null;
	/** Whether a filing was accepted: another one is then a correction. */
	accepted_before: boolean;
};

/** What a filing leaves in the hands of who filed it. Hashes are SHA-256 in hex; `repeated`: this file was filed before. */
export type Receipt = {
	submission: string;
	status: SubmissionStatus;
	version: number;
	dataset: string;
	period: string;
	organisation_zh: string;
	organisation_en: string;
	file_name: string;
	file_sha256: string;
	values_sha256: string;
	row_count: number;
	submitted_at: string;
	submitted_by: string | null;
	late_days: number;
	/** Cells corrected on the page before filing; the file itself stays as it was. */
	corrections: Correction[];
	repeated?: boolean;
};

export type Correction = { cell: string; from: string; to: string };

export type Submission = {
	id: string;
	obligation_id: string;
	council_id: string;
	organisation_id: string;
	dataset_code: string;
	period: string;
	version: number | null;
	status: Exclude<SubmissionStatus, 'draft'>;
	stage: number;
	file_name: string;
	row_count: number | null;
	warnings: Warning[];
	created_by: string;
	submitted_at: string | null;
	late_days: number | null;
	decided_at: string | null;
	/** Of a version that came back: what was accepted all the same. */
	accepted_measures: string[];
};

/** A rule that was not met and the explanation given for it; it travels with the filing to the reviewer. */
type Warning = {
	rule: string;
	params: Params;
	cell: string;
	value: string;
	explanation: string;
};

export type Review = {
	id: string;
	submission_id: string;
	stage: number;
	organisation_id: string;
	reviewed_at: string;
	decision: 'accept' | 'return';
	reason: string | null;
	marks: Mark[];
};

/** A cell that must be corrected, why, and what else may change with it. */
export type Mark = { position: number; code: MarkCode; note: string; opens: Opens };

/** One thing that happened to a value; null: not said by this kind of event. */
export type ThreadEvent = {
	at: string;
	kind: 'value' | 'correction' | 'mark' | 'reply';
	version: number;
	submission_id: string;
	organisation_id: string;
	value: number | null;
	missing_reason: string | null;
	cell: string | null;
	code: MarkCode | null;
	opens: Opens | null;
	note: string | null;
};

/** Why a version came back, and what was said of its marked cells. */
export type CameBack = NonNullable<Awaited<ReturnType<typeof cameBack>>>;

export type FiledEntry = {
	position: number;
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	value: number | null;
	missing_reason: string | null;
	explanation: string | null;
	cell: string | null;
};

export type SummaryLine = {
	measure_code: string;
	position: number;
	name_zh: string;
	name_en: string;
	unit: string;
	additive: boolean;
	total: number | null;
	missing_count: number;
	entry_count: number;
	previous_version_total: number | null;
	history: { period: string; value: number | null }[];
};

/** A value that is not what it was; null where there is or was none. */
export type Changed = {
	position: number | null;
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	cell: string | null;
	value: number | null;
	missing_reason: string | null;
	before_value: number | null;
	before_missing_reason: string | null;
};

/** The accepted totals of the others that file the same: quartiles, and each by name. */
export type Peers = {
	measure_code: string;
	period: string;
	peers: number;
	lower: number | null;
	median: number | null;
	upper: number | null;
	named: { name_zh: string; name_en: string; value: number }[];
};

export type QueueItem = {
	submission_id: string;
	organisation_id: string;
	organisation_zh: string;
	organisation_en: string;
	dataset_code: string;
	dataset_zh: string;
	dataset_en: string;
	period: string;
	version: number;
	stage: number;
	review_stages: number;
	row_count: number;
	warning_count: number;
	submitted_at: string;
	due_on: string;
	late_days: number;
	returned_before: boolean;
	/** How many measures the return before it accepted. */
	accepted_before: number;
	/** No other period of the dataset was accepted: there is nothing to compare with. */
	first_filing: boolean;
	/** How many warnings of each kind of rule travel with it; `other`: of no rule that is kept. */
	fired: Record<string, number>;
	/** Points, as review_queue counts them. */
	risk: number;
};

/** While the database stores one batch the API takes the next one in. */
const CALLS_AT_ONCE = 2;

/** Rows that one answer of the API may hold on every backend. */
const ROWS_PER_ANSWER = 1000;

/** Obligations the reader may see, newest period first; of one organisation if given. */
export async function obligations(db: Db, organisation?: string): Promise<Obligation[]> {
	return everyRow<Obligation>((from, to) => {
		let query = db.from('obligation_states').select('*');
		if (organisation) query = query.eq('organisation_id', organisation);
		return query.order('due_on', { ascending: false }).order('id').range(from, to);
	});
}

/** One obligation. @throws refusal not_found */
export async function obligation(db: Db, id: string): Promise<Obligation> {
	const [found] = rows(await db.from('obligation_states').select('*').eq('id', id)) as Obligation[];
	return found ?? refusing({ status: 404, key: 'obligation_not_found' });
}

/** What a dataset asks for in an obligation's period. */
export async function datasetOf(db: Db, owed: Pick<Obligation, 'dataset_code' | 'period'>) {
	return asOf(await dataset(db, owed.dataset_code), owed.period);
}

/** What a dataset asks for, announced changes too; the same for everybody. */
export function dataset(db: Db, code: string): Promise<Dataset> {
	return remember(`dataset ${code}`, () => readDataset(db, code));
}

async function readDataset(db: Db, code: string): Promise<Dataset> {
	const [sets, columns, measures, rules, versions, occupations, modes] = await Promise.all([
		db.from('datasets').select('*').eq('code', code),
		db.from('dataset_measures').select('*').eq('dataset_code', code).order('position'),
		db.from('measures').select('code, name_zh, name_en, unit, additive'),
		db
			.from('dataset_rules')
			.select('code, kind, severity, params, message_zh, message_en')
			.eq('dataset_code', code)
			.is('until', null)
			.order('code'),
		db
			.from('dataset_versions')
			.select('version, from_period, announced_on, note_zh, note_en')
			.eq('dataset_code', code)
			.order('version'),
		db.from('occupations').select('code, name_zh, name_en').order('position'),
		db.from('employment_modes').select('code, name_zh, name_en').order('position')
	]);
	const [set] = rows(sets) as Omit<
		Dataset,
		'measures' | 'occupations' | 'employment_modes' | 'rules' | 'versions'
	>[];
	if (!set) refusing({ status: 404, key: 'not_found' });
	const named = new Map((rows(measures) as Measure[]).map((measure) => [measure.code, measure]));
	return {
		...set,
		measures: rows(columns).flatMap((column) => {
			const measure = named.get(column.measure_code);
			if (!measure) return [];
			const { value_type, required, decimals, minimum, maximum, since } = column;
			return {
				...measure,
				value_type,
				required,
				decimals,
				since,
				min: toNumber(minimum),
				max: toNumber(maximum)
			};
		}) as Measure[],
		occupations: rows(occupations),
		employment_modes: rows(modes),
		rules: rows(rules) as Dataset['rules'],
		versions: rows(versions)
	};
}

/** Divisions of some levels whose codes begin alike, the withdrawn ones too, so that an old code can be answered with its successor. */
function divisions(db: Db, levels: string[], prefix: string): Promise<Region[]> {
	return remember(`divisions ${levels.join(' ')} ${prefix}`, () =>
		everyRow<Region>((from, to) =>
			db
				.from('regions')
				.select('code, name_zh, name_en, valid_to, replaced_by')
				.in('level', levels)
				.like('code', `${prefix}%`)
				.order('code')
				.range(from, to)
		)
	);
}

/** What an obligation's file is checked against besides its dataset. */
export async function context(db: Db, owed: Obligation, of: Dataset): Promise<Context> {
	const jurisdiction = await jurisdictionOf(db, owed.organisation_id);
	const { cells, sums, peers } = comparedBy(of.rules);
	const above = ['province', 'prefecture', ...(of.region_level === 'street' ? ['county'] : [])];
	const [places, superiors, locked, history, fences] = await Promise.all([
		divisions(db, [of.region_level], jurisdiction),
		divisions(db, above, jurisdiction.slice(0, 2)),
		lockedCells(db, owed.id),
		cells.length || sums.length ? historyOf(db, owed.id, cells, sums) : null,
		peers ? peerFences(db, owed.id) : []
	]);
	return {
		regions: places,
		superiors,
		jurisdiction,
		period: owed.period,
		organisation_id: owed.organisation_id,
		locked,
		...history,
		fences
	};
}

/** What the return of an obligation's last decided version left closed; null where everything may change. */
export async function lockedCells(db: Db, obligation: string): Promise<Locked | null> {
	const { data, error } = await db.rpc('locked_cells', { obligation });
	if (error) rows({ data: null, error });
	if (!data) return null;
	const { submission, accepted, open, ...columns } = data as unknown as Pick<
		Locked,
		'submission' | 'accepted' | 'open'
	> &
		Record<'measure' | 'region' | 'occupation' | 'employment_mode', string[]> & {
			value: unknown[];
			missing_reason: Standing['missing_reason'][];
			cell: (string | null)[];
		};
	const standing = columns.measure.map((measure_code, at): Standing => ({
		measure_code,
		region_code: columns.region[at] ?? '',
		occupation: columns.occupation[at] ?? '',
		employment_mode: columns.employment_mode[at] ?? '',
		value: toNumber(columns.value[at]),
		missing_reason: columns.missing_reason[at] ?? null,
		cell: columns.cell[at] ?? null
	}));
	return {
		submission,
		accepted,
		open,
		standing: new Map(standing.map((one) => [previousKey(one), one]))
	};
}

/** Cells and totals of accepted filings that a new one is compared with; `cells` null: of every measure. */
async function historyOf(db: Db, obligation: string, cells: string[] | null, sums: string[]) {
	const found = rows(
		await db.rpc('filing_history', { obligation, ...(cells && { cells }), sums })
	) as { cells: { keys: string[]; values: number[] }; sums: Sum[] } | null;
	return {
		previous: new Map(found?.cells.keys.map((key, at) => [key, Number(found.cells.values[at])])),
		sums: found?.sums ?? []
	};
}

/** The usual range of rates among peers, by rule. */
async function peerFences(db: Db, obligation: string): Promise<Fence[]> {
	const found = rows(await db.rpc('peer_fences', { obligation }));
	return found.map(({ measure, denominator, k, lower, upper }) => ({
		measure,
		denominator,
		k: Number(k),
		lower: Number(lower),
		upper: Number(upper)
	}));
}

/** What the template of an obligation is made of. */
export async function templateOf(db: Db, id: string) {
	const owed = await obligation(db, id);
	const of = await datasetOf(db, owed);
	const [places, { previous }, units] = await Promise.all([
		jurisdictionOf(db, owed.organisation_id).then((prefix) =>
			divisions(db, [of.region_level], prefix)
		),
		historyOf(db, owed.id, null, []),
		remember('submissions units', async () =>
			rows(await db.from('units').select('code, symbol_zh, symbol_en'))
		)
	]);
	return {
		dataset: of,
		organisation_id: owed.organisation_id,
		period: owed.period,
		regions: places.filter(({ valid_to }) => valid_to === null),
		units: new Map(units.map(({ code, symbol_zh, symbol_en }) => [code, { symbol_zh, symbol_en }])),
		previous
	};
}

/**
 * Files entries for an obligation: all of them or none, once. The same file or key again changes nothing and gives
 * the first receipt, `repeated`. Until the last transaction `watcher` may cancel it, and nothing is left.
 * @throws the reason of a cancellation; submission_under_way where another attempt took over; the refusals of start_submission, add_entries and submit_submission
 */
export async function submit(
	db: Db,
	obligation: string,
	file: {
		name: string;
		sha256: string;
		size: number;
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

/** One submission with its receipt, decisions, and the other versions of the same obligation. @throws refusal submission_not_found */
export async function submission(db: Db, id: string) {
	const found = await db.from('submissions').select(columns).eq('id', id).neq('status', 'draft');
	const [one] = rows(found) as Submission[];
	if (!one) refusing({ status: 404, key: 'submission_not_found' });
	const [receipt, reviews, versions, of] = await Promise.all([
		db.rpc('submission_receipt', { submission: id }),
		db.from('reviews').select('*').eq('submission_id', id).order('reviewed_at'),
		db
			.from('submissions')
			.select(columns)
			.eq('obligation_id', one.obligation_id)
			.neq('status', 'draft')
			.order('version'),
		obligation(db, one.obligation_id)
	]);
	return {
		submission: one,
		obligation: of,
		receipt: rows(receipt) as Receipt,
		reviews: rows(reviews) as unknown as Review[],
		versions: rows(versions) as Submission[]
	};
}

const columns =
	'id, obligation_id, council_id, organisation_id, dataset_code, period, version, status, stage, file_name, row_count, warnings, created_by, submitted_at, late_days, decided_at, accepted_measures';

/** A page of a submission's entries in the order of the file, filtered by measure and region; `total` counts what matches. */
export async function entries(
	db: Db,
	submission: string,
	filter: { measure?: string | null; region?: string | null; page: number; size: number }
): Promise<{ entries: FiledEntry[]; total: number }> {
	let query = db.from('entries').select('*', { count: 'exact' }).eq('submission_id', submission);
	if (filter.measure) query = query.eq('measure_code', filter.measure);
	if (filter.region) query = query.eq('region_code', filter.region);
	const from = (filter.page - 1) * filter.size;
	const answer = await query.order('position').range(from, from + filter.size - 1);
	return { entries: rows(answer).map(asEntry), total: answer.count ?? 0 };
}

/** Entries at the given positions, in their order. */
export async function entriesAt(
	db: Db,
	submission: string,
	positions: number[]
): Promise<FiledEntry[]> {
	if (positions.length === 0) return [];
	const found = db
		.from('entries')
		.select('*')
		.eq('submission_id', submission)
		.in('position', positions);
	return rows(await found.order('position')).map(asEntry);
}

/** Every entry of a submission, in the order of the file. */
export async function allEntries(db: Db, submission: string): Promise<FiledEntry[]> {
	const every = await everyRow<Record<string, unknown>>((from, to) =>
		db.from('entries').select('*').eq('submission_id', submission).order('position').range(from, to)
	);
	return every.map(asEntry);
}

function asEntry(row: Record<string, unknown>): FiledEntry {
	return { ...(row as FiledEntry), value: toNumber(row.value) };
}

/** A submission by measure, beside its previous version and the last 12 accepted periods. */
export async function summary(db: Db, submission: string): Promise<SummaryLine[]> {
	return (rows(await db.rpc('submission_summary', { submission })) as SummaryLine[]).map(
		(line) => ({
			...line,
			total: toNumber(line.total),
			previous_version_total: toNumber(line.previous_version_total),
			history: line.history.map((past) => ({ ...past, value: toNumber(past.value) }))
		})
	);
}

/** Values that differ from the previous version or from the last accepted period, the largest relative change first. */
export async function changes(
	db: Db,
	submission: string,
	{ against, page, size }: ChangesPage
): Promise<{ changes: Changed[]; total: number }> {
	const found = rows(
		await db.rpc('submission_changes', {
			submission,
			against,
			skipped: (page - 1) * size,
			wanted: size
		})
	) as (Changed & { total: number })[];
	return {
		changes: found.map((row) => ({
			...row,
			value: toNumber(row.value),
			before_value: toNumber(row.before_value)
		})),
		total: found[0]?.total ?? 0
	};
}

/** What other organisations that file the same reported, by measure; for regulators only. */
export async function peers(db: Db, submission: string): Promise<Peers[]> {
	const found = rows(await db.rpc('submission_peers', { submission })) as unknown as Peers[];
	return found.map((one) => ({
		...one,
		lower: toNumber(one.lower),
		median: toNumber(one.median),
		upper: toNumber(one.upper)
	}));
}

/** All that a reviewer sees of a submission on one screen. */
export async function screen(
	db: Db,
	id: string,
	asked: { entries: EntryPage; changes: ChangesPage; cell: number | null }
) {
	const [filed, lines, page, moved, others, names, waiting] = await Promise.all([
		submission(db, id),
		summary(db, id),
		entries(db, id, asked.entries),
		changes(db, id, asked.changes),
		peers(db, id),
		organisationNames(db),
		queue(db)
	]);
	const of = await dataset(db, filed.submission.dataset_code);
	const [said, named, before] = await Promise.all([
		talk(db, filed, asked.cell),
		labels(db, of, filed.obligation),
		cameBackBefore(db, filed)
	]);
	return {
		...filed,
		...page,
		...said,
		before,
		/** Measures that count already, whatever becomes of this version. */
		accepted:
			filed.submission.status === 'returned'
				? filed.submission.accepted_measures
				: (before?.accepted ?? []),
		summary: lines,
		moved,
		peers: others,
		names,
		labels: named,
		/** Null: not this reader's to decide now. */
		turn: waiting.find(({ submission_id }) => submission_id === id) ?? null,
		next: after(waiting, id)
	};
}

/** What the reader may decide on now: the riskiest first, then the oldest. */
export async function queue(db: Db): Promise<QueueItem[]> {
	return rows(await db.rpc('review_queue')) as unknown as QueueItem[];
}

/** The submission that follows another in a queue; the first if that one is last or not in it. */
export function after(waiting: QueueItem[], submission: string): string | null {
	const ids = waiting.map(({ submission_id }) => submission_id);
	const next = ids[ids.indexOf(submission) + 1] ?? ids[0];
	return next === submission ? null : (next ?? null);
}

/** Accepts, or passes on to the next stage; gives the new status. @throws the refusals of accept_submission */
export async function accept(db: Db, submission: string, note: string | null): Promise<string> {
	return rows(await db.rpc('accept_submission', { submission, note: note ?? undefined }));
}

/** Returns for correction with a reason and the marked cells, or accepts the rest at once. @throws the refusals of return_submission */
export async function sendBack(
	db: Db,
	submission: string,
	reason: string,
	marks: Mark[],
	acceptRest: boolean
): Promise<void> {
	rows(await db.rpc('return_submission', { submission, reason, marks, accept_rest: acceptRest }));
}

/** Opens more cells of a version that came back. @throws the refusals of open_more_cells */
export async function openMore(db: Db, submission: string, marks: Mark[]): Promise<void> {
	rows(await db.rpc('open_more_cells', { submission, marks }));
}

/** Opens a period of a dataset for every organisation that files it; gives how many obligations are new. */
export async function openPeriod(
	db: Db,
	council: string,
	dataset: string,
	period: string
): Promise<number> {
	return rows(await db.rpc('open_obligations', { council, dataset, period }));
}

type Named = { code: string; name_zh: string; name_en: string | null };

/** The names behind the codes in a submission's entries. */
export async function labels(db: Db, of: Dataset, filed: Obligation) {
	const jurisdiction = await jurisdictionOf(db, filed.organisation_id);
	const places = await divisions(db, [of.region_level], jurisdiction);
	return {
		measures: byCode(of.measures),
		regions: byCode(places),
		occupations: byCode(of.occupations),
		modes: byCode(of.employment_modes)
	};
}

/** Names of the divisions in which an organisation of this region files a dataset, by code. */
export async function regionNames(db: Db, of: Dataset, organisation: string) {
	return byCode(await divisions(db, [of.region_level], await jurisdictionOf(db, organisation)));
}

function byCode(named: Named[]): Record<string, { name_zh: string; name_en: string | null }> {
	return Object.fromEntries(
		named.map(({ code, name_zh, name_en }) => [code, { name_zh, name_en }])
	);
}

async function jurisdictionOf(db: Db, organisation: string): Promise<string> {
	const [found] = rows(await db.from('organisations').select('region_code').eq('id', organisation));
	return found?.region_code ?? '';
}

/** Names of the organisations that the reader may know, by id. */
export async function organisationNames(
	db: Db
): Promise<Record<string, { name_zh: string; name_en: string }>> {
	const all = rows(await db.from('organisations').select('id, name_zh, name_en'));
	return Object.fromEntries(all.map(({ id, name_zh, name_en }) => [id, { name_zh, name_en }]));
}

/** A reviewer's marks beside what stands in the marked cells. */
export function markedCells(marks: Review['marks'], marked: FiledEntry[], of: Dataset) {
	const measures = byCode(of.measures);
	return marked.map((entry) => ({
		position: entry.position,
		cell: entry.cell ?? String(entry.position),
		measure_zh: measures[entry.measure_code]?.name_zh ?? entry.measure_code,
		measure_en: measures[entry.measure_code]?.name_en ?? entry.measure_code,
		value: entry.value,
		missing_reason: entry.missing_reason,
		...markAt(marks, entry.position)
	}));
}

function markAt(marks: Mark[], at: number): Omit<Mark, 'position'> {
	const { code, note, opens } = marks.find(({ position }) => position === at) ?? {
		code: 'other',
		note: '',
		opens: 'cell'
	};
	return { code, note, opens };
}

/** Why a version came back, with its marked cells and the replies to them; null of one that did not. */
export async function cameBack(
	db: Db,
	filed: { submission: Pick<Submission, 'id' | 'dataset_code'>; reviews: Review[] }
) {
	const { id, dataset_code } = filed.submission;
	const review = filed.reviews.findLast(({ decision }) => decision === 'return');
	if (!review) return null;
	const { marks, reason } = review;
	const [marked, of, replies] = await Promise.all([
		entriesAt(
			db,
			id,
			marks.map(({ position }) => position)
		),
		dataset(db, dataset_code),
		db
			.from('mark_replies')
			.select('id, position, text, replied_at')
			.eq('review_id', review.id)
			.order('replied_at')
	]);
	const said = rows(replies);
	return {
		submission: id,
		organisation_id: review.organisation_id,
		reason,
		marks: markedCells(marks, marked, of).map((mark) => ({
			...mark,
			replies: said.filter(({ position }) => position === mark.position)
		}))
	};
}

/** Why the version that was decided before this one came back, if it did. */
async function cameBackBefore(
	db: Db,
	{ submission: { version }, versions }: { submission: Submission; versions: Submission[] }
) {
	const last = versions.findLast(
		(one) =>
			(one.version ?? 0) < (version ?? 0) &&
			['returned', 'accepted', 'reopened'].includes(one.status)
	);
	if (last?.status !== 'returned') return null;
	const reviews = db.from('reviews').select('*').eq('submission_id', last.id).order('reviewed_at');
	const why = await cameBack(db, {
		submission: last,
		reviews: rows(await reviews) as unknown as Review[]
	});
	return why && { ...why, accepted: last.accepted_measures };
}

/** Answers marks of a version that came back. @throws the refusals of reply_to_marks */
export async function reply(
	db: Db,
	submission: string,
	replies: { position: number; text: string }[]
): Promise<void> {
	rows(await db.rpc('reply_to_marks', { submission, replies }));
}

/** All that happened to the value at a position of a submission, over every version; empty for nobody's value. */
async function thread(db: Db, submission: string, position: number | null): Promise<ThreadEvent[]> {
	if (position === null) return [];
	const found = rows(
		await db.rpc('cell_thread', { submission, cell_position: position })
	) as ThreadEvent[];
	return found.map((event) => ({ ...event, value: toNumber(event.value) }));
}

/** What was said of a version's values: why it came back, and the thread of the value at a position, if one is asked for. */
export async function talk(
	db: Db,
	filed: { submission: Submission; reviews: Review[] },
	position: number | null
) {
	const { id } = filed.submission;
	const [returned, events, [entry]] = await Promise.all([
		cameBack(db, filed),
		thread(db, id, position),
		entriesAt(db, id, position === null ? [] : [position])
	]);
	return { returned, thread: entry ? { entry, events } : null };
}

/** Reads on until an answer is not full. */
export async function everyRow<Row>(
	ask: (from: number, to: number) => PromiseLike<{ data: unknown; error: PostgrestError | null }>
): Promise<Row[]> {
	const all: Row[] = [];
	for (;;) {
		const part = rows(await ask(all.length, all.length + ROWS_PER_ANSWER - 1)) as Row[];
		all.push(...part);
		if (part.length < ROWS_PER_ANSWER) return all;
	}
}
