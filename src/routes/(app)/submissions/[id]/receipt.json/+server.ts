import { json } from '@sveltejs/kit';
import { attachment } from '#lib/server/http/attachment.ts';
import * as submissions from '#lib/server/submissions.ts';

export const GET = async ({ locals, params }) => {
	const { receipt } = await submissions.submission(locals.db, params.id);
	return json(receipt, {
		headers: attachment(`receipt-${receipt.dataset}-${receipt.period}.json`)
	});
};
