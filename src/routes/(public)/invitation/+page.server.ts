import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
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
	newcomer: async (event) => {
		const { locals, request, url } = event;
		const sent = await request.formData();
		const name = String(sent.get('name') ?? '');
		const form = readForm(newcomer, sent);
		if (!form.ok) return fail(400, { name, errors: form.errors });

		const invitation = await openInvitation(locals.identity, tokenOf(url));
		try {
			await acceptInvitationAsNew(locals.identity, tokenOf(url), form.data);
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, name });
		}
		if (!invitation) redirect(303, '/sign-in?done=account');
		await signIn(locals.identity, event, {
			email: invitation.email,
			password: form.data.password,
			before: locals.session
		});
		redirect(303, '/');
	},

	/** Somebody with an account proves that it is theirs. */
	sign_in: async (event) => {
		const { locals, request, url } = event;
		const form = readForm(known, await request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });

		const invitation = await openInvitation(locals.identity, tokenOf(url));
		if (!invitation) return refuse({ status: 410, key: 'invitation_not_open' });
		try {
			await signIn(locals.identity, event, {
				email: invitation.email,
				password: form.data.password,
				before: locals.session
			});
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/invitation?token=${encodeURIComponent(tokenOf(url))}`);
	},

	/** The signed-in person takes the invitation. */
	accept: async ({ locals, url, cookies }) => {
		if (!locals.person) return refuse({ status: 401, key: 'session_ended' });
		try {
			const organisation = await acceptInvitation(locals.identity, tokenOf(url), locals.person.id);
			cookies.set(actingCookie, organisation, {
				path: '/',
				httpOnly: true,
				sameSite: 'lax',
				secure: url.protocol === 'https:'
			});
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/');
	}
};

function tokenOf(url: URL) {
	return (url.searchParams.get('token') ?? '').slice(0, 200);
}
