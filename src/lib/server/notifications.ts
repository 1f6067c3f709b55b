import type { DigestItem } from '#lib/notifications/digest.ts';
import { rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';

/** What the reader was told. */
export type Notification = DigestItem & {
	id: string;
	created_at: string;
	read_at: string | null;
	/** Not read, and there is nothing in it any more. */
	passed: boolean;
	organisation_id: string | null;
};

/** Unread first, then the newest. */
export async function notifications(db: Db, atMost: number): Promise<Notification[]> {
	return rows(await db.rpc('my_notifications', { at_most: atMost }));
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
