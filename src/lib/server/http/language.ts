import type { Handle } from '@sveltejs/kit';
import { baseLocale } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

/** The reader's choice of theme; `system` follows the device. */
export type Theme = 'light' | 'dark' | 'system';

/** The theme kept in the `theme` cookie. */
export function chosenTheme(cookie: string | undefined): Theme {
	return cookie === 'light' || cookie === 'dark' ? cookie : 'system';
}

/** As `app.html` begins. */
const tag = '<html lang="zh-CN" data-theme="system">';

/**
 * First step of `hooks.server.ts`: decides the language from the cookie (else Chinese), sets
 * `locals.language`, and marks language and theme on `<html>` so that the first paint is right.
 */
export const language: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, ({ request, locale }) => {
		event.request = request;
		event.locals.language = locale;
		const theme = chosenTheme(event.cookies.get('theme'));
		// A page is long: most are right as they are, and are not copied.
		if (locale === baseLocale && theme === 'system') return resolve(event);
		const chosen = `<html lang="${locale}" data-theme="${theme}">`;
		return resolve(event, { transformPageChunk: ({ html }) => html.replace(tag, chosen) });
	});
