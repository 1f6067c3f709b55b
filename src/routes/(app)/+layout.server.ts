import * as notifications from '#lib/server/notifications.ts';

export const load = async ({ locals }) => ({
	unread: locals.acting ? await notifications.unread(locals.db) : 0,
	person: locals.person,
	acting: locals.acting,
	memberships: locals.memberships
});
