import { dayOf, ZONE } from '#lib/kernel/day.ts';
import type { Language } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

// Every function takes the language last; left out, it is the reader's.

const MINUS = '−';
const NBSP = ' ';
const DASH = '–';

/** To make one takes longer than to format a thousand numbers, and a page shows hundreds. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/** `14,061`, or with decimals `29.2`. */
export function number(value: number, decimals = 0, language: Language = getLocale()): string {
	const key = `${language} ${decimals}`;
	let format = numberFormats.get(key);
	if (!format) {
		format = new Intl.NumberFormat(language, {
			minimumFractionDigits: decimals,
			maximumFractionDigits: decimals
		});
		numberFormats.set(key, format);
	}
	return format.format(value).replace('-', MINUS);
}

/** A count in words people say: `8,400 万`, `2.4 亿`; `84.0 million`. Below 100,000 it is exact. */
export function shortNumber(value: number, language: Language = getLocale()): string {
	const size = Math.abs(value);
	if (language === 'zh-CN') {
		if (size >= 1e8) return number(value / 1e8, 1, language) + NBSP + '亿';
		if (size >= 1e6) return number(value / 1e4, 0, language) + NBSP + '万';
		if (size >= 1e5) return number(value / 1e4, 1, language) + NBSP + '万';
	} else {
		if (size >= 1e9) return number(value / 1e9, 1, language) + NBSP + 'billion';
		if (size >= 1e6) return number(value / 1e6, 1, language) + NBSP + 'million';
	}
	return number(value, 0, language);
}

/** A figure with its unit: `29.2 %`, `6.3 年`. The value is already scaled (a rate of 29.2 % is 29.2). */
export function withUnit(
	value: number,
	unit: string,
	decimals = 1,
	language: Language = getLocale()
): string {
	return number(value, decimals, language) + (unit ? NBSP + unit : '');
}

/** The numerator and denominator of a rate: `14,061 / 48,154`. */
export function counts(
	numerator: number,
	denominator: number,
	language: Language = getLocale()
): string {
	return `${number(numerator, 0, language)} / ${number(denominator, 0, language)}`;
}

/** A change with its sign: `+0.4`, `−1.2`, `±0.0`. */
export function change(value: number, decimals = 1, language: Language = getLocale()): string {
	const text = number(Math.abs(value), decimals, language);
	const shownAsZero = Number(Math.abs(value).toFixed(decimals)) === 0;
	return (shownAsZero ? '±' : value > 0 ? '+' : MINUS) + text;
}

/** A value that may be missing (with its reason) or hidden because it counts too few persons. */
export interface Figure {
	value: number | null;
	/** Why there is no value, worded for people. */
	reason?: string | null;
	/** Hidden because fewer than this many were counted. */
	below?: number | null;
}

/** The text of a figure, and its sentence on focus. Never blank, and hidden is never 0. */
export function figure(
	{ value, reason, below }: Figure,
	decimals = 0,
	language: Language = getLocale()
): { text: string; note: string | null } {
	if (below)
		return {
			text: m.shell_fewer_than({ below }, { locale: language }),
			note: m.shell_fewer_than_note({ below }, { locale: language })
		};
	if (value === null)
		return { text: DASH, note: reason || m.shell_no_value({}, { locale: language }) };
	return { text: number(value, decimals, language), note: null };
}

const EN_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2026-03` → `2026年3月` / `Mar 2026`; `2026-Q1` → `2026年第1季度` / `Q1 2026`; `2026-H1`, `2026` alike. */
export function period(code: string, language: Language = getLocale()): string {
	const [year = code, part] = code.split('-');
	const chinese = language === 'zh-CN';
	if (!part) return chinese ? `${year}年` : year;
	if (part.startsWith('Q')) return chinese ? `${year}年第${part.slice(1)}季度` : `${part} ${year}`;
	if (part.startsWith('H'))
		return chinese ? `${year}年${part === 'H1' ? '上' : '下'}半年` : `${part} ${year}`;
	return chinese ? `${year}年${Number(part)}月` : `${EN_MONTHS[Number(part) - 1]} ${year}`;
}

/** The same for a chart's axis: the year only where it begins (`26年1月` · `2月`; `Jan 26` · `Feb`). */
export function periodTick(code: string, first = false, language: Language = getLocale()): string {
	const [year = code, part] = code.split('-');
	if (!part) return year;
	const chinese = language === 'zh-CN';
	const short = year.slice(2);
	if (/^[QH]/.test(part)) {
		const begins = first || part.endsWith('1');
		return begins ? (chinese ? `${short}年${part}` : `${part} ${short}`) : part;
	}
	const begins = first || part === '01';
	if (chinese) return (begins ? `${short}年` : '') + `${Number(part)}月`;
	return `${EN_MONTHS[Number(part) - 1]}${begins ? ` ${short}` : ''}`;
}

/** A day as `2026-03-31`, in the council's time zone. Takes a day, an instant, or a Date. */
export function date(value: string | Date): string {
	if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
	return dayOf(value);
}

/** A day as people say it: `3月31日` / `31 Mar`. */
export function dayMonth(value: string | Date, language: Language = getLocale()): string {
	const [, month, day] = date(value).split('-').map(Number);
	return language === 'zh-CN' ? `${month}月${day}日` : `${day} ${EN_MONTHS[(month ?? 1) - 1]}`;
}

const minuteFormat = new Intl.DateTimeFormat('sv-SE', {
	timeZone: ZONE,
	dateStyle: 'short',
	timeStyle: 'short'
});

/** An instant as `2026-03-31 14:05`, in the council's time zone. */
export function dateTime(value: string | Date): string {
	return minuteFormat.format(new Date(value));
}

/** Whole days from one day to another: `days('2026-03-31', '2026-04-03')` is 3. */
export function days(from: string | Date, to: string | Date): number {
	return Math.round((Date.parse(date(to)) - Date.parse(date(from))) / 86_400_000);
}

/** The distance of a day from a due date: `3 days late`, `due today`, `5 days left`. */
export function lateness(
	due: string | Date,
	at: string | Date,
	language: Language = getLocale()
): string {
	const late = days(due, at);
	if (late === 0) return m.shell_due_today({}, { locale: language });
	return late > 0
		? m.shell_days_late({ days: late }, { locale: language })
		: m.shell_days_left({ days: -late }, { locale: language });
}

/** The size of a file: `18.4 KB`. */
export function fileSize(bytes: number, language: Language = getLocale()): string {
	if (bytes < 1024) return number(bytes, 0, language) + NBSP + 'B';
	if (bytes < 1024 ** 2) return number(bytes / 1024, 1, language) + NBSP + 'KB';
	return number(bytes / 1024 ** 2, 1, language) + NBSP + 'MB';
}
