import { subjects } from '#lib/audit/acts.ts';
import { oneOf, ticked, type List, type Listed } from '#lib/kernel/list.ts';
import type { Notification } from './notification.ts';

/** How the list of notifications can be asked for; unread: what still asks for something. */
export const notificationList = {
	filters: { unread: ticked, about: oneOf(Object.keys(subjects)) },
	sorts: [],
	size: 50
};

export type NotificationList = List<(typeof notificationList)['filters']>;

export type NotificationPage = Listed<Notification> & {
	/** The types of subject that people are told of. */
	about: string[];
};
