import { chosenTheme } from '#lib/server/http/language.ts';

export const load = ({ locals, cookies }) => ({
	language: locals.language,
	theme: chosenTheme(cookies.get('theme'))
});
