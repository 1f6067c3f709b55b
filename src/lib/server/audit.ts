import type { AuditEvent } from '#lib/audit/event.ts';
import type { AuditList, AuditPage } from '#lib/audit/list.ts';
import { askedOf } from '#lib/kernel/list.ts';
import { jsonOf, type Db } from './db.ts';
import { rememberFor } from './process/remember.ts';

/** A page of the events that the reader may see, the newest first, with what stands around it, in one call. */
export function page(db: Db, council: string | null, list: AuditList): Promise<AuditPage> {
	const asked = askedOf(list);
	return rememberFor('person', db, `audit ${council} ${JSON.stringify(asked)}`, () =>
		read(db, council, asked)
	);
}

async function read(db: Db, council: string | null, asked: ReturnType<typeof askedOf>) {
	return jsonOf<AuditPage>(await db.rpc('audit_page', { council: council as string, list: asked }));
}

/** The newest events under a filter, page after page. */
export async function newest(db: Db, list: AuditList, atMost: number): Promise<AuditEvent[]> {
	const wanted = 500;
	const found: AuditEvent[] = [];
	while (found.length < atMost) {
		const asked = { ...askedOf(list), skipped: found.length, wanted };
		const { rows: events } = await read(db, null, asked);
		found.push(...events);
		if (events.length < wanted) break;
	}
	return found.slice(0, atMost);
}
