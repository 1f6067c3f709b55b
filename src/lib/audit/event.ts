import type { Party } from '#lib/meetings/meeting.ts';

export type AuditEvent = {
	id: string;
	at: string;
	verb: string;
	subject_type: string;
	subject_id: string;
	details: Record<string, unknown>;
	/** What `details.dataset` is called. */
	dataset: { name_zh: string; name_en: string } | null;
	organisation: Party | null;
	subject_organisation: Party | null;
	/** Only of the reader's own organisation; people of others stay unnamed. */
	person: string | null;
};
