import { as, one, tokenOf } from '../council.ts';
import { called, personOf, stage, type Who } from './council.ts';

// Who may see and do what, written out by domain and tried: every person of the council × every table, view and function
// × every verb, through SQL and through HTTP. What the catalogue has and no domain writes out fails, and the reverse.
//
// To add a domain: a file beside this one with its tables and functions (`notifications.ts` is a short example), which
// `domains.ts` finds. It brings the rows that they are tried on (`brings`), and says where other domains show them (`shows`).

/** What each person sees; who is not listed sees nothing. */
export type Seen = Partial<Record<Who, string[]>>;

/** A table or view. */
export type Table = {
	/** Every column that somebody signed in may read, in the catalogue's order. */
	columns: string;
	/** A person without an account reads the same columns. */
	anonymous?: true;
} & (
	| { whole: true }
	| {
			/** An expression over the row `x` that names it. The owner works it out: it may name what the reader cannot see. */
			label: string;
			/** The rows that are compared, where others come and go. */
			where?: string;
			seen: Seen;
	  }
);

/** A function, tried with one set of arguments. */
export type Call = {
	/** The arguments as SQL, with `$1` for the first of `values`. */
	given: string;
	values: () => string[];
	/** How those are answered who are not listed: `done`, the refusal's name or the database's code. */
	otherwise: string;
	answers: Partial<Record<Who, string>>;
	/** Of a function that reads: all that it shows to each who is answered. */
	rows?: Rows;
};

/**
 * The fields that tell the rows of an answer apart, and the rows by them for each person. A field inside another is
 * written `outer.inner`; an answer of several lists has fields for each list. No fields: the answer is a plain value.
 */
type Rows = { by: string | Record<string, string>; seen: Seen };

export type Domain = {
	tables?: Record<string, Table>;
	/** By the whole signature: an overload is another function, and so is one with a new argument. */
	calls?: Record<string, Call>;
	/** Brings the rows of its own that all this is tried on, by its verbs; `keep` names their ids, `the` asks for them. */
	brings?: () => Promise<void>;
	/** What tables and functions of other domains show of them, besides what is written out there. */
	shows?: Record<string, Seen>;
};

/** The registry: everybody reads it wholly. */
export const open = { whole: true, anonymous: true } as const;

/** The same rows for each of several people. */
export function each(who: readonly Who[], labels: string[]): Seen {
	return Object.fromEntries(who.map((name) => [name, labels]));
}

/** Who may, what everybody else is told, and who is told something else. */
export function refusedTo(otherwise: string, done: readonly Who[], more: Call['answers'] = {}) {
	return { otherwise, answers: { ...answer(done, 'done'), ...more } };
}

/** The same answer for each of several people. */
export function answer(who: readonly Who[], what: string): Call['answers'] {
	return Object.fromEntries(who.map((name) => [name, what]));
}

export const only_secretariat = refusedTo('only_the_secretariat', ['secretariat']);

/** All of several domains by name. @throws if two of them write out the same */
export function collected<T>(parts: (Record<string, T> | undefined)[]): [string, T][] {
	const all = new Map<string, T>();
	for (const [name, what] of parts.flatMap((part) => Object.entries(part ?? {}))) {
		if (all.has(name)) throw new Error(`${name} is written out twice`);
		all.set(name, what);
	}
	return [...all];
}

// ---------------------------------------------------------------- the catalogue

/** The columns of each table and view that a role may read. */
export async function exposedTo(role: 'anon' | 'authenticated'): Promise<Record<string, string>> {
	const { rows } = await stage.owner.query<{ name: string; columns: string }>(
		`select c.relname as name, string_agg(a.attname, ' ' order by a.attnum) filter (where has_column_privilege($1, c.oid, a.attnum, 'select')) as columns
		 from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f') group by 1`,
		[role]
	);
	return Object.fromEntries(
		rows.filter(({ columns }) => columns).map(({ name, columns }) => [name, columns])
	);
}

/** The whole signatures of the API's functions, or of those that a condition over `p` holds for. */
export async function signatures(where = 'true'): Promise<string[]> {
	return names(
		`select format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) from pg_proc p where p.pronamespace = 'public'::regnamespace and (${where})`
	);
}

/** The first column of a query of the catalogue, sorted as JavaScript does. */
export async function names(sql: string): Promise<string[]> {
	const { rows } = await stage.owner.query<Record<string, string>>(sql);
	return rows.map((row) => Object.values(row)[0] ?? '').toSorted();
}

/** The columns that tell a table's rows apart: its primary key, and `id` of a view. */
async function keyOf(table: string): Promise<string[]> {
	const known = keys.get(table);
	if (known) return known;
	const key = await one<string[] | null>(
		stage.owner,
		`select array_agg(a.attname::text order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
		 where i.indrelid = format('public.%I', $1::text)::regclass and i.indisprimary`,
		[table]
	);
	keys.set(table, key ?? ['id']);
	return key ?? ['id'];
}

const keys = new Map<string, string[]>();

// ---------------------------------------------------------------- trying

/**
 * Lets no change be kept from now on: it is refused as `undone` just as its transaction ends, when all that a verb does
 * and refuses is over. So everything allowed can be tried through the API, by everybody and in any order.
 */
export async function keepNothing(): Promise<void> {
	await stage.owner.query(`
		create schema trial;
		create function trial.undo() returns trigger language plpgsql as $$
		begin
			raise sqlstate 'PT409' using message = 'undone';
		end $$;
		create function trial.told(statements text[]) returns text[] language plpgsql as $$
		declare
			statement text;
			answers text[] := '{}';
		begin
			foreach statement in array statements loop
				begin
					execute statement;
					raise sqlstate 'PT200' using message = 'done';
				exception when others then
					answers := answers || case when sqlstate like 'PT%' then sqlerrm else sqlstate end;
				end;
			end loop;
			return answers;
		end $$;
		grant usage on schema trial to anon, authenticated;
		grant execute on function trial.told to anon, authenticated;
		do $$
		declare
			kept regclass;
		begin
			for kept in select c.oid from pg_class c where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') loop
				execute format('create constraint trigger undo after insert or update or delete on %s deferrable initially deferred for each row execute function trial.undo()', kept);
			end loop;
		end $$;
	`);
}

/** The name of a refusal of ours, or the database's code: as Postgres raises it and as the API words it. */
function refusalOf(error: unknown): string {
	const { code, message } = error as { code?: string; message: string };
	if (code === undefined) throw error;
	return code.startsWith('PT') ? message : code;
}

/** What somebody is told who sends statements, each by itself and undone: all of them in one message. */
export function told(who: Who, statements: string[]): Promise<string[]> {
	return as(stage.owner, personOf(who), (client) =>
		one<string[]>(client, 'select trial.told($1)', [statements])
	);
}

/** Does something with each, four at a time: the API works while the next is asked. */
export async function together<T>(all: T[], act: (one: T) => Promise<unknown>): Promise<void> {
	const left = all.values();
	const worker = async () => {
		for (const one of left) await act(one);
	};
	await Promise.all(Array.from({ length: 4 }, worker));
}

/** Every table and view with its first column. */
export async function writable(): Promise<{ table: string; column: string; view: boolean }[]> {
	const { rows } = await stage.owner.query<{ table: string; column: string; view: boolean }>(
		`select c.relname as table, a.attname as column, c.relkind = 'v' as view
		 from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
		 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p', 'f') order by 1`
	);
	return rows;
}

/** What the API answered. @throws the refusal */
async function bodyOf(answer: Response): Promise<unknown> {
	const text = await answer.text();
	const body: unknown = text === '' ? null : JSON.parse(text);
	if (!answer.ok) throw body;
	return body;
}

/** A request to the API as somebody. */
export async function http(
	who: Who,
	path: string,
	init: { method?: string; body?: unknown } = {}
): Promise<Response> {
	const { backend } = stage;
	const person = personOf(who);
	return fetch(`${backend.apiUrl}/rest/v1/${path}`, {
		method: init.method ?? 'GET',
		headers: {
			apikey: backend.publishableKey,
			authorization: `Bearer ${person ? await tokenOf(backend, person) : backend.publishableKey}`,
			'content-type': 'application/json'
		},
		...(init.body === undefined ? {} : { body: JSON.stringify(init.body) })
	});
}

/** The labels of the rows of a table that somebody reads, or the code with which they are refused. */
export async function read(
	by: 'sql' | 'http',
	who: Who,
	name: string,
	table: Table
): Promise<string[] | string> {
	// Of the registry, which is long, what tells its rows apart.
	const list =
		'whole' in table ? (await keyOf(name)).join(', ') : table.columns.replaceAll(' ', ', ');
	try {
		const rows =
			by === 'http'
				? await bodyOf(await http(who, `${name}?select=${list.replaceAll(' ', '')}`))
				: await as(stage.owner, personOf(who), (client) =>
						one(client, `select ${whole} from (select ${list} from public.${name}) x`)
					);
		return await labelled(name, table, rows as Row[]);
	} catch (error) {
		return refusalOf(error);
	}
}

/** The labels of all rows of a table of the registry; nothing changes it while the matrix is tried. */
export async function everyRow(name: string, table: Table): Promise<string[]> {
	const labels =
		registered.get(name) ??
		(await labelled(name, table, await one(stage.owner, `select ${whole} from public.${name} x`)));
	registered.set(name, labels);
	return labels;
}

const registered = new Map<string, string[]>();

/** The rows of `x` as the API answers them. */
const whole = `coalesce(jsonb_agg(to_jsonb(x)), '[]')`;

type Row = Record<string, unknown>;

async function labelled(name: string, table: Table, rows: Row[]): Promise<string[]> {
	const columns = await keyOf(name);
	const read = rows.map((row) => columns.map((column) => String(row[column])).join('/'));
	if ('whole' in table) return read.toSorted();
	const key = `concat_ws('/', ${columns.map((column) => `x.${column}`).join(', ')})`;
	const labels = await stage.owner.query<{ label: string }>(
		`select ${table.label} as label from public.${name} x where ${key} = any ($1) and (${table.where ?? 'true'})`,
		[read]
	);
	return labels.rows.map(({ label }) => label).toSorted();
}

/** What a call comes to for somebody: `done` or the refusal, and the rows shown where they are written out. */
export async function call(
	by: 'sql' | 'http',
	who: Who,
	signature: string,
	call: Call
): Promise<{ answer: string; rows: string[] }> {
	const name = signature.slice(0, signature.indexOf('('));
	try {
		const given =
			by === 'http'
				? await bodyOf(
						await http(who, `rpc/${name}`, {
							method: 'POST',
							body: await namedArguments(signature, call)
						})
					)
				: await as(stage.owner, personOf(who), (client) =>
						one(client, `select ${whole} from public.${name}(${call.given}) x`, call.values())
					);
		return { answer: 'done', rows: call.rows ? shown(given, call.rows.by) : [] };
	} catch (error) {
		const refusal = refusalOf(error);
		return { answer: refusal === 'undone' ? 'done' : refusal, rows: [] };
	}
}

/** The rows of an answer by their fields, with the fixture's names for ids. */
function shown(given: unknown, by: Rows['by'], list = ''): string[] {
	// A function that gives one value gives it bare through the API, in a list of one through SQL.
	const rows = [given].flat(2).filter((row) => row !== null);
	return rows
		.flatMap((row) =>
			typeof by === 'string'
				? called([list, ...by.split(' ').map((field) => valueAt(row, field))].join(' ').trim())
				: Object.entries(by).flatMap(([name, fields]) => shown((row as Row)[name], fields, name))
		)
		.toSorted();
}

function valueAt(value: unknown, path: string): string {
	if (Array.isArray(value)) return value.map((part) => valueAt(part, path)).join();
	const [field = '', ...rest] = path.split('.');
	if (value === null || field === '') return String(value);
	return valueAt((value as Row)[field], rest.join('.'));
}

/** The arguments of a call as the API takes them: by name, the same for everybody. */
function namedArguments(signature: string, call: Call): Promise<unknown> {
	const known = named.get(signature) ?? worked(signature, call);
	named.set(signature, known);
	return known;
}

const named = new Map<string, Promise<unknown>>();

/** Worked out by the database itself. */
async function worked(signature: string, { given, values }: Call): Promise<unknown> {
	if (given === '') return {};
	const sent = `(values (${given.replaceAll(/\$(\d+)/g, '$$$1::text')})) v`;
	const parts = await one<string>(
		stage.owner,
		`select string_agg(format('%L, v.column%s::%s', a.name, a.at, format_type(a.type, null)), ', ')
		 from pg_proc p, unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality as a (name, type, at)
		 where p.pronamespace = 'public'::regnamespace and format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) = $1
		 and a.at <= $2`,
		[
			signature,
			await one(
				stage.owner,
				`select count(*) from ${sent}, jsonb_object_keys(to_jsonb(v))`,
				values()
			)
		]
	);
	return one(stage.owner, `select jsonb_build_object(${parts}) from ${sent}`, values());
}
