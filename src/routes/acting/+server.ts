import { error, redirect } from '@sveltejs/kit';
import { actingCookie } from '#lib/identity/acting.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import { returnAddress } from '#lib/ui/return-address.ts';

/**
 * Chooses the organisation a person acts for: fields `organisation_id` and, for where to go then,
 * `return_to`. What the page before showed may not be for the other organisation, so the default is home.
 */
export async function POST({ request, cookies, locals, url }) {
	const form = await request.formData();
	const organisation = String(form.get('organisation_id') ?? '');
	if (!locals.memberships.some((held) => held.organisation_id === organisation)) {
		error(403, { message: refusalText('not_a_member'), key: 'not_a_member' });
	}
	cookies.set(actingCookie, organisation, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:'
	});
	redirect(303, returnAddress(form.get('return_to')));
}
