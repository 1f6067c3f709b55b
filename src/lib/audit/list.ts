import { day, id, oneOf, type List, type Listed } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Subject } from '#lib/links/about.ts';
import { verbs } from './acts.ts';
import type { AuditEvent } from './event.ts';

/** The list of audit events; since and until: first and last day, in the council's time zone. */
export const auditList = {
	filters: { verb: oneOf(verbs), organisation: id, since: day, until: day },
	sorts: [],
	size: 50
};

export type AuditList = List<(typeof auditList)['filters']>;

export type AuditPage = Listed<AuditEvent> & {
	/** What the events were about, as far as the reader may read it. */
	subjects: Subject[];
	/** The parties of the council, to choose from. */
	organisations: (Named & { id: string })[];
};
