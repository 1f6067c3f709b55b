import { openXlsx, saveXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { context, dataset, regions } from '../../../../tests/files/dataset.ts';
import { checkEntries } from '#lib/filing/check-entries.ts';
import { asOf, type Dataset, type Measure } from '#lib/datasets/dataset.ts';
import { toCsv } from '#lib/kernel/csv.ts';
import { read } from '#lib/server/sheets.ts';
import { labelledTable } from '#lib/sharing/invented.ts';
import * as template from './template.ts';

const real = { is_demo: false };
const demonstration = { is_demo: true };

const given: template.TemplateFor = {
	dataset,
	organisation_id: context.organisation_id,
	period: context.period,
	regions: regions.filter(({ code, valid_to }) => code.startsWith('31') && !valid_to),
	language: 'zh-CN',
	units: new Map([['person', { symbol_zh: '人', symbol_en: 'persons' }]])
};

async function fill(
	bytes: Uint8Array,
	figures: Record<string, string | number>
): Promise<Uint8Array> {
	const book = await openXlsx(bytes);
	const sheet = book.sheets[0];
	for (const [at, value] of Object.entries(figures)) {
		const [row = 0, column = 0] = at.split(',').map(Number);
		const line = sheet?.rows[row];
		if (line) line[column] = value;
		const cell = sheet?.cells?.get(at);
		if (cell)
			sheet?.cells?.set(at, {
				...cell,
				value,
				type: typeof value === 'number' ? 'number' : 'string'
			});
	}
	return saveXlsx(book);
}

test.each([
	['zh-CN', real],
	['en', real],
	['zh-CN', demonstration],
	['en', demonstration]
] as const)(
	'a template filled in is read back without a question (%s, %o)',
	async (language, of) => {
		const previous = new Map([['workers|310115|rider|dedicated', 900]]);
		const made = await template.xlsx({ ...given, language, previous }, of);
		const table = await read(await fill(made, { '2,4': 500, '2,6': 400, '3,4': 1000, '3,6': 900 }));
		expect(table.verdict).toBe('ready');
		expect(table.stamp).toMatchObject({ dataset: dataset.code, period: '2026-03', header_rows: 2 });
		const checked = checkEntries(table, dataset, context);
		expect(checked.problems).toEqual([]);
		expect(
			checked.entries.map(({ region_code, occupation, measure_code, value, cell }) => [
				region_code,
				occupation,
				measure_code,
				value,
				cell
			])
		).toEqual([
			['310101', '', 'workers', 500, 'E3'],
			['310101', '', 'insured', 400, 'G3'],
			['310115', 'rider', 'workers', 1000, 'E4'],
			['310115', 'rider', 'insured', 900, 'G4']
		]);
	}
);

test.each([real, demonstration])('the CSV template is read back by its names (%o)', async (of) => {
	const filled = toCsv(labelledTable(template.lines(given), of))
		.replace('浦东新区,,,,,,,', '浦东新区,,,7,5,,,')
		.replace('黄浦区,,,,,,,', '黄浦区,,,,,,迟报,');
	const checked = checkEntries(await read(Buffer.from(filled)), dataset, context);
	expect(checked.problems).toEqual([]);
	expect(checked.entries.map(({ value, missing_reason }) => value ?? missing_reason)).toEqual([
		'late',
		'late',
		'late',
		7,
		5
	]);
});

test('a template of another period or version gets one message', async () => {
	const made = await fill(await template.xlsx(given, real), { '2,4': 5 });
	const table = await read(made);
	const rules = (problems: { rule: string }[]) => problems.map(({ rule }) => rule);
	expect(rules(checkEntries(table, dataset, { ...context, period: '2026-04' }).problems)).toEqual([
		'template_of_other_period'
	]);
	expect(rules(checkEntries(table, { ...dataset, version: 2 }, context).problems)).toEqual([
		'template_out_of_date'
	]);
	expect(
		rules(checkEntries(table, dataset, { ...context, organisation_id: 'x' }).problems)
	).toEqual(['template_of_other_organisation']);
});

test('an announced measure stands in the notes of both languages, and gets its column when its version holds', async () => {
	const visits = { ...dataset.measures[2], code: 'visits', name_zh: '走访', name_en: 'Visits' };
	const announced: Dataset = {
		...dataset,
		measures: [...dataset.measures, { ...(visits as Measure), required: true, since: 2 }],
		versions: [
			{ version: 2, from_period: '2026-07', announced_on: '2026-03-01', note_zh: '', note_en: '' }
		]
	};
	const made = async (period: string) => {
		const bytes = await template.xlsx({ ...given, period, dataset: asOf(announced, period) }, real);
		const [data, notes] = (await openXlsx(bytes)).sheets;
		return {
			header: data?.rows[1]?.map(String) ?? [],
			notes: JSON.stringify(notes?.rows)
		};
	};
	const before = await made('2026-06');
	expect(before.header).not.toContain('visits');
	expect(before.notes).toContain('已公布：2026-07 起增加“走访”（visits）');
	expect(before.notes).toContain('Announced: “Visits” (visits) from 2026-07');
	const after = await made('2026-07');
	expect(after.header).toContain('visits');
	expect(after.notes).not.toContain('Announced:');
});
