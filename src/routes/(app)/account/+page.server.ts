import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { changePassword, endOtherSessions, endSession, sessionsOf } from '#lib/server/identity.ts';

const password = z
	.string()
	.min(1, { error: () => m.identity_password_needed() })
	.max(1000);
/** By their names an answer knows that they never come back. */
const passwords = z.object({ current_password: password, new_password: password });
const ending = z.object({ session: z.string({ error: () => m.refusal_not_found() }).max(100) });

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
	password: act({
		name: 'password',
		schema: passwords,
		does: ({ current_password, new_password }, event) =>
			changePassword(event.locals.identity, event, signedIn(event.locals).person, {
				current: current_password,
				wanted: new_password
			})
	}),
	end: act({
		name: 'end',
		schema: ending,
		at: 'session',
		does: ({ session }, { locals }) =>
			endSession(locals.identity, signedIn(locals).person.id, session),
		done: '/account?done=session'
	}),
	end_others: act({
		name: 'end_others',
		does: (_, { locals }) => {
			const { person, session } = signedIn(locals);
			return endOtherSessions(locals.identity, person.id, session.id);
		},
		done: '/account?done=session'
	})
};

function signedIn({ person, session }: App.Locals) {
	if (!person || !session) redirect(303, '/sign-in?to=/account');
	return { person, session };
}
