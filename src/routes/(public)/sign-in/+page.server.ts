import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { readForm } from '#lib/server/http/form.ts';
import { signIn } from '#lib/server/identity.ts';
import { returnAddress } from '#lib/ui/return-address.ts';

const credentials = z.object({
	email: z
		.string()
		.trim()
		.min(1, { error: () => m.identity_email_needed() })
		.max(254),
	password: z
		.string()
		.min(1, { error: () => m.identity_password_needed() })
		.max(1000)
});

/** A form that somebody sent when their session was over: this page keeps it until they are signed in. */
type Unsent = { name: string; value: string }[];

export const load = ({ locals, url }) => {
	const { searchParams } = url;
	const unsent = searchParams.has('unsent');
	if (locals.session && !unsent) redirect(303, returnAddress(searchParams.get('to')));
};

export const actions = {
	default: act({
		name: 'default',
		does: async (_, event, sent) => {
			const { searchParams } = event.url;
			if (searchParams.has('unsent') && !sent.has('password'))
				return fail(401, { unsent: fieldsIn(sent, '') });
			const form = readForm(credentials, sent);
			if (!form.ok) return fail(400, { errors: form.errors });
			await signIn(event.locals.identity, event, { ...form.data, before: event.locals.session });
			const unsent = fieldsIn(sent, 'unsent.');
			const to = returnAddress(searchParams.get('to'));
			// Sent at once, by the page that follows.
			if (unsent.length > 0) return { to, fields: unsent };
			redirect(303, to);
		},
		done: null
	})
};

/** The fields of a form whose names begin so, without its files: this page keeps them under names of their own. */
function fieldsIn(sent: FormData, prefix: string): Unsent {
	return [...sent].flatMap(([name, value]) =>
		typeof value === 'string' && name.startsWith(prefix)
			? [{ name: name.slice(prefix.length), value }]
			: []
	);
}
