import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/form.ts';
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

export const load = ({ locals, url }) => {
	if (locals.session) redirect(303, returnAddress(url.searchParams.get('to')));
	return { done: url.searchParams.get('done') };
};

export const actions = {
	default: async (event) => {
		const { locals, request, url } = event;
		const sent = await request.formData();
		const email = String(sent.get('email') ?? '');
		const form = readForm(credentials, sent);
		if (!form.ok) return fail(400, { email, errors: form.errors });

		try {
			await signIn(locals.identity, event, { ...form.data, before: locals.session });
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, email });
		}
		redirect(303, returnAddress(url.searchParams.get('to')));
	}
};
