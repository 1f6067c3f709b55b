import { json } from '@sveltejs/kit';
import { attachment } from '#lib/server/http/attachment.ts';
import { labelledAnswer } from '#lib/sharing/invented.ts';
import * as submissions from '#lib/server/submissions.ts';

export const GET = async ({ locals, params }) => {
	const { receipt } = await submissions.submission(locals.db, params.id);
	return json(labelledAnswer(receipt, locals.acting), {
		headers: attachment(`receipt-${receipt.dataset}-${receipt.period}.json`, locals.acting)
	});
};
