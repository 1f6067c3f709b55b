import type { Named, Party } from '#lib/kernel/named.ts';

export type AuditEvent = {
	id: string;
	at: string;
	verb: string;
	subject_type: string;
	subject_id: string;
	details: Record<string, unknown>;
	/** What `details.dataset` is called. */
	dataset: Named<string> | null;
	organisation: Party | null;
	subject_organisation: Party | null;
	/** Only of the reader's own organisation; people of others stay unnamed. */
	person: string | null;
};
