import type { Event } from '#lib/events/events.ts';
import type { Task } from '#lib/tasks/task.ts';
import type { OverviewRow } from '#lib/indicators/overview.ts';
import { jsonOf, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';
import { written } from '#lib/ui/written.ts';

type Page = {
	/** The tasks of the reader in the organisation they act for, the most urgent first. */
	tasks: Task[];
	/** The newest events the reader may know of. */
	events: Event[];
	/** The meeting that is open, else the next one planned; null where there is none. */
	meeting: NextMeeting | null;
	overview: OverviewRow[];
};

/** The home page of a council (null: of none), in one call. */
export function page(db: Db, council: string | null, events: number): Promise<Page> {
	return rememberFor('person', db, `home ${council} ${events}`, async () => {
		const found = jsonOf<Page>(
			await db.rpc('home_page', { council: council as string, at_most: events })
		);
		written(found.events);
		return found;
	});
}

/** The tasks of the reader in the organisation they act for, the most urgent first. */
export async function tasks(db: Db): Promise<Task[]> {
	return (await page(db, null, 1)).tasks;
}

type NextMeeting = {
	id: string;
	number: number;
	title_zh: string;
	title_en: string;
	place_zh: string;
	place_en: string;
	scheduled_at: string;
	status: 'planned' | 'open';
};
