import { z } from 'zod';
import { hrefOf, listOf } from '#lib/kernel/list.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { notificationList } from '#lib/notifications/list.ts';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import * as notifications from '#lib/server/notifications.ts';

export const load = async ({ locals, url }) => {
	const list = listOf(url, notificationList);
	return { ...within(await notifications.page(locals.db, list), list, url), list };
};

export const actions = {
	/** Marks one as read, without a name all: those on other pages and behind the filters too. */
	read: act({
		name: 'read',
		schema: z.object({ notification: rowId.optional() }),
		does: ({ notification }, { locals }) => notifications.markRead(locals.db, notification),
		done: (_, __, { url }) => hrefOf('/notifications', listOf(url, notificationList))
	})
};
