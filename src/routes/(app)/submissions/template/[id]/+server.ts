import { XLSX } from '#lib/kernel/media-types.ts';
import { attachment, csvResponse } from '#lib/server/http/attachment.ts';
import * as filing from '#lib/server/filing.ts';
import * as template from '#lib/server/filing/template.ts';

export const GET = async ({ locals, params, url }) => {
	const given = await filing.templateOf(locals.db, params.id);
	const made = { ...given, language: locals.language };
	const name = `${given.dataset.code}-${given.period}`;

	if (url.searchParams.get('format') === 'csv')
		return csvResponse(name, template.lines(made), locals.acting);
	return new Response(new Uint8Array(await template.xlsx(made, locals.acting)), {
		headers: { 'content-type': XLSX, ...attachment(`${name}.xlsx`, locals.acting) }
	});
};
