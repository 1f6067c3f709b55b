import { kinds as actionItems } from '#lib/action-items/notifications.ts';
import { kinds as deadlines } from '#lib/deadlines/notifications.ts';
import { kinds as meetings } from '#lib/meetings/notifications.ts';
import { m } from '#lib/paraglide/messages.js';
import { kinds as reviews } from '#lib/reviews/notifications.ts';
import { kinds as revisions } from '#lib/revisions/notifications.ts';
import type { Kind, Kinds } from './kind.ts';

/** Every kind of notification, in the order of the loop. */
export const kinds = { ...deadlines, ...reviews, ...revisions, ...meetings, ...actionItems };

/**
 * The kind under the name that the database gives. That each kind of our own database is here is held by a test; what a
 * newer version told is news all the same.
 */
export function kindOf(name: string): Kind {
	return (kinds as Kinds)[name] ?? { sentence: m.notifications_other, tone: 'no_data' };
}
