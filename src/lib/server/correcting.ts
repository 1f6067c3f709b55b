import { may } from '#lib/identity/may.ts';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DATA_DIR } from '$app/env/private';
import { columnMappings, remember } from '#lib/server/column-mappings.ts';
import { refusing, type Db } from '#lib/server/db.ts';
import * as parts from '#lib/server/process/parts.ts';
import * as sheet from './sheets.ts';
import type { Batch } from '#lib/server/sheets/batches.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as filing from '#lib/server/filing.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import * as uploads from '#lib/server/process/uploads.ts';
import type { Upload } from '#lib/server/process/uploads.ts';
import type { Checked, Context } from '#lib/filing/check-entries.ts';
import { correctTable } from '#lib/sheets/correct-table.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import { unexplained } from '#lib/filing/explain.ts';
import { answersFor, hasSameHeader, UNREAD, type Reading } from '#lib/sheets/mapping.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import type { Table } from '#lib/sheets/table.ts';

const FOLDER = join(DATA_DIR, 'uploads');
const PARTS = join(DATA_DIR, 'parts');

/** A file that was checked for an obligation; `remembered`: its columns were read as remembered under this name. */
export type Checking = {
	obligation: Obligation;
	dataset: Dataset;
	file: Pick<Upload, 'name' | 'size' | 'sha256'>;
	reading: Reading;
	remembered: string | null;
	table: Table;
	checked: Checked;
	batches: Batch[];
};

/** An obligation of the organisation for which the person reports. @throws refusal obligation_not_found */
export async function ownObligation({ db, acting }: App.Locals, id: string) {
	const owed = await submissions.obligation(db, id);
	const own = acting?.organisation_id === owed.organisation_id && may(acting, 'reporter');
	return own ? owed : refusing({ status: 404, key: 'obligation_not_found' });
}

/** How much of a person's file has arrived. */
export function arrived(locals: App.Locals, sha256: string) {
	return parts.offset(PARTS, partOf(locals, sha256));
}

/** Takes the next bytes of a person's file; gives the new offset. @throws the refusals of parts.append */
export function take(
	locals: App.Locals,
	sha256: string,
	at: number,
	bytes: AsyncIterable<Uint8Array>,
	most: number
) {
	return parts.append(PARTS, partOf(locals, sha256), at, bytes, most);
}

/** A file that arrived in parts. @throws the refusals of parts.whole */
export function taken(locals: App.Locals, sha256: string) {
	return parts.whole(PARTS, partOf(locals, sha256));
}

export function forgetParts(locals: App.Locals, sha256: string) {
	return parts.drop(PARTS, partOf(locals, sha256));
}

function partOf({ person }: App.Locals, sha256: string): parts.Part {
	return { person: (person ?? refusing({ status: 401, key: 'session_ended' })).id, sha256 };
}

/** Reads and checks a new file; one whose header the organisation had explained before is read as it said then. */
export async function checkNew(
	db: Db,
	obligation: Obligation,
	name: string,
	bytes: Uint8Array,
	watcher?: Watcher
): Promise<Checking> {
	const file = fingerprint(name, bytes);
	const plain = await check(db, obligation, file, bytes, UNREAD, watcher);
	if (plain.checked.verdict !== 'needs_mapping') return plain;
	for (const known of await columnMappings(
		db,
		obligation.organisation_id,
		obligation.dataset_code
	)) {
		const answers = answersFor(known.mapping, plain.table);
		if (!answers) continue;
		const reading = { ...UNREAD, answers, mapping: known.mapping.mapping };
		const again = await check(db, obligation, file, bytes, reading, watcher);
		if (hasSameHeader(known.mapping, again.table)) return { ...again, remembered: known.name };
	}
	return plain;
}

/** Checks a kept file again with what the person said since. */
export async function checkAgain(
	db: Db,
	obligation: Obligation,
	upload: Upload,
	reading: Reading
): Promise<Checking> {
	const bytes = await uploads.bytes(FOLDER, upload);
	const { remembered, name, size } = upload;
	const file = { name, size, sha256: upload.sha256 };
	return { ...(await check(db, obligation, file, bytes, reading)), remembered };
}

async function check(
	db: Db,
	obligation: Obligation,
	file: Checking['file'],
	bytes: Uint8Array,
	reading: Reading,
	watcher?: Watcher
): Promise<Checking> {
	const dataset = await datasets.datasetOf(db, obligation);
	const { answers, mapping, explanations } = reading;
	const context: Context = {
		...(await filing.context(db, obligation, dataset)),
		mapping,
		corrections: textsOf(reading),
		explanations
	};
	const found = await sheet.check(bytes, dataset, context, {
		...answers,
		...(watcher && { watcher })
	});
	return { obligation, dataset, file, reading, remembered: null, ...found };
}

function textsOf({ corrections }: Reading): Record<string, string> {
	return Object.fromEntries(Object.entries(corrections).map(([cell, { to }]) => [cell, to]));
}

export function isReady({ checked }: Checking): boolean {
	return checked.verdict === 'ready' && checked.unexplained === 0;
}

/** Files what was found ready. @throws the refusals of filing.submit */
export function submit(
	db: Db,
	{ obligation, file, reading, checked, batches }: Checking,
	watcher?: Watcher
) {
	const corrections = Object.entries(reading.corrections).map(([cell, made]) => ({
		cell,
		...made
	}));
	const asItIs = JSON.stringify(reading) === JSON.stringify(UNREAD);
	const added = asItIs ? {} : { reading: sha256(JSON.stringify(reading)) };
	const named = { ...file, ...added, corrections };
	return filing.submit(db, obligation.id, named, batches, checked.warnings, watcher);
}

/** Keeps a new file that is not ready, or writes down what was said and found of one that is kept. */
export async function keep(
	locals: App.Locals,
	checking: Checking,
	bytesOrUpload: Uint8Array | Upload
): Promise<Upload> {
	const { file, reading, remembered, table, checked } = checking;
	const warnings = unexplained(checked.warnings).map((warning) => ({
		...warning,
		explanation: ''
	}));
	const found = {
		table: { ...table, problems: [] },
		checked: { ...checked, warnings }
	};
	if (bytesOrUpload instanceof Uint8Array) {
		const owner = ownerOf(locals, checking.obligation.id);
		return uploads.keep(FOLDER, owner, { ...file, reading, remembered, found }, bytesOrUpload);
	}
	const upload = { ...bytesOrUpload, reading, remembered };
	// What a wrong answer made unreadable is still the same file: its sheets stay to choose from.
	upload.found = table.sheets.length ? found : { ...found, table: bytesOrUpload.found.table };
	await uploads.save(FOLDER, upload);
	return upload;
}

/** A kept file of the acting person, or null. */
export function kept(locals: App.Locals, obligation: string, id: string | null) {
	if (!id || !locals.person || !locals.acting) return null;
	return uploads.find(FOLDER, ownerOf(locals, obligation), id);
}

/** A kept file with its obligation. @throws refusal upload_gone, and those of ownObligation */
export async function keptFor(locals: App.Locals, form: { obligation: string; upload: string }) {
	const obligation = await ownObligation(locals, form.obligation);
	const upload = await kept(locals, obligation.id, form.upload);
	return upload ? { obligation, upload } : refusing({ status: 404, key: 'upload_gone' });
}

/** Whether every column of the file has its meaning. */
export function isMapped({ checked }: Checking): boolean {
	return checked.verdict === 'ready' || checked.verdict === 'row_errors';
}

/** Remembers how files with this header are read. @throws the refusals of save_column_mapping */
export async function rememberColumns(db: Db, checking: Checking, name: string) {
	const { dataset, reading, table } = checking;
	await remember(db, dataset.code, name.trim().slice(0, 80), {
		columns: table.columns.map((column) => column.name),
		answers: reading.answers,
		mapping: reading.mapping
	});
}

/** The rows of a kept file with what was corrected since, and what is still wrong with them. */
export async function toMark({ reading, found, ...upload }: Upload) {
	const bytes = await uploads.bytes(FOLDER, upload);
	const { problems, warnings } = found.checked;
	const table = await sheet.read(bytes, reading.answers);
	return { table: correctTable(table, textsOf(reading)), problems: [...problems, ...warnings] };
}

export function discard(upload: Upload) {
	return uploads.discard(FOLDER, upload);
}

function ownerOf({ person, acting }: App.Locals, obligation: string): uploads.Owner {
	if (!person || !acting) refusing({ status: 401, key: 'session_ended' });
	return { person: person.id, organisation: acting.organisation_id, obligation };
}

/** What a receipt says of a file. */
function fingerprint(name: string, bytes: Uint8Array): Checking['file'] {
	return {
		name,
		size: bytes.byteLength,
		sha256: sha256(bytes)
	};
}

function sha256(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}
