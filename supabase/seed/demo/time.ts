/** The calendar of one load: everything is told relative to today in Asia/Shanghai. */
export type Calendar = {
	now: Date;
	today: string;
	/** 25 complete months, oldest first: 2024-10 … 2026-10. */
	months: string[];
	/** 8 complete quarters, oldest first. */
	quarters: string[];
};

const zone = 8 * 3600_000;
export const day = 86_400_000;

export function calendarOf(now: Date): Calendar {
	const today = dateOf(now);
	const current = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
	const quarter = Math.floor(current / 3);
	return {
		now,
		today,
		months: Array.from({ length: 25 }, (_, at) => monthOf(current - 25 + at)),
		quarters: Array.from({ length: 8 }, (_, at) => quarterOf(quarter - 8 + at))
	};
}

function monthOf(count: number): string {
	return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

function quarterOf(count: number): string {
	return `${Math.floor(count / 4)}-Q${(count % 4) + 1}`;
}

/** The date in Asia/Shanghai. */
export function dateOf(moment: Date): string {
	return new Date(moment.getTime() + zone).toISOString().slice(0, 10);
}

/** A moment by the clock of Asia/Shanghai. */
export function at(date: string, clock = '00:00'): Date {
	return new Date(`${date}T${clock}:00+08:00`);
}

export function addDays(date: string, days: number): string {
	return dateOf(new Date(at(date).getTime() + days * day));
}

/** The weekday on or after a date, for meetings and due dates. */
export function weekday(date: string): string {
	const number = new Date(`${date}T00:00:00Z`).getUTCDay();
	return number === 6 ? addDays(date, 2) : number === 0 ? addDays(date, 1) : date;
}

/** First day of the month after the period. */
export function opensOn(period: string): string {
	const year = Number(period.slice(0, 4));
	const last = period.includes('Q') ? Number(period.slice(6)) * 3 : Number(period.slice(5));
	return `${monthOf(year * 12 + last)}-01`;
}

/** Whether the Spring Festival falls into this month. */
export function isFestivalMonth(month: string): boolean {
	const january = [2023, 2025, 2028, 2031, 2033].includes(Number(month.slice(0, 4)));
	return month.endsWith(january ? '-01' : '-02');
}
