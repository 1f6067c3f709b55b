import { byCode, type Dataset } from '#lib/datasets/dataset.ts';
import type { FiledEntry } from '#lib/submissions/submission.ts';

/** The codes of a mark: the reasons to correct a cell. */
export const MARK_CODES = [
	'out_of_line_with_history',
	'contradicts_other_cell',
	'wrong_unit',
	'wrong_region',
	'missing_explanation',
	'other'
] as const;
export type MarkCode = (typeof MARK_CODES)[number];

/** The extents that a mark opens: the cell, the cells that a rule joins to it in its row, its row, its measure everywhere. */
export const OPENS = ['cell', 'rules', 'row', 'measure'] as const;
export type Opens = (typeof OPENS)[number];

/** A cell that must be corrected, why, and what else may change with it. */
export type Mark = { position: number; code: MarkCode; note: string; opens: Opens };

/** A mark that is not sent yet, as the form's fields hold it. */
export type DraftMark = { cell: string; code: string; opens: string; note: string };

/** Replies to marks: the fields `reply_<position>` of a form that say something. */
export function repliesIn(sent: FormData): { position: number; text: string }[] {
	return [...sent.entries()].flatMap(([name, value]) => {
		const position = /^reply_([1-9]\d{0,8})$/.exec(name)?.[1];
		const text = typeof value === 'string' ? value.trim() : '';
		return position && text ? [{ position: Number(position), text }] : [];
	});
}

/** The marks of a reviewer's form at the ticked positions; one without a sentence of its own takes the return's. */
export function marksIn(sent: FormData, positions: number[], reason: string): Mark[] {
	const field = (name: string, position: number) => {
		const value = sent.get(`${name}_${position}`);
		return typeof value === 'string' ? value.trim() : '';
	};
	return positions.map((position) => ({
		position,
		code: MARK_CODES.find((code) => code === field('code', position)) ?? 'other',
		note: field('note', position) || reason,
		opens: OPENS.find((opens) => opens === field('opens', position)) ?? 'cell'
	}));
}

/** A marked cell with what stands in it. */
export type MarkedCell = ReturnType<typeof markedCells>[number];

/** A reviewer's marks beside what stands in the marked cells. */
export function markedCells(marks: Mark[], marked: FiledEntry[], of: Dataset) {
	const measures = byCode(of.measures);
	return marked.map((entry) => ({
		position: entry.position,
		cell: entry.cell ?? String(entry.position),
		measure_zh: measures[entry.measure_code]?.name_zh ?? entry.measure_code,
		measure_en: measures[entry.measure_code]?.name_en ?? entry.measure_code,
		value: entry.value,
		missing_reason: entry.missing_reason,
		...markAt(marks, entry.position)
	}));
}

function markAt(marks: Mark[], at: number): Omit<Mark, 'position'> {
	const { code, note, opens } = marks.find(({ position }) => position === at) ?? {
		code: 'other',
		note: '',
		opens: 'cell'
	};
	return { code, note, opens };
}

/**
 * The marks of a form that came back, by position, as they were typed. A cell that is not on the page of the list that is
 * shown is named as the form named it.
 */
export function draftMarks(
	values: Record<string, string[]>,
	shown: { position: number; cell: string | null }[]
): Map<number, DraftMark> {
	const field = (name: string, position: string) => values[`${name}_${position}`]?.[0] ?? '';
	return new Map(
		(values['mark'] ?? []).map((position) => {
			const entry = shown.find((one) => String(one.position) === position);
			const cell = entry?.cell || field('cell', position) || position;
			const typed = {
				code: field('code', position),
				opens: field('opens', position),
				note: field('note', position)
			};
			return [Number(position), { cell, ...typed }];
		})
	);
}
