/**
 * What the importer makes of a file, as JSON on standard output.
 * Usage: npm run inspect -- FILE [--lang zh-CN|en] [--encoding NAME] [--delimiter X] [--sheet NAME]
 *        [--header-row N] [--header-rows N] [--dataset CODE [--period 2026-03] [--region PREFIX]]
 *
 * With --dataset it also maps the columns and runs the rules of that dataset, as the running instance in DATA_DIR
 * describes it.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Checked } from '#lib/filing/checked.ts';
import { foldProblems } from '#lib/filing/fold-problems.ts';
import { problemMessage, wordProblems } from '#lib/filing/problem-message.ts';
import type { Table } from '#lib/sheets/table.ts';
import { datasetOfInstance } from './dataset-of-instance.ts';
import { countOf } from './batches.ts';
import { check, read, type ReadOptions } from '#lib/server/sheets.ts';

/** The command promises an answer within 5 s, its own start included. */
const PATIENCE = 3500;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		lang: { type: 'string', default: 'zh-CN' },
		encoding: text,
		delimiter: text,
		sheet: text,
		'header-row': text,
		'header-rows': text,
		dataset: text,
		period: text,
		region: text
	}
});
const language = values.lang === 'en' ? 'en' : 'zh-CN';
const [name] = positionals;
if (name === undefined) fail('Which file? npm run inspect -- FILE', 2);
// npm changes into the project's folder; people name files from where they are.
const file = resolve(process.env['INIT_CWD'] ?? '.', name);
const unreadable: Record<string, string> = {
	ENOENT: `There is no file ${file}.`,
	EISDIR: `${file} is a folder; name a file in it.`
};

try {
	console.log(JSON.stringify(await inspect(), null, '\t'));
} catch (error) {
	const { code = '', message } = error as NodeJS.ErrnoException;
	fail(unreadable[code] ?? message, 1);
}

async function inspect() {
	const options: ReadOptions = { patience: PATIENCE };
	if (values.encoding !== undefined) options.encoding = values.encoding;
	if (values.delimiter !== undefined) options.delimiter = values.delimiter;
	if (values.sheet !== undefined) options.sheet = values.sheet;
	if (values['header-row'] !== undefined) options.header_row = Number(values['header-row']);
	if (values['header-rows'] !== undefined) options.header_rows = Number(values['header-rows']);
	if (values.dataset === undefined) {
		const table = await read(file, { ...options, rows: false });
		return report(table, { verdict: table.verdict, ...foldProblems(table.problems) });
	}
	const { dataset, context } = await datasetOfInstance(
		values.dataset,
		values.region,
		values.period
	);
	const { table, checked, batches } = await check(file, dataset, context, options);
	return {
		...report(table, checked),
		dataset: dataset.code,
		layout: checked.layout,
		columns: checked.columns,
		entries: countOf(batches),
		warnings: wordProblems(checked.warnings, language)
	};
}

function report(table: Table, found: Pick<Checked, 'verdict' | 'problems' | 'problem_count'>) {
	const { reason, format, encoding, delimiter, sheets, chosen } = table;
	return {
		verdict: found.verdict,
		reason: found.verdict === 'ready' || !reason ? null : problemMessage(reason, language),
		rule: reason?.rule ?? null,
		format,
		encoding,
		delimiter,
		sheets,
		chosen: chosen === null ? null : (sheets[chosen]?.name ?? null),
		problems: wordProblems(found.problems, language),
		problem_count: found.problem_count
	};
}

function fail(message: string, code: number): never {
	console.error(message);
	process.exit(code);
}
