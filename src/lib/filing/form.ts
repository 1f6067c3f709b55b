import { readArea } from '#lib/sheets/cells.ts';
import type { Checked } from './checked.ts';
import { cellKey } from './entry.ts';
import { nameParams, type Dataset, type Measure, type DatedRegion } from '#lib/datasets/dataset.ts';
import { escapeFormula } from '#lib/kernel/csv.ts';
import { entriesFile, FIRST_ROW } from './entries-file.ts';
import { isExplained } from './explanations.ts';
import type { MarkCode } from '#lib/reviews/marks.ts';
import { problemMessage, type Language } from './problem-message.ts';
import { readNumber } from '#lib/sheets/read-number.ts';
import type { Problem } from '#lib/sheets/table.ts';

/** One value of a form; its key is `cellKey`: measure|region|occupation|mode. */
export type Field = {
	key: string;
	measure: Measure;
	region_code: string;
	occupation: string;
	employment_mode: string;
	/** False for a region that is known not to be reported: it stays out unless something is typed there. */
	expected: boolean;
};

/** The typed text of a value, the reason where there is none, and the explanation of an unusual one. */
export type Typed = { value: string; reason: string; explanation: string };

/** The typed fields of a form, by key. */
export function typedIn({
	key = [],
	value = [],
	reason = [],
	explanation = []
}: Record<string, string[]>): Record<string, Typed> {
	return Object.fromEntries(
		key.map((name, at) => [
			name,
			{ value: value[at] ?? '', reason: reason[at] ?? '', explanation: explanation[at] ?? '' }
		])
	);
}

export const UNTYPED: Typed = { value: '', reason: '', explanation: '' };

/** The online form of an obligation: its fields and what stands in them so far. */
export type Form = {
	dataset: Dataset;
	organisation_id: string;
	period: string;
	regions: DatedRegion[];
	/** Units by code. */
	units: Map<string, { symbol_zh: string; symbol_en: string }>;
	/** Accepted values of the previous period by `cellKey`. */
	previous: Map<string, number>;
	fields: Field[];
	/** Too many fields for a form. */
	too_large: boolean;
	typed: Record<string, Typed>;
	/** Values that the return left as they are. */
	closed: Set<string>;
	revision: number;
	saved_at: string | null;
	saved_by: string | null;
	/** Somebody filed after this was saved: the form is older than what stands. */
	behind: boolean;
};

/** A reviewer's mark on a value, and the value as it was filed. */
export type Marked = { code: MarkCode; note: string; filed: Typed };

/** Beyond these nobody fills a form in: a file is the better way. */
export const MOST_FIELDS = 600;
/** Up to these stand on one page; more of them are shown region by region. */
export const FIELDS_PER_PAGE = 60;

/** Whether a form is offered: neither all measures in all regions nor the last filing are more than anybody fills in. */
export function fitsForm(
	dataset: Pick<Dataset, 'measures'>,
	regions: Pick<DatedRegion, 'valid_to'>[],
	rowsBefore: number | null
): boolean {
	const places = regions.filter(({ valid_to }) => valid_to === null).length;
	return Math.max(dataset.measures.length * places, rowsBefore ?? 0) <= MOST_FIELDS;
}

/** Who and where a value of `cellKey` belongs to. */
type Place = { occupation: string; employment_mode: string };

/**
 * The values a form asks for: each measure in each region, divided as it was in the values that are known (by
 * `cellKey`), otherwise undivided. In the order of the page and of the file.
 */
export function fieldsOf(
	dataset: Dataset,
	regions: Pick<DatedRegion, 'code'>[],
	known: Iterable<string>
): Field[] {
	const divided = new Map<string, Map<string, Place>>();
	const reported = new Set<string>();
	for (const key of known) {
		const [measure = '', region = '', occupation = '', employment_mode = ''] = key.split('|');
		const at = `${measure}|${region}`;
		const places = divided.get(at) ?? new Map<string, Place>();
		reported.add(region);
		divided.set(
			at,
			places.set(`${occupation}|${employment_mode}`, { occupation, employment_mode })
		);
	}
	const undivided = new Map([['|', { occupation: '', employment_mode: '' }]]);
	return regions.flatMap(({ code }) => {
		const expected = reported.size === 0 || reported.has(code);
		const parts = dataset.measures.map((measure) => ({
			measure,
			places: divided.get(`${measure.code}|${code}`) ?? undivided
		}));
		const breakdowns = [...new Set(parts.flatMap(({ places }) => [...places.keys()]))].sort();
		return breakdowns.flatMap((breakdown) =>
			parts.flatMap(({ measure, places }): Field[] => {
				const place = places.get(breakdown);
				if (!place) return [];
				const value = { measure_code: measure.code, region_code: code, ...place };
				return [{ key: cellKey(value), measure, region_code: code, ...place, expected }];
			})
		);
	});
}

/**
 * The file that says what a form says, and which value stands in each of its rows. A figure is written as it was
 * understood, so that 1.21万 and 12100 are the same filing; an optional value that was left out is not in it, nor is a
 * region that is not expected and was not begun.
 */
export function fileOf(fields: Field[], typed: Record<string, Typed>) {
	const rows: Field[] = [];
	const begun = new Set(
		fields.filter((field) => isFilled(field, typed)).map(({ region_code }) => region_code)
	);
	const entries = fields.flatMap((field) => {
		if (!field.expected && !begun.has(field.region_code)) return [];
		const { value, reason, explanation } = typed[field.key] ?? UNTYPED;
		if (!field.measure.required && !value.trim() && !reason) return [];
		rows.push(field);
		const read = readNumber(value.trim(), field.measure);
		return [
			{
				measure: field.measure.code,
				region: field.region_code,
				occupation: field.occupation,
				employment_mode: field.employment_mode,
				value: 'value' in read ? read.value : value.trim(),
				missing_reason: value.trim() ? '' : reason,
				explanation: escapeFormula(explanation.replace(/\s+/g, ' ').trim())
			}
		];
	});
	return { bytes: entriesFile(entries), rows };
}

/** Whether somebody has said something about a value. */
export function isFilled({ key }: Field, typed: Record<string, Typed>): boolean {
	const said = typed[key];
	return Boolean(said && (said.value.trim() || said.reason));
}

/** Findings of the check of a form, by field. */
export type FormFindings = {
	errors: Record<string, string[]>;
	/** Rules that wait for an explanation. */
	questions: Record<string, string[]>;
	/** What belongs to no single field. */
	general: string[];
};

export function findingsOf(checked: Checked, rows: Field[], language: Language): FormFindings {
	const found: FormFindings = { errors: {}, questions: {}, general: [] };
	for (const problem of checked.problems) {
		const fields = fieldsAt(problem, rows);
		if (fields.length === 0) found.general.push(problemMessage(problem, language));
		for (const field of fields) {
			// A line that stands for several cells names the measure of the first.
			const own = fields.length > 1 ? nameParams('name', field.measure) : {};
			const worded = { ...problem, params: { ...problem.params, ...own } };
			(found.errors[field.key] ??= []).push(problemMessage(worded, language));
		}
	}
	for (const warning of checked.warnings) {
		if (isExplained(warning.explanation)) continue;
		for (const field of fieldsAt(warning, rows))
			(found.questions[field.key] ??= []).push(problemMessage(warning, language));
	}
	return found;
}

function fieldsAt({ cell }: Problem, rows: Field[]): Field[] {
	const area = readArea(cell);
	return area ? rows.slice(area.top - FIRST_ROW, area.bottom - FIRST_ROW + 1) : [];
}
