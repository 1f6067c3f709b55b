import { pageOf } from '#lib/list/table.ts';

/** The part of a submission's entries that an address asks for. */
export type EntryPage = {
	measure: string | null;
	region: string | null;
	page: number;
	size: number;
};

/** The part of the changed values that an address asks for, and the comparison it wants. */
export type ChangesPage = { against: 'version' | 'period'; page: number; size: number };

/** `?against=period&changes=2`. */
export function changesOf(url: URL): ChangesPage {
	return {
		against: url.searchParams.get('against') === 'version' ? 'version' : 'period',
		page: pageOf(url, 'changes'),
		size: 20
	};
}

/** `?measure=…&region=…&page=2`; a page that is no number is the first. */
export function entriesOf(url: URL, size = 100): EntryPage {
	return {
		measure: url.searchParams.get('measure') || null,
		region: url.searchParams.get('region') || null,
		page: pageOf(url),
		size
	};
}

/** `?cell=17`: the position of the value whose thread is asked for. */
export function cellOf(url: URL): number | null {
	const position = Number(url.searchParams.get('cell'));
	return Number.isSafeInteger(position) && position > 0 && position < 2 ** 31 ? position : null;
}

/** The same page with the thread of the value at a position. */
export function threadLink({ search }: URL, position: number): string {
	const asked = new URLSearchParams(search);
	asked.set('cell', String(position));
	return `?${asked.toString()}#thread`;
}
