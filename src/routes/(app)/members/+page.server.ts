import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { memberList } from '#lib/identity/list.ts';
import { may } from '#lib/kernel/may.ts';
import { roles } from '#lib/identity/role-name.ts';
import { listOf } from '#lib/kernel/list.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import * as members from '#lib/server/members.ts';

const chosenRoles = z.array(z.enum(roles)).min(1, { error: () => m.identity_roles_needed() });
const invitation = z.object({
	email: z.email({ error: () => m.identity_email_needed() }),
	roles: chosenRoles
});
const change = z.object({ person: rowId, roles: chosenRoles });
const ending = z.object({ person: rowId });
const withdrawal = z.object({ invitation: rowId });

export const load = async ({ locals, url }) => {
	const list = listOf(url, memberList);
	const found = await members.page(locals.db, acting(locals).organisation_id, list);
	return { ...within(found, list, url), list, administers: may(acting(locals), 'admin') };
};

export const actions = {
	invite: act({
		name: 'invite',
		schema: invitation,
		does: async ({ email, roles }, { locals, url }) => {
			const token = await members.invite(locals.db, acting(locals).organisation_id, email, roles);
			return { email, link: `${url.origin}/invitation?token=${token}` };
		},
		done: null
	}),
	withdraw: act({
		name: 'withdraw',
		schema: withdrawal,
		at: 'invitation',
		does: ({ invitation }, { locals }) => members.withdraw(locals.db, invitation)
	}),
	change: act({
		name: 'change',
		schema: change,
		at: 'person',
		does: ({ person, roles }, { locals }) =>
			members.changeRoles(locals.db, acting(locals).organisation_id, person, roles)
	}),
	end: act({
		name: 'end',
		schema: ending,
		at: 'person',
		does: ({ person }, { locals }) => members.end(locals.db, acting(locals).organisation_id, person)
	})
};

function acting(locals: App.Locals) {
	if (!locals.acting) redirect(303, '/account');
	return locals.acting;
}
