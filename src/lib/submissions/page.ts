/** Which part of a submission's entries an address asks for. */
export type EntryPage = {
	measure: string | null;
	region: string | null;
	page: number;
	size: number;
};

/** `?measure=…&region=…&page=2`; a page that is no number is the first. */
export function pageOf(url: URL, size = 100): EntryPage {
	const page = Number(url.searchParams.get('page') ?? '1');
	return {
		measure: url.searchParams.get('measure') || null,
		region: url.searchParams.get('region') || null,
		page: Number.isSafeInteger(page) && page > 0 && page < 1_000_000 ? page : 1,
		size
	};
}
