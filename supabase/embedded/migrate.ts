import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Client } from 'pg';
import { withClient } from './connection.ts';
import { StartProblem } from './folder.ts';
import { splitStatements } from './statements.ts';

const root = join(import.meta.dirname, '..', '..');
const supabase = join(root, 'supabase');

/** What was done, as file names. */
export type Applied = { migrations: string[]; seeds: string[] };

/**
 * Brings a database up to date as its owner: migrations in order, each whole or not at all, then seeds that are
 * new or changed. Both are recorded as `supabase db push` records them, so that it finds nothing left to do.
 * @param through the last migration of an older version, by file name: then nothing after it, and no seeds
 * @throws StartProblem if a migration that was applied is not, or not so, among the files
 */
export async function migrate(ownerUrl: string, through?: string): Promise<Applied> {
	return withClient(ownerUrl, async (client) => {
		await client.query(history);
		return {
			migrations: await applyMigrations(client, through),
			seeds: through ? [] : await applySeeds(client)
		};
	});
}

/** The CLI's tables, statement by statement as it makes them. */
const history = `
	create schema if not exists supabase_migrations;
	create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
	alter table supabase_migrations.schema_migrations add column if not exists statements text[];
	alter table supabase_migrations.schema_migrations add column if not exists name text;
	create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null);
`;

async function applyMigrations(client: Client, through?: string): Promise<string[]> {
	const done = await client.query<{ version: string; name: string | null; statements: string[] }>(
		`select version, name, coalesce(statements, '{}') as statements
		 from supabase_migrations.schema_migrations order by version`
	);
	const files = sqlFiles('migrations').flatMap((path) => {
		const [, version, name] = /(\d{14})_(.*)\.sql$/.exec(path) ?? [];
		return version ? [{ version, name, path, script: readFileSync(path, 'utf8') }] : [];
	});
	for (const { version, name, statements } of done.rows) {
		const file = files.find((one) => one.version === version);
		if (!file || (statements.length > 0 && !isSame(statements, splitStatements(file.script))))
			throw ofAnotherVersion(`${version}_${name ?? ''}`);
	}
	const versions = new Set(done.rows.map((row) => row.version));
	const applied: string[] = [];
	for (const { version, name, path, script } of files) {
		if (versions.has(version) || (through && basename(path) > through)) continue;
		await inTransaction(client, path, async () => {
			await client.query(script);
			await client.query(
				'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
				[version, name, splitStatements(script)]
			);
		});
		applied.push(relative(supabase, path));
	}
	return applied;
}

/** Whether they say the same: space does not matter, nor where a statement was thought to end. */
function isSame(kept: string[], written: string[]): boolean {
	const plain = (statements: string[]) => statements.join('').replaceAll(/[\s;]/g, '');
	return plain(kept) === plain(written);
}

function ofAnotherVersion(migration: string): StartProblem {
	return new StartProblem(
		`This data folder was made by another version, whose migration ${migration} differs: start it with that version, or set DATA_DIR to another folder. 数据目录由另一版本创建，请用原版本启动。`
	);
}

/** Seeds may run again: they bring reference data to the state of the file. */
async function applySeeds(client: Client): Promise<string[]> {
	const known = await client.query<{ path: string; hash: string }>(
		'select path, hash from supabase_migrations.seed_files'
	);
	const hashes = new Map(known.rows.map((row) => [row.path, row.hash]));
	const applied: string[] = [];
	for (const path of sqlFiles('seed')) {
		const script = readFileSync(path, 'utf8');
		const hash = createHash('sha256').update(script).digest('hex');
		const name = relative(root, path);
		if (hashes.get(name) === hash) continue;
		await inTransaction(client, path, async () => {
			await client.query(script);
			await client.query(
				`insert into supabase_migrations.seed_files (path, hash) values ($1, $2)
				 on conflict (path) do update set hash = excluded.hash`,
				[name, hash]
			);
		});
		applied.push(relative(supabase, path));
	}
	return applied;
}

/** The SQL files of a folder of supabase/, in the order of their names. */
export function sqlFiles(folder: string): string[] {
	const path = join(supabase, folder);
	if (!existsSync(path)) return [];
	return readdirSync(path)
		.filter((name) => name.endsWith('.sql'))
		.sort()
		.map((name) => join(path, name));
}

async function inTransaction(client: Client, path: string, work: () => Promise<void>) {
	// A script may set parameters for itself; they end with it.
	await client.query('begin');
	try {
		await work();
		await client.query('commit');
	} catch (error) {
		await client.query('rollback').catch(() => undefined);
		throw new Error(`${relative(root, path)}${lineOf(path, error)}: ${(error as Error).message}`, {
			cause: error
		});
	}
	await client.query('reset all');
}

function lineOf(path: string, error: unknown): string {
	const position = Number((error as { position?: string }).position);
	if (!position) return '';
	return `:${readFileSync(path, 'utf8').slice(0, position).split('\n').length}`;
}
