import { today } from '#lib/kernel/day.ts';
import { firstDay } from '#lib/kernel/period.ts';
import { cellAddress, columnLetters } from '#lib/sheets/cells.ts';
import { checkRules } from './check-rules.ts';
import { correctTable } from '#lib/sheets/correct-table.ts';
import { explainer, isExplained, joined, type Explanation } from './explain.ts';
import {
	nameParams,
	type Dataset,
	type Measure,
	type MissingReason,
	type Named,
	type Region
} from '#lib/datasets/dataset.ts';
import { regionFinder, type Superior } from '#lib/regions/find-region.ts';
import { foldProblems } from './fold-problems.ts';
import { lockedChanges, type Locked } from './locked-cells.ts';
import {
	isUnitColumn,
	matchColumns,
	namesOf,
	plainName,
	writeTarget,
	type Matched
} from '#lib/sheets/match-columns.ts';
import { readNumber, readReason } from '#lib/sheets/read-number.ts';
import { readPeriod } from '#lib/sheets/read-period.ts';
import type { Column, Params, Problem, Row, Severity, Table, Verdict } from '#lib/sheets/table.ts';
import { isOtherUnit, statedUnit } from '#lib/sheets/units.ts';

export type Entry = {
	measure_code: string;
	region_code: string;
	/** '' where the value is not broken down. */
	occupation: string;
	employment_mode: string;
	/** Null exactly when `missing_reason` says why. */
	value: number | null;
	missing_reason: MissingReason | null;
	explanation: string | null;
	row: number;
	/** Where it stood in the file: D17. */
	cell: string;
};

export type Context = {
	/** Every region of the dataset's level that may be meant, withdrawn ones too. */
	regions: Iterable<Region>;
	/** The code prefix inside which the organisation files. */
	jurisdiction: string;
	/** What those regions lie in. */
	superiors?: Superior[];
	/** 2026-03, 2026-Q1, 2026-H1 or 2026; '' where nobody said, and then it is not compared. */
	period: string;
	/** '' where nobody said. */
	organisation_id: string;
	/** Answers of the mapping step: column name or letters → `region`, `value:CODE`, `ignore`, … */
	mapping?: Record<string, string>;
	/** Cells corrected after the upload, by address: what stands there instead. */
	corrections?: Record<string, string>;
	/** Explanations given after the upload. */
	explanations?: Explanation[];
	/** Accepted values of the previous period by `previousKey`, for rules about jumps. */
	previous?: Map<string, number>;
	/** What a return did not open. */
	locked?: Locked | null;
	/** Own totals of earlier periods and of the same one, for rules that compare totals. */
	sums?: Sum[];
	/** The usual range of rates among peers, by rule; nothing where there are too few of them. */
	fences?: Fence[];
};

export type Sum = {
	measure: string;
	name_zh: string;
	name_en: string;
	period: string;
	value: number;
	/** Filed and not decided yet; otherwise accepted. */
	waiting?: boolean;
};

export type Fence = {
	measure: string;
	denominator: string;
	k: number;
	lower: number;
	upper: number;
};

/** A rule that was not met but may stand: with `explanation` it can be filed, and travels to the reviewer. */
export type WarningFound = Problem & { explanation: string };

export type Checked = {
	verdict: Verdict;
	layout: 'wide' | 'long' | null;
	/** What each column was taken for, for the mapping step: target as `region`, `value:CODE`, '' unknown. */
	columns: { letters: string; name: string; target: string }[];
	/** Empty unless everything is right: a filing is stored whole or not at all. */
	entries: Entry[];
	/** Errors and questions, folded, at most 1,000. */
	problems: Problem[];
	problem_count: number;
	warnings: WarningFound[];
	/** Warnings whose explanation is missing or shorter than 10 characters. */
	unexplained: number;
};

/** Beyond these, problems are counted but not kept. */
const KEPT = 50_000;

/** Questions about the header that are answered when its names are the dataset's own. */
const SETTLED_BY_NAMES = new Set([
	'rows_above_header',
	'merged_header',
	'second_header_row',
	'control_characters_in_header',
	'single_quotes',
	'not_first_sheet',
	'unnamed_column',
	'no_header'
]);
/** Dates other than the period are not read, and the period has its own rules. */
const NOT_READ_HERE = new Set(['ambiguous_date', 'number_as_text', 'blank_row']);

export function previousKey(
	entry: Pick<Entry, 'measure_code' | 'region_code' | 'occupation' | 'employment_mode'>
): string {
	return `${entry.measure_code}|${entry.region_code}|${entry.occupation}|${entry.employment_mode}`;
}

/**
 * Turns the rows of a table into entries of a dataset: matches its columns, reads its cells and runs the dataset's
 * rules. Pure: everything it needs is in its arguments. Entries come back only when there is no error at all.
 */
export function checkEntries(found: Table, dataset: Dataset, context: Context): Checked {
	const table = correctTable(found, context.corrections);
	const collect = collector(table);
	if (table.verdict === 'refused') {
		collect.add('error', table.reason?.rule ?? 'empty_file', null, null, '', table.reason?.params);
		return finish(collect, [], null, [], 'refused');
	}
	if (!stampFits(table, dataset, context, collect)) return finish(collect, [], null, [], 'refused');

	const matched = matchColumns(table.columns, dataset, context.mapping);
	const columns = matched.map(({ column, target }) => ({
		letters: column.letters,
		name: column.name,
		target: writeTarget(target)
	}));
	const layout = layoutOf(matched);
	askAboutColumns(table, matched, layout, dataset, collect);
	const named = layout !== null && collect.questions === 0;
	for (const problem of table.problems) {
		if (NOT_READ_HERE.has(problem.rule)) continue;
		if (problem.severity === 'question' && named && isSettled(problem, table, context)) continue;
		collect.take(problem);
	}
	if (layout === null || collect.questions > 0)
		return finish(collect, columns, layout, [], 'needs_mapping');

	checkStatedUnit(table, dataset, collect);
	const entries = readRows(table, matched, layout, dataset, context, collect);
	if (entries.length === 0 && collect.total === 0)
		collect.add('error', 'no_data_rows', null, null, '');
	requireMeasures(entries, dataset, collect);
	checkCountedTwice(entries, dataset, collect);
	const groups = groupEntries(entries, dataset, collect);
	const explained = explainer(context.explanations);
	checkRules(groups, dataset, context, (entry, severity, rule, params) => {
		const given = severity === 'warning' ? explained(rule, entry.cell) : null;
		if (given) entry.explanation = joined(entry.explanation, given);
		collect.addAt(entry, severity, rule, params, given ?? entry.explanation ?? '');
	});
	checkLocked(entries, dataset, context, collect);
	return finish(collect, columns, layout, entries, 'ready');
}

/** After a return only the marked cells are open. */
function checkLocked(
	entries: Entry[],
	dataset: Dataset,
	{ locked, regions }: Context,
	collect: Collector
) {
	if (!locked) return;
	const complete = collect.total === 0;
	for (const { rule, entry, params } of lockedChanges(entries, locked, dataset, regions, {
		complete
	})) {
		if (entry) collect.addAt(entry, 'error', rule, params);
		else collect.add('error', rule, null, null, '', params);
	}
}

/** Columns of one name are told apart once each has been given its meaning by its letters. */
function isSettled(question: Problem, table: Table, { mapping }: Context): boolean {
	if (SETTLED_BY_NAMES.has(question.rule)) return true;
	if (question.rule !== 'same_name_twice') return false;
	const seen = new Map<string, Column[]>();
	for (const column of table.columns) {
		const name = column.name.toLowerCase();
		seen.set(name, [...(seen.get(name) ?? []), column]);
	}
	return [...seen.values()].every(
		(same) => same.length === 1 || same.every(({ letters }) => mapping?.[letters] !== undefined)
	);
}

type Collector = ReturnType<typeof collector>;

function collector(table: Table) {
	const sheet = table.chosen === null ? '' : (table.sheets[table.chosen]?.name ?? '');
	const names = new Map(table.columns.map(({ letters, name }) => [letters, name]));
	const kept: Problem[] = [];
	const warnings: WarningFound[] = [];
	const counts = { questions: 0, total: 0 };
	const take = (problem: Problem) => {
		counts.total++;
		if (problem.severity === 'question') counts.questions++;
		if (kept.length < KEPT) kept.push(problem);
	};
	return {
		kept,
		warnings,
		take,
		get questions() {
			return counts.questions;
		},
		get total() {
			return counts.total;
		},
		add(
			severity: Severity,
			rule: string,
			row: number | null,
			column: Column | null,
			value: string,
			params: Params = {}
		) {
			take({
				severity,
				rule,
				params:
					value && params['value'] === undefined
						? { ...params, value: value.slice(0, 80) }
						: params,
				sheet,
				cell: row === null || column === null ? '' : cellAddress(column.index, row),
				row,
				column: column?.name ?? '',
				value: value.slice(0, 200)
			});
		},
		addAt(entry: Entry, severity: Severity, rule: string, params: Params, explanation = '') {
			const value = entry.value === null ? '' : String(entry.value);
			const letters = entry.cell.replace(/\d+$/, '');
			const problem: Problem = {
				severity,
				rule,
				params: { ...params, value },
				sheet,
				cell: entry.cell,
				row: entry.row,
				column: names.get(letters) ?? letters,
				value
			};
			if (severity === 'warning') warnings.push({ ...problem, explanation });
			else take(problem);
		}
	};
}

function finish(
	collect: Collector,
	columns: Checked['columns'],
	layout: Checked['layout'],
	entries: Entry[],
	otherwise: Verdict
): Checked {
	const sorted = collect.kept.sort(
		(a, b) =>
			Number(b.severity === 'question') - Number(a.severity === 'question') ||
			(a.row ?? 0) - (b.row ?? 0)
	);
	const { problems, problem_count } = foldProblems(sorted, collect.total);
	const verdict = otherwise === 'ready' && problem_count > 0 ? 'row_errors' : otherwise;
	return {
		verdict,
		layout,
		columns,
		entries: verdict === 'ready' ? entries : [],
		problems,
		problem_count,
		warnings: collect.warnings,
		unexplained: collect.warnings.filter(({ explanation }) => !isExplained(explanation)).length
	};
}

/** An old or foreign template gets one clear message, not four hundred errors. */
function stampFits(
	{ stamp }: Table,
	dataset: Dataset,
	context: Context,
	collect: Collector
): boolean {
	if (!stamp) return true;
	const wrong =
		stamp.dataset !== dataset.code
			? 'template_of_other_dataset'
			: stamp.version !== dataset.version
				? 'template_out_of_date'
				: context.organisation_id && stamp.organisation !== context.organisation_id
					? 'template_of_other_organisation'
					: context.period && stamp.period !== context.period
						? 'template_of_other_period'
						: null;
	if (!wrong) return true;
	const params = {
		given: stamp.period,
		expected: context.period,
		version: dataset.version,
		...nameParams('name', dataset)
	};
	collect.add('error', wrong, null, null, '', params);
	return false;
}

function layoutOf(matched: Matched[]): Checked['layout'] {
	const has = (kind: string, withMeasure: boolean) =>
		matched.some(
			({ target }) =>
				target?.kind === kind &&
				('measure' in target && target.measure !== undefined) === withMeasure
		);
	if (has('measure', false) && has('value', false)) return 'long';
	return has('value', true) ? 'wide' : null;
}

function askAboutColumns(
	table: Table,
	matched: Matched[],
	layout: Checked['layout'],
	dataset: Dataset,
	collect: Collector
) {
	const header = table.chosen === null ? null : (table.sheets[table.chosen]?.header_row ?? null);
	const seen = new Map<string, Column>();
	for (const { column, target, doubt } of matched) {
		if (doubt) {
			const severity = doubt.rule === 'other_unit' ? 'error' : 'question';
			collect.add(severity, doubt.rule, header, column, column.name, doubt.params);
		}
		if (!target) {
			const used = table.rows.some(({ cells }) => (cells[column.index] ?? '').trim() !== '');
			if (used)
				collect.add('question', 'unknown_column', header, column, column.name, {
					name: column.name
				});
			continue;
		}
		if (target.kind === 'ignore') continue;
		const key = writeTarget(target);
		const before = seen.get(key);
		if (before)
			collect.add('question', 'column_twice', header, column, column.name, {
				name: column.name,
				other: before.name
			});
		seen.set(key, column);
	}
	if (layout === null)
		collect.add('question', 'no_measure_column', header, null, '', nameParams('name', dataset));
	if (layout !== 'wide') return;
	for (const measure of dataset.measures) {
		if (measure.required && !seen.has(`value:${measure.code}`)) {
			collect.add(
				'question',
				'measure_column_missing',
				header,
				null,
				'',
				nameParams('name', measure)
			);
		}
	}
}

/** A unit that is stated above the table holds for all its figures. */
function checkStatedUnit(table: Table, dataset: Dataset, collect: Collector) {
	const sheet = table.chosen === null ? undefined : table.sheets[table.chosen];
	for (const { row, cells } of sheet?.top ?? []) {
		if (row >= (sheet?.header_row ?? 0)) break;
		for (const [index, text] of cells.entries()) {
			const unit = statedUnit(text);
			if (!unit || dataset.measures.every((measure) => !isOtherUnit(unit, measure.unit))) continue;
			const column = { index, letters: columnLetters(index), name: columnLetters(index) };
			collect.add('error', 'other_unit_above', row, column, text, { unit });
		}
	}
}

type Columns = {
	region: Column | undefined;
	code: Column | undefined;
	name: Column | undefined;
	occupation: Column | undefined;
	mode: Column | undefined;
	period: Column | undefined;
	measure: Column | undefined;
	/** In which unit the row's figure is, where a long table says so. */
	unit: Column | undefined;
	/** Per measure code; '' in a long table. */
	value: Map<string, Column>;
	reason: Map<string, Column>;
	explanation: Map<string, Column>;
};

function arrange(matched: Matched[]): Columns {
	const plain = (kind: string) => matched.find(({ target }) => target?.kind === kind)?.column;
	const byMeasure = (kind: string) =>
		new Map(
			matched.flatMap(({ column, target }): [string, Column][] =>
				target?.kind === kind ? [['measure' in target ? (target.measure ?? '') : '', column]] : []
			)
		);
	return {
		region: plain('region'),
		code: plain('region_code'),
		name: plain('region_name'),
		occupation: plain('occupation'),
		mode: plain('employment_mode'),
		period: plain('period'),
		measure: plain('measure'),
		unit: matched.find(({ column }) => isUnitColumn(column.name))?.column,
		value: byMeasure('value'),
		reason: byMeasure('reason'),
		explanation: byMeasure('explanation')
	};
}

function readRows(
	table: Table,
	matched: Matched[],
	layout: 'wide' | 'long',
	dataset: Dataset,
	context: Context,
	collect: Collector
): Entry[] {
	const columns = arrange(matched);
	const finder = regionFinder(
		context.regions,
		context.jurisdiction,
		context.period ? firstDay(context.period) : today(),
		context.superiors
	);
	const occupations = codesByName(dataset.occupations);
	const modes = codesByName(dataset.employment_modes);
	const named = new Map(
		dataset.measures.flatMap((measure) =>
			namesOf(measure).map((name): [string, Measure] => [name, measure])
		)
	);
	const measures = onceEach(
		(typed) =>
			named.get(plainName(typed)) ??
			named.get(plainName(typed.replace(/[(（][^()（）]*[)）]\s*$/, '')))
	);
	// What the reader found wrong with a cell is told once, and its value is none.
	const told = new Set(
		table.problems.filter(({ rule }) => !NOT_READ_HERE.has(rule)).map(({ cell }) => cell)
	);
	const found: (Entry | Blank)[] = [];
	const repeated = new Set(
		table.problems.filter(({ rule }) => rule === 'repeated_header').map(({ row }) => row)
	);
	for (const row of table.rows) {
		if (repeated.has(row.row)) continue;
		const region = readRegion(row, columns, finder, collect);
		if (region === NO_ROW) continue;
		const occupation = readPart(
			row,
			columns.occupation,
			occupations,
			'unknown_occupation',
			collect
		);
		const mode = readPart(row, columns.mode, modes, 'unknown_employment_mode', collect);
		checkPeriod(row, columns.period, context.period, collect);
		const read = (measure: Measure, key: string) => {
			const at = columns.value.get(key);
			if (!at) return;
			const entry = readValue(row, at, columns, key, measure, told, collect);
			if (!entry || region === null || occupation === null || mode === null) return;
			const place = { region_code: region, occupation, employment_mode: mode };
			if (!('blank' in entry)) found.push({ ...entry, ...place });
			else found.push({ ...place, ...entry, measure, row: row.row, column: at });
		};
		if (layout === 'wide') {
			for (const measure of dataset.measures) read(measure, measure.code);
		} else {
			const typed = textAt(row, columns.measure);
			const measure = measures(typed);
			const unit = textAt(row, columns.unit);
			if (measure && isOtherUnit(unit, measure.unit))
				collect.add('error', 'other_unit_of_row', row.row, columns.unit ?? null, unit, { unit });
			else if (measure) read(measure, '');
			else
				collect.add(
					'error',
					typed ? 'unknown_measure' : 'measure_missing',
					row.row,
					columns.measure ?? null,
					typed
				);
		}
	}
	return settleBlanks(found, layout, collect);
}

type Blank = {
	/** What the row's own reason makes of the empty cell; null without one. */
	blank: Value | null;
	measure: Measure;
	region_code: string;
	occupation: string;
	employment_mode: string;
	row: number;
	column: Column;
};

/**
 * A wide table has a cell for every measure in every row, also where the measure is divided in another way. Such a
 * cell must stay empty, for a figure there would be counted twice; any other empty cell needs its reason.
 */
function settleBlanks(
	found: (Entry | Blank)[],
	layout: 'wide' | 'long',
	collect: Collector
): Entry[] {
	const divided = new Map<string, Set<string>>();
	for (const one of layout === 'wide' ? found : []) {
		if ('blank' in one) continue;
		const key = `${one.region_code}|${one.measure_code}`;
		const kinds = divided.get(key) ?? new Set();
		divided.set(key, kinds.add(divisionOf(one)));
	}
	return found.flatMap((one) => {
		if (!('blank' in one)) return [one];
		const { blank, measure, row, column, ...place } = one;
		const kinds = divided.get(`${place.region_code}|${measure.code}`) ?? new Set();
		if ([...kinds].some((kind) => kind !== divisionOf(place))) return [];
		if (!blank && measure.required)
			collect.add('error', 'blank_without_reason', row, column, '', nameParams('name', measure));
		return blank ? [{ ...blank, ...place }] : [];
	});
}

/** Whether a figure is divided by occupation, by employment mode. Two figures of a measure must agree in it. */
function divisionOf(place: Pick<Entry, 'occupation' | 'employment_mode'>): string {
	return `${place.occupation !== ''} ${place.employment_mode !== ''}`;
}

function textAt(row: Row, column: Column | undefined): string {
	return column === undefined ? '' : (row.cells[column.index] ?? '').trim();
}

function codesByName(list: Named[]): (typed: string) => string | undefined {
	const codes = new Map(
		list.flatMap((item) => namesOf(item).map((name): [string, string] => [name, item.code]))
	);
	for (const total of ['', '合计', '全部', '不分', 'total', 'all']) codes.set(total, '');
	return onceEach((typed) => codes.get(typed) ?? codes.get(plainName(typed)));
}

/** What a text means is found out once: a column repeats a few of them in thousands of rows. */
function onceEach<Meaning>(find: (typed: string) => Meaning): (typed: string) => Meaning {
	const known = new Map<string, Meaning>();
	return (typed) => {
		if (known.has(typed)) return known.get(typed) as Meaning;
		const meaning = find(typed);
		known.set(typed, meaning);
		return meaning;
	};
}

/** In place of a region: what is in the row is to go as a whole, so nothing else in it is told. */
const NO_ROW = '';

function readRegion(
	row: Row,
	columns: Columns,
	finder: ReturnType<typeof regionFinder>,
	collect: Collector
): string | null {
	let code: string | null = null;
	let asked = false;
	for (const column of [columns.code, columns.region, columns.name]) {
		const typed = textAt(row, column);
		if (!column || typed === '') continue;
		asked = true;
		const found = finder.find(typed);
		if (!('code' in found)) {
			const note = found.rule === 'unknown_region' ? noteIn(row) : null;
			if (note) {
				collect.add('error', 'note_row', row.row, note, note.text);
				return NO_ROW;
			}
			// A name that is known by its code beside it needs no second opinion.
			if (code !== null && found.rule === 'ambiguous_region') continue;
			collect.add('error', found.rule, row.row, column, typed, found.params);
			return found.rule === 'total_row' ? NO_ROW : null;
		}
		if (code !== null && found.code !== code) {
			collect.add('error', 'region_code_and_name_differ', row.row, column, typed, { code });
			return null;
		}
		code = found.code;
	}
	if (code !== null) return code;
	const column = columns.code ?? columns.region ?? columns.name;
	if (!column && finder.only !== null) return finder.only;
	const note = asked ? null : noteIn(row);
	if (note) {
		collect.add('error', 'note_row', row.row, note, note.text);
		return NO_ROW;
	}
	if (!asked) collect.add('error', 'region_missing', row.row, column ?? null, '');
	return null;
}

/** What stands below a table and is no row of it: 注：…, 填表人：… 审核人：… */
const NOTE =
	/^(注|备注|说明|附注|填表说明|填[表报]人|制表人?|经办人|审核人?|复核人?|审批人?|(单位)?负责人|联系(人|电话|方式)|(填[表报]|制表|报送|上报)(日期|时间|单位)|(数据|资料)来源|notes?|sources?|prepared by|approved by)\s*\d*\s*[:：]/i;

function noteIn({ cells }: Row): (Column & { text: string }) | null {
	const index = cells.findIndex((cell) => cell.trim() !== '');
	const text = (cells[index] ?? '').trim();
	const letters = columnLetters(Math.max(0, index));
	return NOTE.test(text) ? { index, letters, name: letters, text } : null;
}

function readPart(
	row: Row,
	column: Column | undefined,
	codes: (typed: string) => string | undefined,
	rule: string,
	collect: Collector
): string | null {
	const typed = textAt(row, column);
	const code = codes(typed);
	if (code !== undefined) return code;
	collect.add('error', rule, row.row, column ?? null, typed);
	return null;
}

function checkPeriod(row: Row, column: Column | undefined, period: string, collect: Collector) {
	const typed = textAt(row, column);
	if (!column || typed === '' || period === '') return;
	// As a number, 2026.10 is 2026.1 too.
	const cut = /^\d{4}\.1$/.test(typed) && row.kinds?.[column.index] !== 's';
	const read = cut ? null : readPeriod(typed);
	if (read === null)
		collect.add('error', 'period_unclear', row.row, column, typed, { expected: period });
	else if (read !== period)
		collect.add('error', 'period_mismatch', row.row, column, typed, { expected: period });
}

type Value = Omit<Entry, 'region_code' | 'occupation' | 'employment_mode'>;

function readValue(
	row: Row,
	column: Column,
	columns: Columns,
	key: string,
	measure: Measure,
	told: Set<string>,
	collect: Collector
): Value | { blank: Value | null } | null {
	const typed = textAt(row, column);
	const reasonColumn = columns.reason.get(key) ?? columns.reason.get('');
	const typedReason = textAt(row, reasonColumn);
	const explanation = textAt(row, columns.explanation.get(key) ?? columns.explanation.get(''));
	let reason = typedReason ? readReason(typedReason) : null;
	if (typedReason && !reason) {
		collect.add('error', 'unknown_reason', row.row, reasonColumn ?? null, typedReason);
		return null;
	}
	let value: number | null = null;
	const cell = cellAddress(column.index, row.row);
	if (told.has(cell)) return null;
	const read = readNumber(typed, measure);
	if ('rule' in read) {
		collect.add('error', read.rule, row.row, column, typed, {
			...read.params,
			...nameParams('name', measure)
		});
		return null;
	}
	if ('value' in read) {
		if (isShareOrPercent(read.value, typed, measure, row, columns, key)) {
			const params = {
				low: `${read.value}%`,
				high: `${Number((read.value * 100).toPrecision(15))}%`
			};
			collect.add('error', 'percent_unclear', row.row, column, typed, params);
			return null;
		}
		if (reason && columns.reason.has(key)) {
			collect.add('error', 'value_and_reason', row.row, column, typed, nameParams('name', measure));
			return null;
		}
		value = read.value;
		reason = null;
	} else if ('reason' in read) {
		reason = read.reason;
	}
	const entry = {
		measure_code: measure.code,
		value,
		missing_reason: reason,
		explanation: explanation || null,
		row: row.row,
		cell
	};
	if (value !== null || 'reason' in read) return entry;
	if (reason && columns.reason.has(key)) return entry;
	return { blank: reason ? entry : null };
}

const PERCENT = /[%％]|百分|percent/i;

/** Whether 0.18 may be 18 %: nothing in the file says that it counts in hundredths, as a system's codes do. */
function isShareOrPercent(
	value: number,
	typed: string,
	{ unit, code }: Measure,
	row: Row,
	columns: Columns,
	key: string
): boolean {
	if (unit !== 'percent' || value <= 0 || value > 1) return false;
	const said = [typed, columns.value.get(key)?.name ?? '', textAt(row, columns.unit)];
	return !said.some((text) => PERCENT.test(text)) && textAt(row, columns.measure) !== code;
}

function requireMeasures(entries: Entry[], dataset: Dataset, collect: Collector) {
	if (collect.total > 0) return;
	const given = new Set(entries.map((entry) => entry.measure_code));
	for (const measure of dataset.measures) {
		if (measure.required && !given.has(measure.code)) {
			collect.add('error', 'required_measure_missing', null, null, '', nameParams('name', measure));
		}
	}
}

/** The figures of one place and breakdown, in the order of the dataset's measures. */
export type Group = (Entry | undefined)[];

function groupEntries(entries: Entry[], dataset: Dataset, collect: Collector): Group[] {
	const order = new Map(dataset.measures.map(({ code }, i) => [code, i]));
	const groups = new Map<string, Group>();
	for (const entry of entries) {
		const key = `${entry.region_code}|${entry.occupation}|${entry.employment_mode}`;
		let group = groups.get(key);
		if (!group) groups.set(key, (group = []));
		const at = order.get(entry.measure_code) ?? 0;
		const before = group[at];
		if (before) collect.addAt(entry, 'error', 'duplicate', { first: before.cell });
		else group[at] = entry;
	}
	return [...groups.values()];
}

/** A total beside its own parts would be added to them. */
function checkCountedTwice(entries: Entry[], dataset: Dataset, collect: Collector) {
	const order = new Map(dataset.measures.map(({ code }, i) => [code, i]));
	// Per region, for each measure: undivided, divided by occupation, undivided, divided by employment mode.
	const seen = new Map<string, Uint8Array>();
	for (const entry of entries) {
		let bits = seen.get(entry.region_code);
		if (!bits) seen.set(entry.region_code, (bits = new Uint8Array(dataset.measures.length)));
		const at = order.get(entry.measure_code) ?? 0;
		bits[at] = (bits[at] ?? 0) | (entry.occupation ? 2 : 1) | (entry.employment_mode ? 8 : 4);
	}
	for (const entry of entries) {
		const at = order.get(entry.measure_code) ?? 0;
		const bits = seen.get(entry.region_code)?.[at] ?? 0;
		const occupation = (bits & 3) === 3 && entry.occupation === '';
		const mode = (bits & 12) === 12 && entry.employment_mode === '';
		const measure = dataset.measures[at];
		if ((occupation || mode) && measure) {
			collect.addAt(entry, 'error', 'counted_twice', nameParams('name', measure));
		}
	}
}
