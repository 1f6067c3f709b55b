import { m } from '#lib/paraglide/messages.js';
import type { AuditEvent } from '#lib/audit/event.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { dateTime, period } from '#lib/ui/format.ts';
import type { State } from '#lib/ui/state.ts';
import { objectionStates } from '#lib/revisions/states.ts';
import { resolutionStates } from '#lib/meetings/states.ts';
import { actOf, subjectOf } from './acts.ts';

/** The record as the rows of a table, with a header. */
export function auditRows(events: AuditEvent[]): string[][] {
	return [
		[
			m.organisations_audit_at(),
			m.organisations_audit_organisation(),
			m.organisations_audit_person(),
			m.organisations_audit_verb(),
			m.organisations_audit_subject(),
			m.organisations_audit_subject_id(),
			m.organisations_audit_subject_organisation(),
			m.organisations_audit_details()
		],
		...events.map((event) => [
			dateTime(event.at),
			event.organisation ? nameOf(event.organisation) : '',
			event.person ?? '',
			actOf(event.verb).word(),
			subjectOf(event.subject_type).word(),
			event.subject_id,
			event.subject_organisation ? nameOf(event.subject_organisation) : '',
			detailText(event)
		])
	];
}

const detailNames: Record<string, () => string> = {
	count: m.organisations_audit_count_of,
	due_before: m.organisations_audit_due_before,
	due_on: m.organisations_audit_due_on,
	outcome: m.organisations_audit_outcome,
	until: m.organisations_audit_until_day,
	wished_on: m.organisations_audit_wished_on
};

const outcomes: Partial<Record<string, State>> = { ...objectionStates, ...resolutionStates };

/** The few facts an event carries: `平台用工月报，2026年9月`, and what else was noted, each with its name. */
export function detailText({ details, dataset }: Pick<AuditEvent, 'details' | 'dataset'>): string {
	return Object.entries(details)
		.map(([key, value]) => {
			if (key === 'dataset' && dataset) return nameOf(dataset);
			if (key === 'period' && typeof value === 'string') return period(value);
			const text = Array.isArray(value) ? value.join(' ') : String(value);
			return `${detailNames[key]?.() ?? key}: ${outcomes[text]?.word() ?? text}`;
		})
		.join(getLocale() === 'zh-CN' ? '，' : ', ');
}
