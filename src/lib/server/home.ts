import type { Event } from '#lib/home/events.ts';
import type { Task } from '#lib/home/tasks.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** What waits for the reader in the organisation they act for, the most urgent first. */
export async function tasks(db: Db): Promise<Task[]> {
	return rows(await db.rpc('my_tasks')) as Task[];
}

/** The newest events the reader may know of. */
export async function events(db: Db, atMost: number): Promise<Event[]> {
	return rows(await db.rpc('recent_events', { at_most: atMost }));
}

export type NextMeeting = {
	id: string;
	number: number;
	title_zh: string;
	title_en: string;
	place_zh: string;
	place_en: string;
	scheduled_at: string;
	status: 'planned' | 'open';
};

/** The meeting that is open, else the next one planned; null where there is none. */
export async function nextMeeting(db: Db, council: string): Promise<NextMeeting | null> {
	const found = rows(
		await db
			.from('meetings')
			.select('id,number,title_zh,title_en,place_zh,place_en,scheduled_at,status')
			.eq('council_id', council)
			.in('status', ['open', 'planned'])
			.order('status')
			.order('scheduled_at')
			.limit(1)
	) as NextMeeting[];
	return found[0] ?? null;
}
