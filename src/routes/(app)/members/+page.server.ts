import { may } from '#lib/identity/may.ts';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { roles } from '#lib/identity/role-name.ts';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as members from '#lib/server/members.ts';

const chosenRoles = z.array(z.enum(roles)).min(1, { error: () => m.identity_roles_needed() });
const invitation = z.object({
	email: z.email({ error: () => m.identity_email_needed() }),
	roles: chosenRoles
});
const change = z.object({ person: z.uuid(), roles: chosenRoles });
const ending = z.object({ person: z.uuid() });
const withdrawal = z.object({ invitation: z.uuid() });

export const load = async ({ locals }) => {
	const organisation = acting(locals).organisation_id;
	const administers = may(acting(locals), 'admin');
	const [everybody, invitations] = await Promise.all([
		members.list(locals.db, organisation),
		administers ? members.invitations(locals.db, organisation) : []
	]);
	return {
		administers,
		members: everybody.filter((member) => !member.ended_at),
		former: everybody.filter((member) => member.ended_at),
		invitations
	};
};

export const actions = {
	invite: async ({ locals, request, url }) => {
		const sent = await request.formData();
		const values = {
			email: String(sent.get('email') ?? ''),
			roles: sent.getAll('roles').map(String)
		};
		const form = readForm(invitation, sent);
		if (!form.ok) return fail(400, { values, errors: form.errors });
		try {
			const { email, roles } = form.data;
			const token = await members.invite(locals.db, acting(locals).organisation_id, email, roles);
			return { invited: email, link: `${url.origin}/invitation?token=${token}` };
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, values });
		}
	},

	withdraw: async ({ locals, request }) => {
		const form = readForm(withdrawal, await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'invitation_not_open' });
		try {
			await members.withdraw(locals.db, form.data.invitation);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/members?done=withdrawn');
	},

	change: async ({ locals, request }) => {
		const form = readForm(change, await request.formData());
		if (!form.ok) return refuse({ status: 422, key: 'roles_not_valid' });
		try {
			const { person, roles } = form.data;
			await members.changeRoles(locals.db, acting(locals).organisation_id, person, roles);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/members?done=changed');
	},

	end: async ({ locals, request }) => {
		const form = readForm(ending, await request.formData());
		if (!form.ok) return refuse({ status: 404, key: 'member_not_found' });
		try {
			await members.end(locals.db, acting(locals).organisation_id, form.data.person);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, '/members?done=ended');
	}
};

function acting(locals: App.Locals) {
	if (!locals.acting) redirect(303, '/account');
	return locals.acting;
}
