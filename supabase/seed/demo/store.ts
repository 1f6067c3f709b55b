import type { Stage } from './tell.ts';

/** Rows of a table by its name; all rows of a table have the same columns. */
export type Row = Record<string, unknown>;

/** Inserts rows into a table; columns that the rows lack take their defaults. */
export async function insertRows(
	query: (sql: string, values: unknown[]) => Promise<unknown>,
	table: string,
	rows: Row[]
): Promise<void> {
	const columns = Object.keys(rows[0] ?? {}).join(', ');
	await query(
		`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
		[JSON.stringify(rows)]
	);
}

export type Entry = {
	submission_id: string;
	position: number;
	measure_code: string;
	region_code: string;
	occupation: string;
	employment_mode: string;
	value: number | null;
	missing_reason: string | null;
	explanation: string | null;
	cell: string;
};

/** The many: columns as arrays, which Postgres reads several times faster than JSON. */
export async function insertEntries({ owner }: Stage, entries: Entry[]): Promise<void> {
	const column = (name: keyof Entry) =>
		`{${entries.map((entry) => literal(entry[name])).join(',')}}`;
	await owner(
		`insert into public.entries
			(submission_id, position, measure_code, region_code, occupation, employment_mode, value, missing_reason, explanation, cell)
		 select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[],
			$7::numeric[], $8::text[], $9::text[], $10::text[])`,
		[
			column('submission_id'),
			column('position'),
			column('measure_code'),
			column('region_code'),
			column('occupation'),
			column('employment_mode'),
			column('value'),
			column('missing_reason'),
			column('explanation'),
			column('cell')
		]
	);
}

function literal(value: string | number | null): string {
	if (value === null) return 'NULL';
	return typeof value === 'number' ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
