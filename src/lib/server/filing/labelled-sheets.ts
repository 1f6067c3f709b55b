import type { WriteSheet } from 'hucre';
import { inventedNote, type Invented } from '#lib/sharing/invented.ts';
import { LABEL_SHEET } from '#lib/sheets/sheet-cells.ts';

/**
 * The sheets of a workbook that somebody fills in and files: what is invented says so on a sheet of its own, which the
 * reader of files passes over, and in print above each. No cell of a table is touched.
 */
export function labelledSheets(sheets: WriteSheet[], of: Invented): WriteSheet[] {
	const notes = (['zh-CN', 'en'] as const).flatMap((locale) => inventedNote(of, locale));
	if (!notes.length) return sheets;
	const headerFooter = { oddHeader: `&C${notes.join(' ')}` };
	const label: WriteSheet = {
		name: LABEL_SHEET,
		rows: notes.map((note) => [note]),
		columns: [{ width: 80 }]
	};
	return [...sheets, label].map((sheet) => ({ ...sheet, headerFooter }));
}
