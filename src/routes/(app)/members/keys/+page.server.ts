import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { scopes } from '#lib/api/scopes.ts';
import { m } from '#lib/paraglide/messages.js';
import * as api from '#lib/server/api.ts';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';

const wanted = z.object({
	name: z
		.string()
		.trim()
		.min(1, { error: () => m.api_keys_name_needed() })
		.max(60, { error: () => m.api_keys_name_needed() }),
	scopes: z.array(z.enum(scopes)).min(1, { error: () => m.api_keys_scopes_needed() }),
	days: z.enum(['90', '365', 'never'])
});
const revocation = z.object({ key: z.uuid() });

export const load = async ({ locals }) => {
	const keys = await api.keys(locals.db, administered(locals));
	const now = new Date().toISOString();
	const isLive = (key: api.ApiKey) =>
		!key.revoked_at && (!key.expires_at || Date.parse(key.expires_at) > Date.parse(now));
	return { live: keys.filter(isLive), former: keys.filter((key) => !isLive(key)) };
};

export const actions = {
	make: async ({ locals, request }) => {
		const sent = await request.formData();
		const values = {
			name: String(sent.get('name') ?? ''),
			scopes: sent.getAll('scopes').map(String),
			days: String(sent.get('days') ?? '')
		};
		const form = readForm(wanted, sent);
		if (!form.ok) return fail(400, { values, errors: form.errors });
		const days = form.data.days === 'never' ? null : Number(form.data.days);
		try {
			const made = await api.makeKey(locals.db, administered(locals), { ...form.data, days });
			return { made };
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, values });
		}
	},

	revoke: async ({ locals, request }) => {
		const form = readForm(revocation, await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'api_key_not_live' });
		try {
			await api.revokeKey(locals.db, form.data.key);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/members/keys?done=revoked');
	}
};

/** The organisation whose keys the person keeps. */
function administered({ acting }: App.Locals): string {
	if (!acting?.roles.includes('admin')) {
		const key = 'only_an_administrator';
		error(403, { message: refusalText(key), key });
	}
	return acting.organisation_id;
}
