import { today } from './day.ts';

const MONTHS = { Q: 3, H: 6 } as const;

/** How many months a period has: 1, 3, 6 or 12. */
function length(period: string): number {
	const part = period.split('-')[1];
	if (!part) return 12;
	const letter = part[0];
	return letter === 'Q' || letter === 'H' ? MONTHS[letter] : 1;
}

function firstMonth(period: string): number {
	const part = period.split('-')[1];
	if (!part) return 1;
	return /^\d/.test(part) ? Number(part) : (Number(part.slice(1)) - 1) * length(period) + 1;
}

const iso = (year: number, month: number, day: number) =>
	new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** How often periods like this one come: `month`, `quarter`, `half_year` or `year`. */
export function frequencyOf(period: string): 'month' | 'quarter' | 'half_year' | 'year' {
	const months = length(period);
	return months === 1 ? 'month' : months === 3 ? 'quarter' : months === 6 ? 'half_year' : 'year';
}

/** First day of a period (`2026-03`, `2026-Q1`, `2026-H1`, `2026`). */
export function firstDay(period: string): string {
	return iso(Number(period.slice(0, 4)), firstMonth(period), 1);
}

/** First day of a period, or today where nobody says which. */
export function firstDayOrToday(period: string): string {
	return period ? firstDay(period) : today();
}

/** Last day of a period. */
export function lastDay(period: string): string {
	return iso(Number(period.slice(0, 4)), firstMonth(period) + length(period), 0);
}

/** A period's code: `2026-03`, `2026-Q1`, `2026-H1`, `2026`; a year of another century is a slip of the finger (`0226-03`). */
export const PERIOD = /^20\d{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/;

/** The text if it is a period, else null. */
export function periodOr(text: string | null): string | null {
	return text !== null && PERIOD.test(text) ? text : null;
}

/** The first day of the month so many months before a day. */
export function monthsBefore(day: string, months: number): string {
	return iso(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - months, 1);
}

/** The period after this one, of the same length: `2026-12` → `2027-01`, `2026-Q4` → `2027-Q1`. */
export function nextPeriod(code: string): string {
	const [year, part] = code.split('-');
	const next = String(Number(year) + 1);
	if (!part) return next;
	const letter = /^[QH]/.exec(part)?.[0] ?? '';
	const number = Number(part.slice(letter.length));
	const last = letter === 'Q' ? 4 : letter === 'H' ? 2 : 12;
	const width = letter ? 1 : 2;
	return number >= last
		? `${next}-${letter}${'1'.padStart(width, '0')}`
		: `${year}-${letter}${String(number + 1).padStart(width, '0')}`;
}

/** Every period from the first to the last, so that one nobody filed shows as a gap. */
export function continuous(codes: string[]): string[] {
	const known = [...new Set(codes)].sort();
	const last = known.at(-1);
	if (!known[0] || !last) return [];
	const all = [known[0]];
	// Mixed lengths never meet; 600 periods are fifty years of months.
	while (all.at(-1)! < last && all.length < 600) all.push(nextPeriod(all.at(-1)!));
	return all.at(-1) === last ? all : known;
}
