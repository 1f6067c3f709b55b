import { orNotFound } from '#lib/server/db.ts';
import { attachment } from '#lib/server/http/attachment.ts';
import * as meetings from '#lib/server/meetings.ts';

/** The exact text that was hashed: its SHA-256 is the hash on the page and in the minutes. */
export const GET = async ({ locals, params }) => {
	const text = orNotFound(await meetings.snapshotText(locals.db, params.id), 'no_snapshot');
	return new Response(text, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			...attachment(`snapshot-${params.id.slice(0, 8)}.json`, locals.acting)
		}
	});
};
