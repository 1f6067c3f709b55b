import { redirect } from '@sveltejs/kit';
import { chosenTheme } from '#lib/server/http/language.ts';
import { returnAddress } from '#lib/ui/return-address.ts';

const YEAR = 365 * 24 * 60 * 60;

/** Keeps the reader's choice of light, dark, or what the device says. */
export async function POST({ request, cookies, url }) {
	const form = await request.formData();
	cookies.set('theme', chosenTheme(String(form.get('theme'))), {
		path: '/',
		maxAge: YEAR,
		sameSite: 'lax',
		secure: url.protocol === 'https:'
	});
	redirect(303, returnAddress(form.get('return_to')));
}
