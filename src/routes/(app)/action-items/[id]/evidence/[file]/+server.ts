import { error } from '@sveltejs/kit';
import { evidenceTypes } from '#lib/action-items/evidence.ts';
import { m } from '#lib/paraglide/messages.js';
import * as actionItems from '#lib/server/action-items.ts';
import { attachment } from '#lib/server/http/attachment.ts';

/** An evidence file, for those who may read its report. Nothing that is opened from here may run. */
export const GET = async ({ locals, params }) => {
	const file = await actionItems.evidence(locals.db, params.file);
	if (!file) error(404, { message: m.error_not_found() });
	const type = evidenceTypes.find((one) => one === file.media_type) ?? 'application/octet-stream';
	return new Response(file.bytes, {
		headers: {
			...attachment(file.name),
			'content-type': type,
			'content-length': String(file.bytes.length),
			'content-security-policy': "default-src 'none'; sandbox"
		}
	});
};
