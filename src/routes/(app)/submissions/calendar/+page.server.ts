import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refuse } from '#lib/server/db.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { readForm } from '#lib/server/http/form.ts';

export const load = async ({ locals }) => ({
	feeds: await deadlines.calendarFeeds(locals.db)
});

export const actions = {
	make: async ({ locals, url }) => {
		try {
			const token = await deadlines.makeCalendarFeed(locals.db);
			const language = locals.language === 'en' ? '?lang=en' : '';
			return { made: `${url.origin}/calendar/${token}.ics${language}` };
		} catch (caught) {
			return refuse(caught);
		}
	},
	revoke: async ({ locals, request }) => {
		const form = readForm(z.object({ feed: z.uuid() }), await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'calendar_feed_not_live' });
		try {
			await deadlines.revokeCalendarFeed(locals.db, form.data.feed);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/submissions/calendar?done=revoked');
	}
};
