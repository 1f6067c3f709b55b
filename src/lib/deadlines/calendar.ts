import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { inventedNote, labelledTitle } from '#lib/sharing/invented.ts';
import { period } from '#lib/ui/format.ts';

/** A due date in a calendar. */
type DueDay = {
	/** The obligation: the event keeps its identity when the date moves. */
	id: string;
	dataset_zh: string;
	dataset_en: string;
	period: string;
	due_on: string;
	original_due_on: string | null;
	excused: boolean;
	/** How often the date moved or the period was excused. */
	changes: number;
	changed_at: string;
};

/** Whose due dates they are. */
export type DueDays = { name_zh: string; name_en: string; is_demo: boolean; days: DueDay[] };

/** An iCalendar file (RFC 5545): one whole-day event for each due date; an excused one is cancelled. */
export function calendarFile(owed: DueDays, origin: string, locale: Locale): string {
	const inLanguage = { locale };
	const chinese = locale === 'zh-CN';
	const note = inventedNote(owed, locale);
	const calendar = ical({
		name: labelledTitle(
			m.deadlines_calendar_name(
				{ organisation: chinese ? owed.name_zh : owed.name_en },
				inLanguage
			),
			owed,
			locale
		),
		...describedBy(...note),
		prodId: { company: 'xiezhi', product: 'due dates', language: chinese ? 'ZH' : 'EN' },
		method: ICalCalendarMethod.PUBLISH,
		ttl: 4 * 60 * 60
	});
	for (const day of owed.days) {
		const changedAt = new Date(day.changed_at);
		calendar.createEvent({
			id: `${day.id}@xiezhi`,
			sequence: day.changes,
			stamp: changedAt,
			lastModified: changedAt,
			start: new Date(`${day.due_on}T00:00:00Z`),
			allDay: true,
			// Nobody is busy all day because figures are due.
			transparency: ICalEventTransparency.TRANSPARENT,
			status: day.excused ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
			summary: labelledTitle(
				m.deadlines_calendar_due(
					{
						dataset: chinese ? day.dataset_zh : day.dataset_en,
						period: period(day.period, locale)
					},
					inLanguage
				),
				owed,
				locale
			),
			...describedBy(
				...note,
				...(day.original_due_on
					? [m.deadlines_original_was({ date: day.original_due_on }, inLanguage)]
					: [])
			),
			url: `${origin}/submissions/deadlines/${day.id}`
		});
	}
	return calendar.toString();
}

const describedBy = (...lines: string[]) => (lines.length ? { description: lines.join('\n') } : {});
