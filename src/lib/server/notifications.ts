import { askedOf } from '#lib/kernel/list.ts';
import type { NotificationList, NotificationPage } from '#lib/notifications/list.ts';
import { jsonOf, rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';

/** A page of what the reader was told in the organisation they act for, the newest first, in one call. */
export function page(db: Db, list: NotificationList): Promise<NotificationPage> {
	const asked = askedOf(list);
	return rememberFor('person', db, `notifications ${JSON.stringify(asked)}`, async () =>
		jsonOf(await db.rpc('notifications_page', { list: asked }))
	);
}

/** How many the reader has not read, those that have passed left out. */
export function unread(db: Db): Promise<number> {
	return rememberFor('person', db, 'unread', async () =>
		rows(await db.rpc('unread_notifications'))
	);
}

/** Marks one as read, or all. */
export async function markRead(db: Db, notification?: string) {
	rows(await db.rpc('mark_notifications_read', { notification }));
}
