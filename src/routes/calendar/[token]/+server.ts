import { error } from '@sveltejs/kit';
import { calendarFile } from '#lib/deadlines/calendar.ts';
import { m } from '#lib/paraglide/messages.js';
import * as deadlines from '#lib/server/deadlines.ts';

/** An organisation's due dates for calendar programs, which sign in by nothing but the address itself. */
export const GET = async ({ locals, params, url }) => {
	const token = /^([0-9a-f]{64})\.ics$/.exec(params.token)?.[1];
	const owed = token && (await deadlines.dueDays(locals.identity, token));
	if (!owed) error(404, { message: m.error_not_found() });
	const language = url.searchParams.get('lang') === 'en' ? 'en' : 'zh-CN';
	return new Response(calendarFile(owed, url.origin, language), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'inline; filename="xiezhi.ics"',
			'cache-control': 'private, no-store',
			'referrer-policy': 'no-referrer'
		}
	});
};
