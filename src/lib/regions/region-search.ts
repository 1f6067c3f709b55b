interface Region {
	code: string;
	name_zh: string;
}

/**
 * The region meant by what somebody wrote: a code, a name, or `310110 杨浦区` as the list offers it.
 * @returns the search to ask the registry for; null if it is nothing to search for
 */
export function regionSearch(written: string): string | null {
	const text = written.trim();
	return /^(\d{2}|\d{4}|\d{6}|\d{9})(?=\s|$)/.exec(text)?.[1] ?? (text.slice(0, 50) || null);
}

/** The one region that was found; several of one name are told apart by their code, which the reader adds. */
export function theRegion<R extends Region>(
	search: string,
	found: R[]
): { region: R } | { candidates: R[] } {
	const exact = found.filter((one) => one.code === search || one.name_zh === search);
	const list = exact.length ? exact : found;
	return list.length === 1 && list[0] ? { region: list[0] } : { candidates: list.slice(0, 12) };
}
