import { z } from 'zod';
import { scopes } from '#lib/api/scopes.ts';
import { may } from '#lib/kernel/may.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import * as api from '#lib/server/api.ts';
import { refusing } from '#lib/server/db.ts';
import { act } from '#lib/server/http/act.ts';

const wanted = z.object({
	name: z
		.string()
		.trim()
		.min(1, { error: () => m.api_keys_name_needed() })
		.max(60, { error: () => m.api_keys_name_needed() }),
	scopes: z.array(z.enum(scopes)).min(1, { error: () => m.api_keys_scopes_needed() }),
	days: z.enum(['90', '365', 'never'])
});
const revocation = z.object({ key: rowId });

export const load = async ({ locals }) => {
	const keys = await api.keys(locals.db, administered(locals));
	const now = new Date().toISOString();
	const isLive = (key: api.ApiKey) =>
		!key.revoked_at && (!key.expires_at || Date.parse(key.expires_at) > Date.parse(now));
	return { live: keys.filter(isLive), former: keys.filter((key) => !isLive(key)) };
};

export const actions = {
	make: act({
		name: 'make',
		schema: wanted,
		does: ({ days, ...key }, { locals }) => {
			const lasts = days === 'never' ? null : Number(days);
			return api.makeKey(locals.db, administered(locals), { ...key, days: lasts });
		},
		done: null
	}),
	revoke: act({
		name: 'revoke',
		schema: revocation,
		at: 'key',
		does: ({ key }, { locals }) => api.revokeKey(locals.db, key)
	})
};

/** The organisation whose keys the person keeps. */
function administered({ acting }: App.Locals): string {
	if (!acting || !may(acting, 'admin')) refusing({ status: 403, key: 'only_an_administrator' });
	return acting.organisation_id;
}
