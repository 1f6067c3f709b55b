import { inOrder, together } from '#lib/kernel/domains.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Kind, Kinds } from './kind.ts';

/** Every kind of notification, in the order of the loop: what stands in the `notifications.ts` of the domains. */
export const kinds: Kinds = together(
	inOrder(
		import.meta.glob<{ kinds: Kinds }>(['../*/notifications.ts', '!../server/**'], { eager: true })
	).map((domain) => domain.kinds)
);

/**
 * The kind under the name that the database gives. That each kind of our own database is here is held by a test; what a
 * newer version told is news all the same.
 */
export function kindOf(name: string): Kind {
	return kinds[name] ?? { sentence: m.notifications_other, tone: 'no_data' };
}
