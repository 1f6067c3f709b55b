import { calendarFile } from '#lib/deadlines/calendar.ts';
import { orNotFound } from '#lib/server/db.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { labelledName } from '#lib/sharing/invented.ts';

/** An organisation's due dates for calendar programs, which sign in by nothing but the address itself. */
export const GET = async ({ locals, params, url }) => {
	const token = /^([0-9a-f]{64})\.ics$/.exec(params.token)?.[1];
	const owed = orNotFound(token ? await deadlines.dueDays(locals.identity, token) : null);
	const language = url.searchParams.get('lang') === 'en' ? 'en' : 'zh-CN';
	return new Response(calendarFile(owed, url.origin, language), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `inline; filename="${labelledName('xiezhi.ics', owed, 'en')}"`,
			'cache-control': 'private, no-store',
			'referrer-policy': 'no-referrer'
		}
	});
};
