import type { Pool } from 'pg';

/** The migrations that this build was made with. */
const scripts = import.meta.glob<string>('/supabase/migrations/*.sql', {
	query: '?raw',
	import: 'default',
	eager: true
});

const [schemas, names] = made(Object.entries(scripts).toSorted());

/**
 * Whether the database has every table and function that this build was made with: on another one pages fail that look
 * well from outside.
 */
export async function isOurs(pool: Pool): Promise<boolean> {
	const { rows } = await pool.query<{ missing: number }>(
		`select count(*)::int as missing
		 from unnest($1::text[], $2::text[]) as wanted (schema_name, name)
		 left join pg_catalog.pg_namespace as schema on schema.nspname = wanted.schema_name
		 where not exists (
				select from pg_catalog.pg_proc where pronamespace = schema.oid and proname = wanted.name)
			and not exists (
				select from pg_catalog.pg_class where relnamespace = schema.oid and relname = wanted.name)`,
		[schemas, names]
	);
	return rows[0]?.missing === 0;
}

/** What the scripts make and leave, as two lists side by side. */
function made(all: [file: string, script: string][]): [schemas: string[], names: string[]] {
	const left = new Map<string, [string, string]>();
	for (const [, script] of all)
		for (const [, verb, schema = '', name = ''] of script.matchAll(
			/^(create|drop)(?: or replace)? (?:table|view|function)(?: if (?:not )?exists)? (public|private|identity)\.(\w+)/gm
		)) {
			if (verb === 'drop') left.delete(`${schema}.${name}`);
			else left.set(`${schema}.${name}`, [schema, name]);
		}
	const kept = [...left.values()];
	return [kept.map(([schema]) => schema), kept.map(([, name]) => name)];
}
