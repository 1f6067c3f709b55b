import type { SheetCells } from '#lib/sheets/sheet-cells.ts';

/**
 * A sheet of these rows, as a workbook's reader gives it (`csv`: as a text file's). A number is a cell of its kind;
 * null is a row that the file leaves out.
 */
export function sheetOf(
	rows: ((string | number)[] | null)[],
	{ csv = false, ...changed }: Partial<SheetCells> & { csv?: boolean } = {}
): SheetCells {
	return {
		name: '表',
		hidden: false,
		rows: rows.flatMap((cells, at) =>
			cells === null
				? []
				: [
						{
							row: at + 1,
							cells: cells.map(String),
							...(!csv && {
								kinds: cells
									.map((cell) => (cell === '' ? ' ' : typeof cell === 'number' ? 'n' : 's'))
									.join('')
							})
						}
					]
		),
		merges: [],
		tables: [],
		uncalculated: [],
		...changed
	};
}
