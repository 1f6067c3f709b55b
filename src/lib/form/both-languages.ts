/**
 * Text that may be read in two languages but was perhaps written in one: the one that is missing is filled with
 * the other, so that nobody finds a blank. `filled({ title_zh: '纪要', title_en: '' }, 'title')`.
 */
export function filled<Row extends object, Field extends string>(
	row: Row & { [Key in `${Field}_zh` | `${Field}_en`]: string },
	...fields: Field[]
): Row {
	const texts: Record<string, unknown> = { ...row };
	for (const field of fields) {
		const zh = texts[`${field}_zh`];
		const en = texts[`${field}_en`];
		texts[`${field}_zh`] = zh || en;
		texts[`${field}_en`] = en || zh;
	}
	return texts as Row;
}
