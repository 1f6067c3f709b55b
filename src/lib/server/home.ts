import type { Event } from '#lib/home/events.ts';
import type { Task } from '#lib/home/tasks.ts';
import { rows, type Db } from '#lib/server/db.ts';
import * as deadlines from '#lib/server/deadlines.ts';

/** What waits for the reader in the organisation they act for, the most urgent first. */
export async function tasks(db: Db): Promise<Task[]> {
	const [tasks, requests] = await Promise.all([db.rpc('my_tasks'), deadlines.queue(db)]);
	const extend = requests.map((request): Task => ({
		kind: 'extend',
		subject_id: request.obligation_id,
		title_zh: request.dataset_zh,
		title_en: request.dataset_en,
		organisation_zh: request.organisation_zh,
		organisation_en: request.organisation_en,
		period: request.period,
		due_on: request.due_on,
		status: 'open'
	}));
	return [...(rows(tasks) as Task[]), ...extend];
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
