import { writeXlsx, type CellValue, type DataValidation, type WriteSheet } from 'hucre';
import en from '../../../i18n/messages/en/template.json' with { type: 'json' };
import zh from '../../../i18n/messages/zh-CN/template.json' with { type: 'json' };
import { columnLetters } from '#lib/sheets/cells.ts';
import { cellKey } from '#lib/filing/entry.ts';
import {
	MISSING_REASONS,
	type Dataset,
	type Measure,
	type DatedRegion
} from '#lib/datasets/dataset.ts';
import { escapeFormula } from '#lib/kernel/csv.ts';
import { STAMP_SHEET } from '#lib/sheets/sheet-cells.ts';
import type { Invented } from '#lib/sharing/invented.ts';
import type { Language } from '#lib/filing/problem-message.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Stamp } from '#lib/sheets/table.ts';
import { labelledSheets } from './labelled-sheets.ts';

export type TemplateFor = {
	dataset: Dataset;
	organisation_id: string;
	period: string;
	/** The regions for which the organisation files, without withdrawn ones. */
	regions: DatedRegion[];
	language: Language;
	/** Units by code, as they stand behind a column's name. */
	units?: Map<string, { symbol_zh: string; symbol_en: string }>;
	/** Accepted values of the previous period by `cellKey`; its breakdowns are pre-filled too. */
	previous?: Map<string, number>;
};

/** `{name}` in the wording takes the value of that name. */
type Words = Record<keyof typeof zh, string>;
const WORDS: Record<Language, Words> = { 'zh-CN': zh, en };

/** Rows below the pre-filled ones that are open for writing, with the same dropdowns. */
const SPARE_ROWS = 200;
const HEADER_ROWS = 2;
const GREY = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF1F4' } } as const;

type TemplateColumn = {
	/** What a person reads, then what the reader of files relies on. */
	names: [string, string];
	width: number;
	locked: boolean;
	measure?: Measure;
	previous?: Measure;
	list?: string[];
};

/**
 * An XLSX to fill in: regions and last period's breakdowns in place, dropdowns, previous values beside the cells to
 * fill, locked header, notes in both languages and a hidden stamp that tells the reader what the file is for.
 */
export async function xlsx(given: TemplateFor, of: Invented): Promise<Uint8Array> {
	const words = WORDS[given.language];
	const columns = columnsOf(given, words);
	const body = bodyOf(given, columns);
	return writeXlsx({
		sheets: labelledSheets(
			[dataSheet(words, columns, body), notesSheet(given), stampSheet(given, words, columns)],
			of
		),
		activeSheet: 0
	});
}

/** The same as lines of a CSV file, with one header row of names. */
export function lines(given: TemplateFor): (string | number | null)[][] {
	const columns = columnsOf(given, WORDS[given.language]);
	return [columns.map(({ names }) => names[0]), ...bodyOf(given, columns)];
}

function columnsOf(
	{ dataset, language, units, previous }: TemplateFor,
	words: Words
): TemplateColumn[] {
	const own = ({ name_zh, name_en }: Named<string>) =>
		escapeFormula(language === 'en' ? name_en : name_zh);
	const measures = dataset.measures.flatMap((measure): TemplateColumn[] => {
		if (measure.since > dataset.version) return [];
		const unit = units?.get(measure.unit);
		const symbol = unit
			? language === 'en'
				? ` (${unit.symbol_en})`
				: `（${unit.symbol_zh}）`
			: '';
		const name = own(measure);
		const columns: TemplateColumn[] = [
			{ names: [name + symbol, measure.code], width: 16, locked: false, measure }
		];
		if (previous) {
			const names: [string, string] = [
				`${name} ${words.template_previous}`,
				`${measure.code} previous`
			];
			columns.push({ names, width: 12, locked: true, previous: measure });
		}
		return columns;
	});
	const breakdowns: TemplateColumn[] = [];
	if (dataset.occupations.length) {
		breakdowns.push({
			names: [words.template_occupation, 'occupation'],
			width: 14,
			locked: false,
			list: dataset.occupations.map(own)
		});
	}
	if (dataset.employment_modes.length) {
		breakdowns.push({
			names: [words.template_employment_mode, 'employment_mode'],
			width: 14,
			locked: false,
			list: dataset.employment_modes.map(own)
		});
	}
	return [
		{ names: [words.template_region_code, 'region_code'], width: 14, locked: false },
		{ names: [words.template_region_name, 'region_name'], width: 16, locked: false },
		...breakdowns,
		...measures,
		{
			names: [words.template_missing_reason, 'missing_reason'],
			width: 14,
			locked: false,
			list: MISSING_REASONS.map((reason) => words[`template_reason_${reason}`])
		},
		{ names: [words.template_explanation, 'explanation'], width: 30, locked: false }
	];
}

function bodyOf(given: TemplateFor, columns: TemplateColumn[]): (string | number | null)[][] {
	const { dataset, regions, language, previous } = given;
	const name = (list: Dataset['occupations'], code: string) => {
		const found = list.find((item) => item.code === code);
		return found ? escapeFormula(language === 'en' ? found.name_en : found.name_zh) : null;
	};
	return regions.flatMap((region) =>
		breakdownsOf(region.code, previous).map(([occupation, mode]) =>
			columns.map(({ names: [, code], previous: measure }): string | number | null => {
				if (code === 'region_code') return region.code;
				if (code === 'region_name')
					return escapeFormula((language === 'en' ? region.name_en : null) ?? region.name_zh);
				if (code === 'occupation') return name(dataset.occupations, occupation);
				if (code === 'employment_mode') return name(dataset.employment_modes, mode);
				if (!measure) return null;
				const key = {
					measure_code: measure.code,
					region_code: region.code,
					occupation,
					employment_mode: mode
				};
				return previous?.get(cellKey(key)) ?? null;
			})
		)
	);
}

/** The breakdowns filed for a region last time, or the region undivided. */
function breakdownsOf(region: string, previous: TemplateFor['previous']): [string, string][] {
	const found = new Set<string>();
	for (const key of previous?.keys() ?? []) {
		const [, code, occupation = '', mode = ''] = key.split('|');
		if (code === region) found.add(`${occupation}|${mode}`);
	}
	if (found.size === 0) return [['', '']];
	return [...found].sort().map((key) => key.split('|') as [string, string]);
}

function dataSheet(words: Words, columns: TemplateColumn[], body: CellValue[][]): WriteSheet {
	const last = HEADER_ROWS + body.length + SPARE_ROWS;
	const cells: NonNullable<WriteSheet['cells']> = new Map();
	const rows: CellValue[][] = [
		columns.map(({ names }) => names[0]),
		columns.map(({ names }) => names[1]),
		...body
	];
	for (let i = rows.length; i < last; i++) rows.push(columns.map(() => null));
	for (const [row, line] of rows.entries()) {
		for (const [column, value] of line.entries()) {
			const locked = row < HEADER_ROWS || (columns[column]?.locked ?? false);
			const style = {
				protection: { locked },
				...(locked ? { fill: GREY } : {}),
				...(row === 0
					? { font: { bold: true }, alignment: { wrapText: true, vertical: 'center' as const } }
					: {}),
				...(row === 1 || columns[column]?.previous ? { font: { color: { rgb: '6B7280' } } } : {}),
				// Codes are text: as numbers they would lose leading zeros.
				...(columns[column]?.names[1] === 'region_code' ? { numFmt: '@' } : {})
			};
			cells.set(`${row},${column}`, { value, style });
		}
	}
	return {
		name: words.template_data_sheet,
		columns: columns.map(({ width }) => ({ width })),
		rows,
		cells,
		freezePane: { rows: HEADER_ROWS, columns: 2 },
		protection: {
			sheet: true,
			formatColumns: true,
			formatRows: true,
			insertRows: true,
			deleteRows: true,
			sort: true,
			autoFilter: true
		},
		dataValidations: columns.flatMap((column, index) =>
			validation(words, columns, column, index, last)
		)
	};
}

function validation(
	words: Words,
	columns: TemplateColumn[],
	column: TemplateColumn,
	index: number,
	last: number
): DataValidation[] {
	const letters = columnLetters(index);
	const range = `${letters}${HEADER_ROWS + 1}:${letters}${last}`;
	if (column.list) {
		const at = columnLetters(listColumn(columns, column));
		const formula1 = `${STAMP_SHEET}!$${at}$1:$${at}$${column.list.length}`;
		return [
			{
				type: 'list',
				formula1,
				range,
				allowBlank: true,
				showErrorMessage: true,
				errorStyle: 'warning'
			}
		];
	}
	if (!column.measure) return [];
	const whole = column.measure.value_type === 'count';
	return [
		{
			type: whole ? 'whole' : 'decimal',
			operator: 'greaterThanOrEqual',
			formula1: String(column.measure.min ?? 0),
			range,
			allowBlank: true,
			showErrorMessage: true,
			// A warning, not a stop: people paste 1.21万, and the reader understands it.
			errorStyle: 'warning',
			errorTitle: column.names[0].slice(0, 32),
			errorMessage: whole ? words.template_cell_whole : words.template_cell_number
		}
	];
}

/** Lists stand on the hidden sheet to the right of the stamp: a list inside a validation holds 255 characters only. */
function listColumn(columns: TemplateColumn[], column: TemplateColumn): number {
	return 3 + columns.filter(({ list }) => list).indexOf(column);
}

/** The rows by which the reader of files knows its template again. */
export function stampRows(stamp: Stamp): [string, string][] {
	const { dataset, version, organisation, period, sheet, header_rows } = stamp;
	const fields = { dataset, version, organisation, period, sheet, header_rows };
	return Object.entries(fields).map(([key, value]) => [key, String(value)]);
}

function stampSheet(given: TemplateFor, words: Words, columns: TemplateColumn[]): WriteSheet {
	const stamp = stampRows({
		dataset: given.dataset.code,
		version: given.dataset.version,
		organisation: given.organisation_id,
		period: given.period,
		sheet: words.template_data_sheet,
		header_rows: HEADER_ROWS
	});
	const lists = columns.flatMap(({ list }) => (list ? [list] : []));
	const height = Math.max(stamp.length, ...lists.map((list) => list.length));
	const rows = Array.from({ length: height }, (_, i): CellValue[] => [
		...(stamp[i] ?? [null, null]),
		null,
		...lists.map((list) => list[i] ?? null)
	]);
	return { name: STAMP_SHEET, rows, veryHidden: true };
}

function notesSheet({ dataset, units }: TemplateFor): WriteSheet {
	const rows: CellValue[][] = [];
	for (const language of ['zh-CN', 'en'] as const) {
		const words = WORDS[language];
		const own = <T extends Named<string>>(item: T) =>
			escapeFormula(language === 'en' ? item.name_en : item.name_zh);
		rows.push([`${words.template_note_title} · ${own(dataset)}`]);
		rows.push(
			[words.template_note_rows],
			[words.template_note_blank],
			[words.template_note_breakdown],
			[words.template_note_warning],
			[]
		);
		rows.push([
			words.template_note_measure,
			words.template_note_code,
			words.template_note_unit,
			words.template_note_kind
		]);
		for (const measure of dataset.measures) {
			if (measure.since > dataset.version) continue;
			const unit = units?.get(measure.unit);
			const kind =
				measure.value_type === 'count'
					? words.template_note_whole
					: words.template_note_decimals.replace('{decimals}', String(measure.decimals));
			const required = measure.required
				? words.template_note_required
				: words.template_note_optional;
			rows.push([
				own(measure),
				measure.code,
				(language === 'en' ? unit?.symbol_en : unit?.symbol_zh) ?? measure.unit,
				`${required} · ${kind}`
			]);
		}
		rows.push(...announcedIn(dataset, language).map((line) => [line]), []);
	}
	return {
		name: 'Notes 说明',
		rows,
		columns: [{ width: 48 }, { width: 28 }, { width: 12 }, { width: 30 }],
		protection: { sheet: true }
	};
}

/** What later versions will ask for: a column for it may be added, and is read. */
function announcedIn(dataset: Dataset, language: Language): string[] {
	return dataset.versions
		.filter(({ version }) => version > dataset.version)
		.flatMap(({ version, from_period }) =>
			dataset.measures
				.filter(({ since }) => since === version)
				.map((measure) =>
					WORDS[language].template_note_announced
						.replace('{period}', from_period)
						.replace('{name}', escapeFormula(language === 'en' ? measure.name_en : measure.name_zh))
						.replace('{code}', measure.code)
				)
		);
}
