import { toCsv } from '#lib/kernel/csv.ts';

/**
 * Headers of a file to be saved, never shown in the page. The name may be Chinese; what a file system or a header
 * cannot hold is left out of it.
 */
export function attachment(name: string): Record<string, string> {
	const safe = name.replace(/[\p{Cc}"\\/:*?<>|]/gu, ' ').trim() || 'download';
	const ascii = safe.replace(/[^\x20-\x7e]/g, '_');
	return {
		'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(safe)}`,
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store'
	};
}

/** A table as a CSV file to be saved: its name without `.csv`, its lines with the header. */
export function csvResponse(name: string, lines: (string | number | boolean | null)[][]): Response {
	return new Response(toCsv(lines), {
		headers: { 'content-type': 'text/csv; charset=utf-8', ...attachment(`${name}.csv`) }
	});
}
