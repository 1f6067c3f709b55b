import type { Upload } from '#lib/filing/upload.ts';
import { questionsOf } from '#lib/sheets/mapping-answers.ts';
import { isCorrectable } from '#lib/sheets/correct-table.ts';
import type { Dataset } from '#lib/datasets/dataset.ts';
import { PLAIN_TARGETS } from '#lib/sheets/mapping.ts';
import { listProblems, type Language } from './problem-message.ts';

/** How many cells or rules one page lets somebody correct or explain. */
const FIELDS = 200;

/** A kept file as the page shows it: what is asked, what is wrong, what is to be explained. */
export function uploadView(upload: Upload, dataset: Dataset, language: Language) {
	const { table, checked } = upload.found;
	const problems = listProblems(checked.problems, language);
	const sheet = table.sheets[table.chosen ?? 0];
	let fields = 0;
	return {
		id: upload.id,
		name: upload.name,
		verdict: checked.verdict,
		remembered: upload.remembered,
		corrected: Object.keys(upload.reading.corrections).length,
		problem_count: checked.problem_count,
		problems: problems.map((problem) => ({
			...problem,
			correctable: isCorrectable(problem) && ++fields <= FIELDS
		})),
		unexplained: checked.unexplained,
		warnings: listProblems(checked.warnings, language).slice(0, FIELDS),
		questions: questionsOf(problems),
		format: table.format,
		encoding: table.encoding,
		delimiter: table.delimiter,
		sheets: table.sheets.filter(({ rows, hidden }) => rows > 0 || !hidden).map(({ name }) => name),
		sheet: sheet?.name ?? '',
		header_row: sheet?.header_row ?? 0,
		header_rows: sheet?.header_rows ?? 1,
		top: sheet?.top ?? [],
		columns: table.columns.map(({ index, letters, name }, at) => ({
			index,
			letters,
			name,
			target: checked.columns[at]?.target ?? '',
			samples: (sheet?.preview ?? [])
				.map((cells) => cells[at] ?? '')
				.filter((text) => text.trim() !== '')
				.slice(0, 3)
		})),
		targets: {
			plain: [...PLAIN_TARGETS],
			measures: dataset.measures.map(({ code, name_zh, name_en }) => ({ code, name_zh, name_en }))
		}
	};
}

export type UploadView = ReturnType<typeof uploadView>;
