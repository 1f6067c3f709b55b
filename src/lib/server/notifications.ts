import type { DigestItem } from '#lib/deadlines/digest.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** What the reader was told. */
export type Notification = DigestItem & {
	id: string;
	created_at: string;
	read_at: string | null;
	organisation_id: string;
};

/** Unread first, then the newest. */
export async function notifications(db: Db, atMost: number): Promise<Notification[]> {
	return rows(await db.rpc('my_notifications', { at_most: atMost })) as Notification[];
}

/** How many the reader has not read. */
export async function unread(db: Db): Promise<number> {
	const { count, error } = await db
		.from('notifications')
		.select('id', { count: 'exact', head: true })
		.is('read_at', null);
	rows({ data: count, error });
	return count ?? 0;
}

/** Marks one as read, or all. */
export async function markRead(db: Db, notification?: string) {
	rows(await db.rpc('mark_notifications_read', { notification }));
}
