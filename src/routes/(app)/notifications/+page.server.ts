import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as notifications from '#lib/server/notifications.ts';

const SHOWN = 200;

export const load = async ({ locals }) => ({
	notifications: await notifications.notifications(locals.db, SHOWN)
});

export const actions = {
	/** Marks one as read, without a name all. */
	read: async ({ locals, request }) => {
		const form = readForm(
			z.object({ notification: z.uuid().optional() }),
			await request.formData()
		);
		if (!form.ok) return refuse({ status: 404, key: 'not_found' });
		try {
			await notifications.markRead(locals.db, form.data.notification);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/notifications');
	}
};
