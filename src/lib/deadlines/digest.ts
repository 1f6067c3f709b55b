import { m } from '#lib/paraglide/messages.js';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import { period } from '#lib/ui/format.ts';

export type NoticeKind =
	| 'due_in_5'
	| 'due_in_1'
	| 'overdue'
	| 'escalated'
	| 'extension_approved'
	| 'extension_declined'
	| 'calendar_moved';

/** What somebody is told about one due date. */
export type DigestItem = {
	kind: NoticeKind;
	due_on: string;
	obligation: string;
	period: string;
	dataset_zh: string;
	dataset_en: string;
	organisation_zh: string;
	organisation_en: string;
};

const sentences = {
	due_in_5: m.deadlines_notice_due,
	due_in_1: m.deadlines_notice_due,
	overdue: m.deadlines_notice_overdue,
	escalated: m.deadlines_notice_escalated,
	extension_approved: m.deadlines_notice_approved,
	extension_declined: m.deadlines_notice_declined,
	calendar_moved: m.deadlines_notice_calendar_moved
};

/** A notice as a sentence. */
export function noticeText(
	item: Omit<DigestItem, 'obligation'>,
	locale: Locale = getLocale()
): string {
	const english = locale === 'en';
	const told = {
		who: english ? item.organisation_en : item.organisation_zh,
		what: `${english ? item.dataset_en : item.dataset_zh} ${period(item.period, locale)}`,
		date: item.due_on
	};
	return sentences[item.kind](told, { locale });
}

/** One mail about all that a person was told, Chinese first. No figures: only what is due, from whom, and when. */
export function digest(
	name: string,
	items: DigestItem[],
	origin: string
): { subject: string; text: string } {
	const part = (locale: Locale) =>
		[
			m.deadlines_mail_greeting({ name }, { locale }),
			...items.map(
				(item) => `${noticeText(item, locale)}\n${origin}/submissions/deadlines/${item.obligation}`
			),
			m.deadlines_mail_why({}, { locale })
		].join('\n\n');
	return {
		subject: (['zh-CN', 'en'] as const)
			.map((locale) => m.deadlines_mail_subject({ count: items.length }, { locale }))
			.join(' · '),
		text: `${part('zh-CN')}\n\n----------------------------------------\n\n${part('en')}\n`
	};
}
