import { z } from 'zod';
import { rowId } from '#lib/kernel/row-id.ts';
import { act } from '#lib/server/http/act.ts';
import * as notifications from '#lib/server/notifications.ts';

const SHOWN = 200;

export const load = async ({ locals }) => ({
	notifications: await notifications.notifications(locals.db, SHOWN)
});

export const actions = {
	/** Marks one as read, without a name all. */
	read: act({
		name: 'read',
		schema: z.object({ notification: rowId.optional() }),
		does: ({ notification }, { locals }) => notifications.markRead(locals.db, notification),
		done: '/notifications'
	})
};
