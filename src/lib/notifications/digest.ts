import { m } from '#lib/paraglide/messages.js';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import { period } from '#lib/ui/format.ts';

export type NoticeKind =
	| 'due_in_5'
	| 'due_in_1'
	| 'overdue'
	| 'escalated'
	| 'calendar_moved'
	| 'extension_asked'
	| 'extension_approved'
	| 'extension_declined'
	| 'excused'
	| 'excuse_ended'
	| 'returned'
	| 'partly_accepted'
	| 'cells_opened'
	| 'accepted'
	| 'reopened'
	| 'objection_upheld'
	| 'objection_granted'
	| 'replied'
	| 'objected'
	| 'objection_to_decide'
	| 'decision_upheld'
	| 'decision_overruled';

/** What somebody is told about one due date or filing. */
export type DigestItem = {
	kind: NoticeKind;
	due_on: string;
	/** How many values are to be corrected, where the notice is about that. */
	cells: number | null;
	obligation_id: string;
	submission_id: string | null;
	period: string;
	dataset_zh: string;
	dataset_en: string;
	organisation_zh: string;
	organisation_en: string;
};

type Sentence = (
	told: { who: string; what: string; date: string; count: number },
	options: { locale: Locale }
) => string;
const sentences: Record<NoticeKind, Sentence> = {
	due_in_5: m.deadlines_notice_due,
	due_in_1: m.deadlines_notice_due,
	overdue: m.deadlines_notice_overdue,
	escalated: m.deadlines_notice_escalated,
	calendar_moved: m.deadlines_notice_calendar_moved,
	extension_asked: m.deadlines_notice_asked,
	extension_approved: m.deadlines_notice_approved,
	extension_declined: m.deadlines_notice_declined,
	excused: m.deadlines_notice_excused,
	excuse_ended: m.deadlines_notice_excuse_ended,
	returned: m.deadlines_notice_returned,
	partly_accepted: m.deadlines_notice_partly_accepted,
	cells_opened: m.deadlines_notice_cells_opened,
	accepted: m.deadlines_notice_accepted,
	reopened: m.deadlines_notice_reopened,
	objection_upheld: m.deadlines_notice_objection_upheld,
	objection_granted: m.deadlines_notice_objection_granted,
	replied: m.deadlines_notice_replied,
	objected: m.deadlines_notice_objected,
	objection_to_decide: m.deadlines_notice_objection_to_decide,
	decision_upheld: m.deadlines_notice_decision_upheld,
	decision_overruled: m.deadlines_notice_decision_overruled
};
/** Of what came back without a marked value. */
const unmarked: Partial<Record<NoticeKind, Sentence>> = {
	returned: m.deadlines_notice_returned_whole,
	partly_accepted: m.deadlines_notice_partly_accepted_whole
};

/** A notice as a sentence. */
export function noticeText(item: DigestItem, locale: Locale = getLocale()): string {
	const english = locale === 'en';
	const told = {
		who: english ? item.organisation_en : item.organisation_zh,
		what: `${english ? item.dataset_en : item.dataset_zh} ${period(item.period, locale)}`,
		date: item.due_on,
		count: item.cells ?? 0
	};
	const sentence = (told.count ? undefined : unmarked[item.kind]) ?? sentences[item.kind];
	return sentence(told, { locale });
}

/** The page on which one sees what a notice is about, and acts on it. */
export function noticePath({ kind, obligation_id, submission_id }: DigestItem): string {
	if (!submission_id) return `/submissions/deadlines/${obligation_id}`;
	switch (kind) {
		case 'replied':
			return `/reviews/${submission_id}`;
		case 'objected':
		case 'objection_to_decide':
		case 'objection_upheld':
		case 'objection_granted':
		case 'decision_upheld':
		case 'decision_overruled':
			return `/submissions/${submission_id}#contest`;
		default:
			return `/submissions/${submission_id}`;
	}
}

/** One mail about all that a person was told, Chinese first. No figures and no reasons: only what it is, whose, and when. */
export function digest(
	name: string,
	items: DigestItem[],
	origin: string
): { subject: string; text: string } {
	const part = (locale: Locale) =>
		[
			m.deadlines_mail_greeting({ name }, { locale }),
			...items.map((item) => `${noticeText(item, locale)}\n${origin}${noticePath(item)}`),
			m.deadlines_mail_why({}, { locale })
		].join('\n\n');
	return {
		subject: (['zh-CN', 'en'] as const)
			.map((locale) => m.deadlines_mail_subject({ count: items.length }, { locale }))
			.join(' · '),
		text: `${part('zh-CN')}\n\n----------------------------------------\n\n${part('en')}\n`
	};
}
