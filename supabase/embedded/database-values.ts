import { Client } from 'pg';

/** The values that a check allows in a column of text, as types: `Values['meetings.status']`. */
export async function generatedValues(ownerUrl: string): Promise<string> {
	const client = new Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		const { rows } = await client.query<{ table: string; column: string; rule: string }>(
			`select r.relname as table, a.attname as column, pg_get_constraintdef(c.oid) as rule
			 from pg_constraint c
			 join pg_attribute a on a.attrelid = c.conrelid and not a.attisdropped or a.atttypid = c.contypid
			 join pg_class r on r.oid = a.attrelid and r.relkind in ('r', 'p')
			 join pg_namespace n on n.oid = r.relnamespace and n.nspname = 'public'
			 where c.contype = 'c' and (c.contypid <> 0 or a.attnum = any (c.conkey))`
		);
		const lines = rows.flatMap(({ table, column, rule }) => {
			const values = valuesOf(rule);
			return values ? [`\t'${table}.${column}': ${values.join(' | ')};`] : [];
		});
		return `// What checks allow in columns of text. Written by npm run types; never by hand.\nexport interface Values {\n${[...new Set(lines)].sort().join('\n')}\n}\n`;
	} finally {
		await client.end();
	}
}

/** The values of `CHECK ((status = ANY (ARRAY['planned'::text, 'open'::text])))`; null of any other rule. */
function valuesOf(rule: string): string[] | null {
	const list = /^CHECK \(\(+\w+\)? = ANY \(ARRAY\[([^\]]+)\]\)\)+$/.exec(rule)?.[1];
	const texts = list?.split(', ').map((item) => /^'([^']+)'::text$/.exec(item)?.[1]);
	return texts?.every((text) => text !== undefined)
		? texts.map((text) => `'${text}'`).sort()
		: null;
}
