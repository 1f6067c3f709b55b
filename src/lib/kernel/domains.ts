/** The domains in the order of the loop, in which their pages, acts and what is found of them are listed. */
const domains = [
	'submissions',
	'sheets',
	'reviews',
	'completeness',
	'deadlines',
	'revisions',
	'rules',
	'overview',
	'indicators',
	'releases',
	'meetings',
	'action-items',
	'organisations',
	'identity',
	'api',
	'audit'
];

/** The files that `import.meta.glob` found in the rooms of the domains (`../<domain>/…`), in their order. */
export function inOrder<Found>(files: Record<string, Found>): Found[] {
	return Object.entries(files)
		.map(([file, found]) => {
			const domain = file.split('/').at(-2) ?? '';
			const place = domains.indexOf(domain);
			if (place < 0) throw new Error(`src/lib/kernel/domains.ts gives ${domain} no place.`);
			return { place, found };
		})
		.sort((a, b) => a.place - b.place)
		.map(({ found }) => found);
}

/** The records of several domains as one. */
export const together = <Value>(
	records: (Record<string, Value> | undefined)[]
): Record<string, Value> =>
	Object.fromEntries(records.flatMap((record) => Object.entries(record ?? {})));
