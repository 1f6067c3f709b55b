import { m } from '#lib/paraglide/messages.js';
import { inLanguage } from '#lib/kernel/language.ts';
import { actOf, subjectOf } from '#lib/audit/acts.ts';
import { period as periodText } from '#lib/ui/format.ts';
import { getLocale, type Locale } from '#lib/paraglide/runtime.js';

/** Something that was done; names are left out where the reader may not know them. */
export interface Event {
	id: string;
	at: string;
	verb: string;
	subject_type: string;
	subject_id: string;
	organisation_zh: string | null;
	organisation_en: string | null;
	subject_organisation_zh: string | null;
	subject_organisation_en: string | null;
	title_zh: string | null;
	title_en: string | null;
	period: string | null;
	/** The row on whose page the subject stands, where it has none of its own. */
	parent_id: string | null;
}

/** An event as a sentence. */
export function eventText(event: Event, language: Locale = getLocale()): string {
	const title = inLanguage(event, 'title', language);
	const period = event.period ? periodText(event.period, language) : '';
	const said = {
		who: inLanguage(event, 'organisation', language) || m.home_somebody({}, { locale: language }),
		whom: inLanguage(event, 'subject_organisation', language),
		what:
			title && period
				? language === 'zh-CN'
					? `${title}（${period}）`
					: `${title}, ${period}`
				: title || period
	};
	return actOf(event.verb).sentence(said, { locale: language }).replace(/\s+/g, ' ').trim();
}

/** The page that shows what an event was about; null where there is none, or the reader may not know the subject by name. */
export function eventLink({ subject_type, subject_id, parent_id, title_zh }: Event): string | null {
	if (title_zh === null) return null;
	return subjectOf(subject_type).address({ id: subject_id, parent: parent_id });
}
