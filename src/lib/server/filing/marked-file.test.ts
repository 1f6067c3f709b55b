import { openXlsx, readXlsx, saveXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { context, dataset } from '../../../../tests/files/dataset.ts';
import { checkEntries } from '#lib/filing/check-entries.ts';
import { markedFile } from './marked-file.ts';
import { readBytes } from '#lib/server/sheets/read-bytes.ts';
import * as template from './template.ts';

const real = { is_demo: false };
const demonstration = { is_demo: true };

const csv = '区,在册人数,参保人数,说明\n浦东新区,约三,1,=1+1\n黄浦区,12,20,\n';

test('a clerk gets the sheet back with each wrong cell coloured and commented, in its own place', async () => {
	const table = await readBytes(Buffer.from(csv), {});
	const { problems } = checkEntries(table, dataset, context);
	const workbook = await readXlsx(await markedFile(table, problems, 'zh-CN', real), {
		readStyles: true
	});
	const [marked, list] = workbook.sheets;
	expect(marked?.rows[0]?.slice(0, 3)).toEqual(['区', '在册人数', '参保人数']);
	expect(marked?.rows[1]?.[1]).toBe('约三');
	const wrong = marked?.cells?.get('1,1');
	expect(wrong?.comment?.text).toContain('约三');
	expect(wrong?.style?.fill).toMatchObject({ type: 'pattern' });
	// What looks like a formula travels as text.
	expect(marked?.rows[1]?.[3]).toBe("'=1+1");
	expect(list?.name).toBe('问题');
	expect(list?.rows.length).toBe(problems.length + 1);
	expect(list?.rows[1]?.[0]).toBe('B2');
});

test.each([real, demonstration])(
	'a marked template keeps its stamp; corrected in place it is uploaded as it is (%o)',
	async (of) => {
		const regions = [...context.regions].filter(({ code }) => code === '310115');
		const { organisation_id, period } = context;
		const made = await template.xlsx(
			{
				dataset,
				organisation_id,
				period,
				regions,
				language: 'zh-CN'
			},
			of
		);
		const wrong = await readBytes(await typed(made, { '2,4': '很多', '2,5': 20 }), {});
		const { problems } = checkEntries(wrong, dataset, context);
		expect(problems.map(({ cell }) => cell)).toEqual(['E3']);

		const marked = Buffer.from(await markedFile(wrong, problems, 'zh-CN', of));
		const again = checkEntries(await readBytes(marked, {}), dataset, context);
		expect(again.problems.map(({ cell }) => cell)).toEqual(['E3']);
		const corrected = await readBytes(await typed(marked, { '2,4': 30 }), {});
		expect(corrected.stamp).toEqual(wrong.stamp);
		expect(checkEntries(corrected, dataset, context).entries.map(({ value }) => value)).toEqual([
			30, 20
		]);
	}
);

test.each([real, demonstration])(
	"a marked file of the clerk's own has one table, whatever is listed beside it (%o)",
	async (of) => {
		const table = await readBytes(Buffer.from(csv), {});
		const { problems } = checkEntries(table, dataset, context);
		for (const language of ['zh-CN', 'en'] as const) {
			const marked = await readBytes(
				Buffer.from(await markedFile(table, problems, language, of)),
				{}
			);
			expect(marked.sheets.map(({ name }) => name)).toEqual(['Sheet1']);
			expect(checkEntries(marked, dataset, context).problems.map(({ cell }) => cell)).toEqual(
				problems.map(({ cell }) => cell)
			);
		}
	}
);

async function typed(bytes: Uint8Array, figures: Record<string, string | number>) {
	const book = await openXlsx(bytes);
	const sheet = book.sheets[0];
	for (const [at, value] of Object.entries(figures)) {
		const [row = 0, column = 0] = at.split(',').map(Number);
		const line = sheet?.rows[row];
		if (line) line[column] = value;
		const cell = sheet?.cells?.get(at);
		const type = typeof value === 'number' ? ('number' as const) : ('string' as const);
		if (cell) sheet?.cells?.set(at, { ...cell, value, type });
	}
	return Buffer.from(await saveXlsx(book));
}
