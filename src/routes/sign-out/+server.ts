import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/server/identity.ts';

/** Ends this session with a plain form: works without JavaScript. */
export async function POST(event) {
	const { identity, person, session } = event.locals;
	if (person && session) await signOut(identity, event, { person, session });
	redirect(303, '/sign-in?done=signed_out');
}
