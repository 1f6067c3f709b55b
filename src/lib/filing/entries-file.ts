/** A value as a system or a form sends it; a number, or text as somebody typed it. */
export type SentEntry = {
	measure: string;
	region: string;
	occupation?: string | null | undefined;
	employment_mode?: string | null | undefined;
	value?: string | number | null | undefined;
	missing_reason?: string | null | undefined;
	explanation?: string | null | undefined;
};

const FIELDS = [
	'measure',
	'region_code',
	'occupation',
	'employment_mode',
	'value',
	'missing_reason',
	'explanation'
];

/** The name under which the file of a form stands on its receipt. */
export const FORM_FILE = '在线填报.csv';

/** The row of the first entry, as the spreadsheet counts. */
export const FIRST_ROW = 2;

/**
 * Entries as the CSV file that says the same, so that whatever is filed goes one way and is answered alike: the first
 * entry stands in row 2, its value in column E.
 */
export function entriesFile(entries: SentEntry[]): Uint8Array<ArrayBuffer> {
	const lines = entries.map((entry) => [
		entry.measure,
		entry.region,
		entry.occupation ?? '',
		entry.employment_mode ?? '',
		typeof entry.value === 'number' ? plainNumber(entry.value) : (entry.value ?? ''),
		entry.missing_reason ?? '',
		entry.explanation ?? ''
	]);
	const text = [FIELDS, ...lines]
		.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
		.join('\r\n');
	return new TextEncoder().encode(`\ufeff${text}\r\n`);
}

/** Without an exponent, which a table of figures has no use for. */
function plainNumber(value: number): string {
	const text = String(value);
	return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}
