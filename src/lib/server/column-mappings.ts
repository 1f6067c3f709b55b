import { rows, type Db } from '#lib/server/db.ts';
import type { ColumnMapping, Remembered } from '#lib/sheets/mapping.ts';

/** The mappings of the acting organisation for a dataset, newest first. */
export async function list(
	db: Db,
	organisation: string,
	dataset: string
): Promise<ColumnMapping[]> {
	const found = await db
		.from('column_mappings')
		.select('name, updated_at, mapping')
		.eq('organisation_id', organisation)
		.eq('dataset_code', dataset)
		.order('updated_at', { ascending: false });
	return rows(found) as ColumnMapping[];
}

/** Saves how files are read; the same name replaces. @throws the refusals of save_column_mapping */
export async function save(db: Db, dataset: string, name: string, mapping: Remembered) {
	rows(await db.rpc('save_column_mapping', { dataset, name, mapping }));
}

/** @throws the refusals of forget_column_mapping */
export async function forget(db: Db, dataset: string, name: string) {
	rows(await db.rpc('forget_column_mapping', { dataset, name }));
}
