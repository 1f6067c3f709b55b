import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { setUp, setupOpen } from '#lib/server/identity.ts';

const named = () =>
	z
		.string()
		.trim()
		.min(1, { error: () => m.identity_name_needed() })
		.max(100);

const firstSetup = z.object({
	organisation_zh: named(),
	organisation_en: named(),
	council_zh: named(),
	council_en: named(),
	region: z
		.string()
		.trim()
		.regex(/^(\d{2}|\d{4}|\d{6}|\d{9})$/, { error: () => m.refusal_region_not_known() }),
	name: named(),
	email: z.email({ error: () => m.identity_email_needed() }),
	password: z
		.string()
		.min(1, { error: () => m.identity_password_needed() })
		.max(1000)
});

export const load = async ({ locals, url }) => ({
	open: await setupOpen(locals.identity, tokenOf(url))
});

export const actions = {
	default: act({
		name: 'default',
		schema: firstSetup,
		does: (form, { locals, url }) => setUp(locals.identity, tokenOf(url), form),
		done: '/sign-in?done=account'
	})
};

function tokenOf(url: URL) {
	return (url.searchParams.get('token') ?? '').slice(0, 200);
}
