import { getLocale } from '#lib/paraglide/runtime.js';

/** Reads a text of the address as a value of its kind; null where it is none. */
export type Parser<Value extends string = string> = (text: string) => Value | null;

type Parsers = Record<string, Parser>;

/** A list's description: its filters, its orders, the rows of a page. */
export interface ListDescription<Filters extends Parsers = Parsers> {
	/** By the parameter's name, in the order in which an address names them. */
	filters: Filters;
	/** The columns by which it can be sorted; without one it stands in an order of its own. */
	sorts: readonly string[];
	size: number;
}

export interface Sort {
	key: string;
	descending: boolean;
}

/** A list as an address asks for it. */
export interface List<Filters extends Parsers = Parsers> {
	/** Null: not filtered by it. */
	filters: { [Name in keyof Filters]: ReturnType<Filters[Name]> };
	sort: Sort | null;
	/** From 1. */
	page: number;
	size: number;
}

/** The answer of a door: the rows of a page, and the number on all pages. */
export interface Listed<Row> {
	rows: Row[];
	total: number;
}

/** The list that an address asks for. What it says wrongly it does not say: nothing else reaches a query. */
export function listOf<Filters extends Parsers>(
	{ searchParams }: URL,
	{ filters, sorts, size }: ListDescription<Filters>
): List<Filters> {
	const said = Object.entries(filters).map(([name, parse]) => {
		const text = searchParams.get(name)?.trim();
		return [name, text ? parse(text) : null] as const;
	});
	return {
		filters: Object.fromEntries(said) as List<Filters>['filters'],
		sort: sortFrom(searchParams.get('sort'), sorts),
		page: pageFrom(searchParams.get('page')),
		size
	};
}

/** The one address of a list: only what it says, always in the same order. */
export function hrefOf(path: string, { filters, sort, page }: List): string {
	const said = new URLSearchParams();
	for (const [name, value] of Object.entries(filters)) if (value !== null) said.set(name, value);
	if (sort) said.set('sort', (sort.descending ? '-' : '') + sort.key);
	if (page > 1) said.set('page', String(page));
	const query = said.toString();
	return query ? `${path}?${query}` : path;
}

/** A page of a list as the database is asked for it (`private.wanted`, `private.skipped`). */
export function askedOf({ filters, sort, page, size }: List): Record<string, string | number> {
	const said = Object.entries(filters).filter(
		(filter): filter is [string, string] => filter[1] !== null
	);
	return {
		...Object.fromEntries(said),
		...(sort && { sort: sort.key, ...(sort.descending && { descending: 1 }) }),
		language: getLocale(),
		skipped: (page - 1) * size,
		wanted: size
	};
}

/** The same list without its filters but those named, from its first page. */
export function unfiltered<L extends List>(list: L, but: readonly string[] = []): L {
	const filters = Object.entries(list.filters).map(([name, value]) => [
		name,
		but.includes(name) ? value : null
	]);
	return { ...list, page: 1, filters: Object.fromEntries(filters) as L['filters'] };
}

/** Whether a filter leaves rows out, those named aside. */
export function isFiltered({ filters }: List, but: readonly string[] = []): boolean {
	return Object.entries(filters).some(([name, value]) => value !== null && !but.includes(name));
}

/** The number of pages that so many rows fill; the first is there without any. */
export function pagesOf(total: number, size: number): number {
	return Math.max(1, Math.ceil(total / size));
}

/** `-due` → by that column, descending; null for none that it can be sorted by. */
export function sortFrom(text: string | null, sorts: readonly string[]): Sort | null {
	const key = (text ?? '').replace(/^-/, '');
	return sorts.includes(key) ? { key, descending: text?.startsWith('-') ?? false } : null;
}

/** The number of a page, from 1; what is no such number is the first. */
export function pageFrom(text: string | null): number {
	const page = Number(text ?? '1');
	return Number.isSafeInteger(page) && page > 0 && page < 1_000_000 ? page : 1;
}

/** One of these and nothing else. */
export function oneOf<Value extends string>(values: readonly Value[]): Parser<Value> {
	return (text) => values.find((value) => value === text) ?? null;
}

/** The id of a row. */
export const id: Parser = (text) =>
	/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null;

/** The code of an entry in a register. */
export const code: Parser = (text) => (/^[\w.-]{1,80}$/.test(text) ? text : null);

/** Words that are searched for, at most 100 characters. */
export const words: Parser = (text) => text.replaceAll('\0', '').slice(0, 100) || null;

/** A day that there is. */
export const day: Parser = (text) => {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
	const found = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text) ? text : null;
};

/** A box that is ticked. */
export const ticked = oneOf(['1']);
