/** The business time zone: days are those of the council, whatever a machine's clock says. */
export const ZONE = 'Asia/Shanghai';

const format = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE });

/** The day of an instant as `2026-03-31`, in the council's time zone. */
export function dayOf(instant: string | number | Date): string {
	return format.format(new Date(instant));
}

/** Today as the database counts it (`private.today()`), or so many days from it. */
export function today(daysFromNow = 0): string {
	return dayAfter(dayOf(Date.now()), daysFromNow);
}

/** The day so many days after one: `dayAfter('2026-02-28', 1)` is `2026-03-01`. */
export function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
