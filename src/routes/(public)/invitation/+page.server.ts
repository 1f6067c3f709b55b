import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';
import {
	acceptInvitation,
	acceptInvitationAsNew,
	openInvitation,
	signIn
} from '#lib/server/identity.ts';
import { actingCookie } from '#lib/identity/acting.ts';

const newcomer = z.object({
	name: z
		.string()
		.trim()
		.min(1, { error: () => m.identity_name_needed() })
		.max(100),
	password: z
		.string()
		.min(1, { error: () => m.identity_password_needed() })
		.max(1000)
});
const known = newcomer.pick({ password: true });

export const load = async ({ locals, url }) => {
	const invitation = await openInvitation(locals.identity, tokenOf(url));
	if (!invitation) return { invitation: null };
	const { email, organisation_zh, organisation_en, roles, person_id } = invitation;
	return {
		invitation: { email, name_zh: organisation_zh, name_en: organisation_en, roles },
		step: !person_id ? 'newcomer' : person_id === locals.person?.id ? 'accept' : 'sign_in'
	} as const;
};

export const actions = {
	/** Somebody without an account chooses a name and a password. */
	newcomer: act({
		name: 'newcomer',
		schema: newcomer,
		does: async (form, event) => {
			const { locals, url } = event;
			const invitation = await openInvitation(locals.identity, tokenOf(url));
			await acceptInvitationAsNew(locals.identity, tokenOf(url), form);
			if (!invitation) redirect(303, '/sign-in?done=account');
			const { email } = invitation;
			const { password } = form;
			await signIn(locals.identity, event, { email, password, before: locals.session });
		},
		done: '/'
	}),

	/** Somebody with an account proves that it is theirs. */
	sign_in: act({
		name: 'sign_in',
		schema: known,
		does: async ({ password }, event) => {
			const { locals, url } = event;
			const invitation = await openInvitation(locals.identity, tokenOf(url));
			if (!invitation) refusing({ status: 410, key: 'invitation_not_open' });
			const { email } = invitation;
			await signIn(locals.identity, event, { email, password, before: locals.session });
		},
		done: (_, __, { url }) => `/invitation?token=${encodeURIComponent(tokenOf(url))}`
	}),

	/** The signed-in person takes the invitation. */
	accept: act({
		name: 'accept',
		does: async (_, { locals, url, cookies }) => {
			if (!locals.person) refusing({ status: 401, key: 'session_ended' });
			const organisation = await acceptInvitation(locals.identity, tokenOf(url), locals.person.id);
			cookies.set(actingCookie, organisation, {
				path: '/',
				httpOnly: true,
				sameSite: 'lax',
				secure: url.protocol === 'https:'
			});
		},
		done: '/'
	})
};

function tokenOf(url: URL) {
	return (url.searchParams.get('token') ?? '').slice(0, 200);
}
