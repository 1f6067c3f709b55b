import { m } from '#lib/paraglide/messages.js';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';

// A demonstration's people, organisations and figures are invented. Whatever leaves the product says so, in the words and
// forms of this file; what is real carries none of them.

/** Of whom something is read; nobody belongs to no demonstration. */
export type Invented = { is_demo: boolean } | null;

type Row = (string | number | boolean | null)[];

/** What a column of codes says: its name and its value. */
const CODES = ['demo', 'true'] as const;

/** The name of a file, its label before the ending: `IN3-31-演示.csv`. */
export function labelledName(name: string, of: Invented, locale: Locale = getLocale()): string {
	if (!of?.is_demo) return name;
	const end = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '';
	const bare = name.slice(0, name.length - end.length);
	const label = `-${m.shell_demo({}, { locale }).toLowerCase()}`;
	return bare.endsWith(label) ? name : `${bare}${label}${end}`;
}

/** What stands alone among others of its kind: the subject of a mail, an entry in a calendar. */
export function labelledTitle(title: string, of: Invented, locale: Locale = getLocale()): string {
	return of?.is_demo ? m.sharing_invented_title({ title }, { locale }) : title;
}

/** The sentence, for whoever can neither see a badge nor point at it; none for what is real. */
export function inventedNote(of: Invented, locale: Locale = getLocale()): string[] {
	return of?.is_demo ? [m.shell_demo_note({}, { locale })] : [];
}

/**
 * A table, its header first, with a last column that says it in every row, so that it stays with a row that is copied.
 * The columns before it keep their names and places. `codes`: its header is written in codes.
 */
export function labelledTable(lines: Row[], of: Invented, codes = false): Row[] {
	if (!of?.is_demo) return lines;
	const [name, value] = codes ? CODES : [m.shell_demo(), m.sharing_invented()];
	return lines.map((line, at) => [...line, at === 0 ? name : value]);
}

/** An answer for a program, with `demo: true` beside its other fields. */
export function labelledAnswer<T extends object>(body: T, of: Invented): T & { demo?: true } {
	return of?.is_demo ? { ...body, demo: true } : body;
}
