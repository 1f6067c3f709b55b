import { toCsv } from '#lib/kernel/csv.ts';
import { labelledName, labelledTable, type Invented } from '#lib/sharing/invented.ts';

/**
 * Headers of a file to be saved, never shown in the page. The name may be Chinese; what a file system or a header
 * cannot hold is left out of it. `of`: whose it is; what is invented is called so.
 */
export function attachment(name: string, of: Invented): Record<string, string> {
	const clean = name.replace(/[\p{Cc}"\\/:*?<>|]/gu, ' ').trim() || 'download';
	const safe = labelledName(clean, of);
	const ascii = labelledName(clean, of, 'en').replace(/[^\x20-\x7e]/g, '_');
	return {
		'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(safe)}`,
		'x-content-type-options': 'nosniff',
		'cache-control': 'no-store'
	};
}

type Row = (string | number | boolean | null)[];

/**
 * A table as a CSV file to be saved: its name without `.csv`, its lines with the header, and whose it is. `notes` stand
 * above it; `codes`: its header is written in codes, for programs.
 */
export function csvResponse(
	name: string,
	lines: Row[],
	of: Invented,
	{ notes = [], codes = false }: { notes?: Row[]; codes?: boolean } = {}
): Response {
	return new Response(toCsv([...notes, ...labelledTable(lines, of, codes)]), {
		headers: { 'content-type': 'text/csv; charset=utf-8', ...attachment(`${name}.csv`, of) }
	});
}
