import { may } from '#lib/kernel/may.ts';
import { join } from 'node:path';
import { DATA_DIR } from '$app/env/private';
import type { Dataset } from '#lib/datasets/dataset.ts';
import { unexplained } from '#lib/filing/explanations.ts';
import * as form from '#lib/filing/form.ts';
import type { Watcher } from '#lib/filing/progress.ts';
import * as mappings from '#lib/server/column-mappings.ts';
import * as datasets from '#lib/server/datasets.ts';
import { orNotFound, refusing, type Db } from '#lib/server/db.ts';
import * as filing from '#lib/server/filing.ts';
import type { Checking } from '#lib/server/filing.ts';
import * as parts from '#lib/server/process/parts.ts';
import * as uploads from '#lib/server/process/uploads.ts';
import type { Upload } from '#lib/filing/upload.ts';
import * as sheets from '#lib/server/sheets.ts';
import * as submissions from '#lib/server/submissions.ts';
import { correctTable } from '#lib/sheets/correct-table.ts';
import { correctedTexts, type Reading } from '#lib/sheets/mapping.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';

const FOLDER = join(DATA_DIR, 'uploads');
const PARTS = join(DATA_DIR, 'parts');

/** An obligation of the organisation for which the person reports. @throws refusal obligation_not_found */
export async function ownObligation(locals: App.Locals, id: string) {
	return asOwn(locals, await submissions.obligation(locals.db, id));
}

/** The obligation itself. @throws refusal obligation_not_found where the person does not report for its organisation */
export function asOwn({ acting }: App.Locals, owed: Obligation) {
	const own = acting?.organisation_id === owed.organisation_id && may(acting, 'reporter');
	return orNotFound(own ? owed : null, 'obligation_not_found');
}

/** Whether the form on the page is offered to a person for an obligation. */
export async function fitsForm(
	{ db, acting }: App.Locals,
	owed: Obligation,
	dataset: Dataset
): Promise<boolean> {
	if (acting?.organisation_id !== owed.organisation_id) return false;
	const places = await datasets.regionsOf(db, [dataset.region_level], acting.region_code);
	return form.fitsForm(dataset, places, owed.rows_before);
}

/** The bytes of a person's file that have arrived. */
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
	const { organisation_id, dataset_code } = obligation;
	const known = await mappings.list(db, organisation_id, dataset_code);
	return filing.check(db, obligation, { name, bytes }, { known, watcher });
}

/** Checks a kept file again with what the person said since. */
export async function checkAgain(
	db: Db,
	obligation: Obligation,
	upload: Upload,
	reading: Reading
): Promise<Checking> {
	const bytes = await uploads.bytes(FOLDER, upload);
	const { remembered, name } = upload;
	return { ...(await filing.check(db, obligation, { name, bytes }, { reading })), remembered };
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
	return { obligation, upload: orNotFound(upload, 'upload_gone') };
}

/** Whether every column of the file has its meaning. */
export function isMapped({ checked }: Checking): boolean {
	return checked.verdict === 'ready' || checked.verdict === 'row_errors';
}

/** Saves how files with this header are read. @throws the refusals of save_column_mapping */
export async function saveColumns(db: Db, checking: Checking, name: string) {
	const { dataset, reading, table } = checking;
	await mappings.save(db, dataset.code, name.trim().slice(0, 80), {
		columns: table.columns.map((column) => column.name),
		answers: reading.answers,
		mapping: reading.mapping
	});
}

/** The rows of a kept file with what was corrected since, and what is still wrong with them. */
export async function toMark({ reading, found, ...upload }: Upload) {
	const bytes = await uploads.bytes(FOLDER, upload);
	const { problems, warnings } = found.checked;
	const table = await sheets.read(bytes, reading.answers);
	return {
		table: correctTable(table, correctedTexts(reading)),
		problems: [...problems, ...warnings]
	};
}

export function discard(upload: Upload) {
	return uploads.discard(FOLDER, upload);
}

function ownerOf({ person, acting }: App.Locals, obligation: string): uploads.Owner {
	if (!person || !acting) refusing({ status: 401, key: 'session_ended' });
	return { person: person.id, organisation: acting.organisation_id, obligation };
}
