import { day, id, oneOf, type List } from '#lib/kernel/list.ts';
import { verbs } from './acts.ts';

/** The list of audit events; since and until: first and last day, in the council's time zone. */
export const auditList = {
	filters: { verb: oneOf(verbs), organisation: id, since: day, until: day },
	sorts: [],
	size: 50
};

export type AuditFilter = List<(typeof auditList)['filters']>['filters'];
