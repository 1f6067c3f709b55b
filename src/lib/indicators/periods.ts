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

/** First day of a period (`2026-03`, `2026-Q1`, `2026-H1`, `2026`). */
export function firstDay(period: string): string {
	return iso(Number(period.slice(0, 4)), firstMonth(period), 1);
}

/** First day of a period, or today where nobody says which. */
export function firstDayOrToday(period: string): string {
	return period ? firstDay(period) : new Date().toISOString().slice(0, 10);
}

/** Last day of a period. */
export function lastDay(period: string): string {
	return iso(Number(period.slice(0, 4)), firstMonth(period) + length(period), 0);
}

const PERIOD = /^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/;

/** The text if it is a period, else null. */
export function periodOr(text: string | null): string | null {
	return text !== null && PERIOD.test(text) ? text : null;
}

/** The first day of the month so many months before a day. */
export function monthsBefore(day: string, months: number): string {
	return iso(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - months, 1);
}
