/**
 * Text that may be read in two languages but was perhaps written in one: the one that is missing is filled with
 * the other, so that nobody finds a blank. `filled({ title_zh: '纪要', title_en: '' }, 'title')`.
 */
export function filled<Row extends object, Field extends string>(
	row: Row & Record<`${Field}_zh` | `${Field}_en`, string>,
	...fields: Field[]
): Row {
	const changes: Record<string, string> = {};
	for (const field of fields) {
		const zh = row[`${field}_zh`];
		const en = row[`${field}_en`];
		changes[`${field}_zh`] = zh || en;
		changes[`${field}_en`] = en || zh;
	}
	return { ...row, ...changes };
}
