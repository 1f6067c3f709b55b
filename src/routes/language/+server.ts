import { redirect } from '@sveltejs/kit';
import { cookieMaxAge, cookieName, isLocale } from '#lib/paraglide/runtime.js';
import { returnAddress } from '#lib/ui/return-address.ts';

/** Switches the reader's language with a plain form: works without JavaScript. */
export async function POST({ request, cookies, url }) {
	const form = await request.formData();
	const language = form.get('language');
	if (isLocale(language)) {
		cookies.set(cookieName, language, {
			path: '/',
			maxAge: cookieMaxAge,
			httpOnly: false, // the messages in the browser read it
			sameSite: 'lax',
			secure: url.protocol === 'https:'
		});
	}
	redirect(303, returnAddress(form.get('return_to')));
}
