import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asOf, type Dataset } from '#lib/datasets/dataset.ts';
import type { Context } from '#lib/filing/checked.ts';
import { dataset, places } from '#lib/server/datasets.ts';
import { openDb, refusalOf, rows, type Db } from '#lib/server/db.ts';

/**
 * A dataset as the running instance describes it to everybody, for the command line only.
 * @throws an Error that says what to do
 */
export async function datasetOfInstance(
	code: string,
	jurisdiction = '',
	period = ''
): Promise<{ dataset: Dataset; context: Context }> {
	const db = openDb(await api(), null);
	const found = await dataset(db, code).catch((caught: unknown) => notThere(db, code, caught));
	return {
		dataset: asOf(found, period),
		context: {
			...(await places(db, found, jurisdiction)),
			jurisdiction,
			period,
			organisation_id: ''
		}
	};
}

async function notThere(db: Db, code: string, caught: unknown): Promise<never> {
	if (refusalOf(caught)?.key !== 'not_found') throw caught;
	const known = rows(await db.from('datasets').select('code').order('code'));
	throw new Error(
		`There is no dataset ${code}. There are: ${known.map((one) => one.code).join(', ')}.`
	);
}

async function api(): Promise<{ url: string; publishableKey: string }> {
	const file = join(process.env['DATA_DIR'] ?? '.data', 'connection.json');
	try {
		const connection = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
		const { api_url: url = '', publishable_key: publishableKey = '' } = connection;
		return { url, publishableKey };
	} catch {
		throw new Error(
			`--dataset needs a running instance: start it with npm start (looked for ${file}).`
		);
	}
}
