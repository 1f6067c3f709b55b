import { z } from 'zod';
import { rowId } from '#lib/kernel/row-id.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { act } from '#lib/server/http/act.ts';

export const load = async ({ locals }) => ({
	feeds: await deadlines.calendarFeeds(locals.db)
});

export const actions = {
	make: act({
		name: 'make',
		does: async (_, { locals, url }) => {
			const token = await deadlines.makeCalendarFeed(locals.db);
			const language = locals.language === 'en' ? '?lang=en' : '';
			return `${url.origin}/calendar/${token}.ics${language}`;
		},
		done: null
	}),
	revoke: act({
		name: 'revoke',
		schema: z.object({ feed: rowId }),
		does: ({ feed }, { locals }) => deadlines.revokeCalendarFeed(locals.db, feed)
	})
};
