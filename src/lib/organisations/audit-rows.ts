import { m } from '#lib/paraglide/messages.js';
import type { AuditEvent } from '#lib/server/audit.ts';
import { dateTime, nameOf } from '#lib/ui/format.ts';
import { subjectName, verbName } from './audit-words.ts';

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
			verbName(event.verb),
			subjectName(event.subject_type),
			event.subject_id,
			event.subject_organisation ? nameOf(event.subject_organisation) : '',
			detailText(event.details)
		])
	];
}

/** The few facts an event carries: `period: 2026-09, dataset: D1`. */
export function detailText(details: AuditEvent['details'] | string | null): string {
	const read: unknown = typeof details === 'string' ? JSON.parse(details) : details;
	return Object.entries((read ?? {}) as Record<string, unknown>)
		.map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join(' ') : String(value)}`)
		.join(', ');
}
