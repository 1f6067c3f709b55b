import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import { changePassword, endOtherSessions, endSession, sessionsOf } from '#lib/server/identity.ts';

const passwords = z.object({
	current: z
		.string()
		.min(1, { error: () => m.identity_password_needed() })
		.max(1000),
	wanted: z
		.string()
		.min(1, { error: () => m.identity_password_needed() })
		.max(1000)
});

export const load = async ({ locals }) => {
	const { person, session } = signedIn(locals);
	return {
		name: person.name,
		email: person.email,
		here: session.id,
		sessions: await sessionsOf(locals.identity, person.id)
	};
};

export const actions = {
	password: async (event) => {
		const { person } = signedIn(event.locals);
		const form = readForm(passwords, await event.request.formData());
		if (!form.ok) return fail(400, { errors: form.errors });
		try {
			await changePassword(event.locals.identity, event, person, form.data);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/account?done=password');
	},

	end: async ({ locals, request }) => {
		const { person } = signedIn(locals);
		const form = await request.formData();
		await endSession(locals.identity, person.id, String(form.get('session') ?? ''));
		redirect(303, '/account?done=session');
	},

	end_others: async ({ locals }) => {
		const { person, session } = signedIn(locals);
		await endOtherSessions(locals.identity, person.id, session.id);
		redirect(303, '/account?done=session');
	}
};

function signedIn({ person, session }: App.Locals) {
	if (!person || !session) redirect(303, '/sign-in?to=/account');
	return { person, session };
}
