import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
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

type Answer = {
	email?: string;
	errors?: Record<string, string>;
	message?: string;
	unsent?: Unsent;
	/** To be sent now. */
	resend?: { to: string; fields: Unsent };
};

export const load = ({ locals, url }) => {
	const { searchParams } = url;
	const unsent = searchParams.has('unsent');
	if (locals.session && !unsent) redirect(303, returnAddress(searchParams.get('to')));
	return { done: searchParams.get('done') };
};

export const actions = {
	default: async (event) => {
		const { locals, request, url } = event;
		const sent = await request.formData();
		const to = returnAddress(url.searchParams.get('to'));
		const arrives = url.searchParams.has('unsent') && !sent.has('password');
		const unsent = fieldsIn(sent, arrives ? '' : 'unsent.');
		if (arrives) return fail<Answer>(401, { unsent });

		const email = String(sent.get('email') ?? '');
		const form = readForm(credentials, sent);
		if (!form.ok) return fail<Answer>(400, { email, unsent, errors: form.errors });

		try {
			await signIn(locals.identity, event, { ...form.data, before: locals.session });
		} catch (caught) {
			const refused = refuse(caught);
			return fail<Answer>(refused.status, { ...refused.data, email, unsent });
		}
		if (unsent.length > 0) return { resend: { to, fields: unsent } } as Answer;
		redirect(303, to);
	}
};

/** The fields of a form whose names begin so, without its files: this page keeps them under names of their own. */
function fieldsIn(sent: FormData, prefix: string): Unsent {
	return [...sent].flatMap(([name, value]) =>
		typeof value === 'string' && name.startsWith(prefix)
			? [{ name: name.slice(prefix.length), value }]
			: []
	);
}
