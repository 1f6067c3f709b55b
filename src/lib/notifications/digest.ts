import { subjectOf } from '#lib/audit/acts.ts';
import { inLanguage } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import { inventedNote, labelledTitle, type Invented } from '#lib/sharing/invented.ts';
import { period } from '#lib/ui/format.ts';
import { kindOf } from './kinds.ts';

/** Everything that a mail tells about one row. */
export type DigestItem = {
	kind: string;
	subject_type: string;
	subject_id: string;
	/** The row on whose page the subject stands, where it has none of its own. */
	parent_id: string | null;
	/** The day that it is about, where there is one. */
	due_on: string | null;
	/** How many values are to be corrected, or were answered, where it is about that. */
	cells: number | null;
	title_zh: string;
	title_en: string;
	period: string | null;
	/** Whom it concerns, where that is one organisation. */
	organisation_zh: string | null;
	organisation_en: string | null;
};

/** A notification as a sentence. */
export function notificationText(item: DigestItem, locale: Locale = getLocale()): string {
	const title = inLanguage(item, 'title', locale);
	const kind = kindOf(item.kind);
	const count = item.cells ?? 0;
	const sentence = (count === 0 && kind.uncounted) || kind.sentence;
	return sentence(
		{
			who: inLanguage(item, 'organisation', locale),
			what: item.period ? `${title} ${period(item.period, locale)}` : title,
			date: item.due_on ?? '',
			count
		},
		{ locale }
	);
}

/** The page on which one sees what a notification is about, and acts on it. */
export function notificationAddress({ kind, subject_type, subject_id, parent_id }: DigestItem) {
	return (
		kindOf(kind).address?.(subject_id) ??
		subjectOf(subject_type).address({ id: subject_id, parent: parent_id }) ??
		'/notifications'
	);
}

/** One mail about all that a person was told, Chinese first. No figures and no reasons: only what it is, whose, and when. */
export function digest(
	name: string,
	items: DigestItem[],
	origin: string,
	of: Invented
): { subject: string; text: string } {
	const part = (locale: Locale) =>
		[
			...inventedNote(of, locale),
			m.notifications_mail_greeting({ name }, { locale }),
			...items.map(
				(item) => `${notificationText(item, locale)}\n${origin}${notificationAddress(item)}`
			),
			m.notifications_mail_why({}, { locale })
		].join('\n\n');
	return {
		subject: (['zh-CN', 'en'] as const)
			.map((locale) => {
				const subject = m.notifications_mail_subject({ count: items.length }, { locale });
				return labelledTitle(subject, of, locale);
			})
			.join(' · '),
		text: `${part('zh-CN')}\n\n----------------------------------------\n\n${part('en')}\n`
	};
}
