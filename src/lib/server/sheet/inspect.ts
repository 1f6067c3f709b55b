/**
 * What the importer makes of a file, as JSON on standard output.
 * Usage: node src/lib/server/sheet/inspect.ts FILE [--lang zh-CN|en] [--encoding NAME] [--delimiter X]
 *        [--sheet NAME] [--header-row N] [--header-rows N]
 */
import { parseArgs } from 'node:util';
import { problemMessage, wordProblems } from '#lib/submissions/problem-message.ts';
import { read } from '../sheet.ts';

/** The command promises an answer within 5 s, its own start included. */
const PATIENCE = 3500;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		lang: { type: 'string', default: 'zh-CN' },
		encoding: { type: 'string' },
		delimiter: { type: 'string' },
		sheet: { type: 'string' },
		'header-row': { type: 'string' },
		'header-rows': { type: 'string' }
	}
});
const file = positionals[0];
if (file === undefined) {
	console.error('Which file? npm run inspect -- FILE');
	process.exit(2);
}
const language = values.lang === 'en' ? 'en' : 'zh-CN';
const table = await read(file, {
	...(values.encoding === undefined ? {} : { encoding: values.encoding }),
	...(values.delimiter === undefined ? {} : { delimiter: values.delimiter }),
	...(values.sheet === undefined ? {} : { sheet: values.sheet }),
	...(values['header-row'] === undefined ? {} : { header_row: Number(values['header-row']) }),
	...(values['header-rows'] === undefined ? {} : { header_rows: Number(values['header-rows']) }),
	patience: PATIENCE,
	rows: false
}).catch((error: NodeJS.ErrnoException) => {
	console.error(error.code === 'ENOENT' ? `No such file: ${file}` : error.message);
	process.exit(1);
});
const { verdict, reason, format, encoding, delimiter, sheets, chosen, problems, problem_count } =
	table;
const report = {
	verdict,
	reason: reason && problemMessage(reason, language),
	rule: reason?.rule ?? null,
	format,
	encoding,
	delimiter,
	sheets,
	chosen: chosen === null ? null : (sheets[chosen]?.name ?? null),
	problems: wordProblems(problems, language),
	problem_count
};
console.log(JSON.stringify(report, null, '\t'));
