import fc from 'fast-check';

const CHINESE = [
	...'上海市浦东新区黄浦徐汇长宁静安普陀虹口杨浦闵行宝山嘉定金山松江青浦奉贤崇明骑手快递员网约车司机货车主播人数参保培训投诉专送众包自营外包说明数量金额月份合同工伤保险'
];

const word = fc
	.array(
		fc.constantFrom(...CHINESE, 'a', 'B', ' ', '-', '·', '（', '）', '"', ',', ';', '\n', '\t'),
		{ minLength: 1, maxLength: 12 }
	)
	.map((signs) => signs.join('').trim() || '骑手');
const figure = fc.integer({ min: 0, max: 1_000_000 }).map(String);

/** A header of names, then rows of a region, a text and figures. */
export const table = fc.integer({ min: 2, max: 6 }).chain((figures) =>
	fc
		.array(fc.tuple(word, fc.array(figure, { minLength: figures, maxLength: figures })), {
			minLength: 1,
			maxLength: 30
		})
		.map((rows) => [
			['地区名称', ...Array.from({ length: figures }, (_, i) => `人数${i + 1}`)],
			...rows.map(([text, numbers]) => [text, ...numbers])
		])
);

export function csv(rows: string[][], delimiter: string, newline: string): string {
	const field = (text: string) =>
		/[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	return rows.map((row) => row.map(field).join(delimiter) + newline).join('');
}
