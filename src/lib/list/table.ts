import { pageFrom, sortFrom, type Sort } from '#lib/kernel/list.ts';

export interface Column {
	key: string;
	label: string;
	/** Written once in the header. */
	unit?: string;
	numeric?: boolean;
	sortable?: boolean;
	/** Its share of the width, 10, 15, 20, 25 or 35 per cent: tables below each other have equal columns. */
	share?: number;
	/** Never broken into two lines. */
	whole?: boolean;
	/** Left out on a phone, where only what identifies a row and what to do with it has room. */
	wide?: boolean;
	/** Left out on a tablet too. */
	roomy?: boolean;
	/** For doing something, so that paper does without it. */
	screen?: boolean;
}

/** `?sort=-due` → due, descending; null if the address says nothing that a column knows. */
export function sortOf(
	url: URL,
	columns: Pick<Column, 'key' | 'sortable'>[],
	parameter = 'sort'
): Sort | null {
	const sortable = columns.filter((column) => column.sortable).map(({ key }) => key);
	return sortFrom(url.searchParams.get(parameter), sortable);
}

/** The address that sorts by a column: the other way round if it does so already, from the first page. */
export function sortLink(url: URL, key: string, sort: Sort | null, parameter = 'sort'): string {
	const descending = sort?.key === key && !sort.descending;
	return withParameters(url, { [parameter]: (descending ? '-' : '') + key, page: null });
}

/** The same address with some parameters changed, or taken out where null. */
export function withParameters(url: URL, changes: Record<string, string | null>): string {
	const parameters = new URLSearchParams(url.searchParams);
	for (const [name, value] of Object.entries(changes)) {
		if (value === null || value === '') parameters.delete(name);
		else parameters.set(name, value);
	}
	const query = parameters.toString();
	return url.pathname + (query ? `?${query}` : '');
}

/** The page of a list that an address asks for, from 1; one that is no such number is the first. */
export function pageOf(url: URL, parameter = 'page'): number {
	return pageFrom(url.searchParams.get(parameter));
}

/** Rows in the order asked for; numbers by size, words as the language orders them, gaps always last. */
export function sorted<Row>(
	rows: Row[],
	sort: Sort | null,
	value: (row: Row, key: string) => string | number | null | undefined,
	language = 'zh-CN'
): Row[] {
	if (!sort) return rows;
	const collator = new Intl.Collator(language, { numeric: true });
	return rows.toSorted((one, other) => {
		const a = value(one, sort.key) ?? null;
		const b = value(other, sort.key) ?? null;
		if (a === null || b === null) return Number(a === null) - Number(b === null);
		const order =
			typeof a === 'number' && typeof b === 'number'
				? a - b
				: collator.compare(String(a), String(b));
		return sort.descending ? -order : order;
	});
}
