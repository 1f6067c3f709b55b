import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Client } from 'pg';
import { startBackend, type Backend } from './backend.ts';
import { withClient } from './connection.ts';
import { sqlFiles } from './migrate.ts';
import { readSecrets } from './secrets.ts';
import { quick } from './test-backend.ts';

/** The migrations that each version brought, with the SHA-256 of their files. */
type Releases = Record<string, Record<string, string>>;

/** The rows of a database by schema and table, as `to_jsonb` gives them. */
type Rows = Record<string, unknown[]>;

/** A data folder of a version: its database, what it said of it, and the accounts of its demonstration. */
type Kept = { rows: Rows; figures: string; accounts: string };

const root = join(import.meta.dirname, '..', '..');
const list = join(root, 'supabase', 'released.json');
const fileOf = (version: string) => join(root, 'tests', 'files', `made-by-${version}.json.br`);

/** Everything released, oldest first. */
export function releases(): Releases {
	return JSON.parse(readFileSync(list, 'utf8')) as Releases;
}

/** The SHA-256 of every migration among the files, by file name. */
export function migrationHashes(): Map<string, string> {
	return new Map(
		sqlFiles('migrations').map((path) => [
			basename(path),
			createHash('sha256').update(readFileSync(path)).digest('hex')
		])
	);
}

/**
 * Writes down what is released with a version: the migrations that no earlier one had, and what this backend holds.
 * @throws Error for a version that was released
 */
export async function writeRelease(version: string, backend: Backend): Promise<void> {
	const earlier = releases();
	if (earlier[version]) throw new Error(`${version} is released.`);
	const known = new Set(Object.values(earlier).flatMap((files) => Object.keys(files)));
	const fresh = [...migrationHashes()].filter(([name]) => !known.has(name));
	const kept: Kept = {
		rows: await asSuperuser(backend, readRows),
		figures: await asSuperuser(backend, figuresHash),
		accounts: readFileSync(join(backend.dataDir, accountsFile), 'utf8')
	};
	const text = Buffer.from(JSON.stringify(kept));
	const params = {
		[constants.BROTLI_PARAM_LGWIN]: 24,
		[constants.BROTLI_PARAM_SIZE_HINT]: text.length
	};
	writeFileSync(fileOf(version), brotliCompressSync(text, { params }));
	writeFileSync(
		list,
		`${JSON.stringify({ ...earlier, [version]: Object.fromEntries(fresh) }, null, '\t')}\n`
	);
}

/** A data folder of a released version, as it was kept. */
export function keptOf(version: string): Kept {
	return JSON.parse(brotliDecompressSync(readFileSync(fileOf(version))).toString()) as Kept;
}

/** The SHA-256 of every figure that members are shown. */
export async function figuresHash(client: Client): Promise<string> {
	const { rows } = await client.query<{ sha256: string }>(`
		select encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex') as sha256
		from (
			select concat_ws('|', c.id, f.indicator_code, f.version, f.region_code, f.period, f.numerator, f.denominator, f.value, f.contributors, f.hidden) as line
			from public.councils c
			cross join lateral private.disclosed(c.id, (select array_agg(code) from public.indicators), '2020-01-01', '2100-01-01', true, false) f
		) lines`);
	return rows[0]?.sha256 ?? '';
}

/**
 * Makes a data folder as a released version left it: with its migrations alone, and its rows. Nothing runs on it
 * afterwards.
 */
export async function makeFolderOf(version: string, dataDir: string): Promise<void> {
	const kept = keptOf(version);
	const last = Object.keys(releases()[version] ?? {}).at(-1) ?? '';
	const backend = await startBackend({ dataDir, tuning: quick, through: last });
	try {
		await asSuperuser(backend, (client) => writeRows(client, kept.rows));
		writeFileSync(join(dataDir, accountsFile), kept.accounts, { mode: 0o600 });
	} finally {
		await backend.stop();
	}
}

const accountsFile = 'demo-accounts.json';

/** The tables of the product in the order of their names; the queue makes its own. */
const tables = `
	select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted,
	  (select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_attribute a
	   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
	from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where c.relkind = 'r' and n.nspname in ('public', 'private', 'identity')
	   or (n.nspname, c.relname) = ('supabase_migrations', 'seed_files')
	order by 1`;

type Table = { name: string; quoted: string; columns: string };

async function readRows(client: Client): Promise<Rows> {
	const rows: Rows = {};
	for (const { name, quoted } of (await client.query<Table>(tables)).rows) {
		const read = await client.query<{ row: unknown }>(`select to_jsonb(t) as row from ${quoted} t`);
		rows[name] = read.rows.map(({ row }) => row);
	}
	return rows;
}

/** In the place of what the migrations put there themselves. */
async function writeRows(client: Client, rows: Rows): Promise<void> {
	// Triggers and foreign keys had their say when the rows were made.
	await client.query(`set session_replication_role = replica`);
	for (const { name, quoted, columns } of (await client.query<Table>(tables)).rows) {
		await client.query(`delete from ${quoted}`);
		await client.query(
			`insert into ${quoted} (${columns}) overriding system value
			 select ${columns} from jsonb_populate_recordset(null::${quoted}, $1)`,
			[JSON.stringify(rows[name] ?? [])]
		);
	}
	await client.query(`
		do $$ declare s record; begin
			for s in
				select format('%I.%I', n.nspname, c.relname) as name, a.attname as col,
				  pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
				from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
				where c.relkind = 'r' and a.attidentity <> '' and n.nspname in ('public', 'private', 'identity')
			loop
				execute format('select setval(%L, coalesce(max(%I), 0) + 1, false) from %s', s.sequence, s.col, s.name);
			end loop;
		end $$`);
}

function asSuperuser<T>(backend: Backend, work: (client: Client) => Promise<T>): Promise<T> {
	const url = new URL(backend.ownerUrl);
	url.username = 'supabase_admin';
	url.password = readSecrets(backend.dataDir).superuserPassword;
	return withClient(url.href, work);
}
