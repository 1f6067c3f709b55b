import type { Dataset, Coded } from '#lib/datasets/dataset.ts';
import type { Column, Finding } from './table.ts';
import { isUnit, otherUnitIn } from './units.ts';

/**
 * What a column of a file is for. `value`, `reason` and `explanation` carry the measure's code where the file has a
 * column for each measure (wide), and none where it has a row for each value (long).
 */
export type Target =
	| {
			kind:
				| 'region'
				| 'region_code'
				| 'region_name'
				| 'occupation'
				| 'employment_mode'
				| 'period'
				| 'measure'
				| 'ignore';
	  }
	| { kind: 'value' | 'reason' | 'explanation'; measure?: string };

export type Matched = {
	column: Column;
	target: Target | null;
	/** What somebody must confirm or correct before the column is read so. */
	doubt: Finding | null;
};

type Plain =
	| 'region'
	| 'region_code'
	| 'region_name'
	| 'occupation'
	| 'employment_mode'
	| 'period'
	| 'measure'
	| 'ignore'
	| 'value'
	| 'reason'
	| 'explanation';

const WORDS: [Plain, string[]][] = [
	[
		'region_code',
		[
			'region_code',
			'行政区划代码',
			'区划代码',
			'地区代码',
			'区域代码',
			'区县代码',
			'街道代码',
			'region code'
		]
	],
	[
		'region_name',
		['region_name', '地区名称', '区划名称', '区县名称', '街道名称', '行政区划名称', 'region name']
	],
	[
		'region',
		[
			'region',
			'行政区划',
			'地区',
			'区域',
			'区县',
			'区',
			'街道',
			'街镇',
			'所在区',
			'district',
			'area'
		]
	],
	['occupation', ['occupation', '职业', '从业类别', '职业类别', '群体']],
	[
		'employment_mode',
		['employment_mode', '用工方式', '用工形式', '用工类型', 'employment mode', 'mode']
	],
	['period', ['period', '统计期', '报告期', '月份', '季度', '期间', 'month', 'quarter']],
	[
		'measure',
		['measure', 'measure_code', '计量项', '计量项代码', '指标', '指标名称', '项目', 'indicator']
	],
	['value', ['value', '数值', '值', '填报值', '本期值']],
	['reason', ['missing_reason', '缺报原因', '缺失原因', 'missing reason', 'reason']],
	['explanation', ['explanation', '说明', '备注', '情况说明', 'note', 'remark']],
	[
		'ignore',
		[
			'ignore',
			'序号',
			'单位',
			'计量单位',
			'unit',
			'no',
			'no.',
			'上期值',
			'previous',
			'previous value',
			'填报单位',
			'组织',
			'演示',
			'demo'
		]
	]
];
const SUFFIXES: ['reason' | 'explanation' | 'ignore', string[]][] = [
	['reason', ['缺报原因', '缺失原因', 'missing reason', 'missing_reason']],
	['explanation', ['说明', 'explanation', '备注']],
	['ignore', ['上期值', 'previous', 'previous value', '单位', 'unit']]
];

/** The form in which names are compared: width, case, spaces, signs that cannot be seen and punctuation do not count. */
export function plainName(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s\p{Cf}_\-*·:：'"“”]+/gu, '');
}

/** Without the unit that people and templates put behind a name: 在册人数（人）. */
function withoutUnit(name: string): string {
	return name.normalize('NFKC').replace(/\s*\([^()]*\)\s*$/, '');
}

/** The column of a long table that says in which unit each row's figure is. */
export function isUnitColumn(name: string): boolean {
	return ['单位', '计量单位', 'unit'].includes(plainName(withoutUnit(name)));
}

export function namesOf({ code, name_zh, name_en }: Coded): string[] {
	return [code, name_zh, name_en].map(plainName);
}

/** The target of each column by its Chinese name, English name or code; null where nobody knows. */
export function matchColumns(
	columns: Column[],
	dataset: Dataset,
	confirmed: Record<string, string> = {}
): Matched[] {
	const known = new Map<string, Target>();
	for (const [kind, words] of WORDS) for (const word of words) known.set(plainName(word), { kind });
	for (const measure of dataset.measures) {
		for (const name of namesOf(measure)) {
			known.set(name, { kind: 'value', measure: measure.code });
			for (const [kind, suffixes] of SUFFIXES) {
				const target: Target = kind === 'ignore' ? { kind } : { kind, measure: measure.code };
				for (const suffix of suffixes) known.set(name + plainName(suffix), target);
			}
		}
	}
	const units = new Map(dataset.measures.map(({ code, unit }) => [code, unit]));
	return columns.map((column) => {
		const answer = confirmed[column.name] ?? confirmed[column.letters];
		const target = answer === undefined ? lookUp(column.name, known) : readTarget(answer);
		const doubt = doubtOf(column.name, target, answer !== undefined, known, units);
		return { column, target, doubt };
	});
}

/** A header of several rows comes as "group · name · code". */
function partsOf(name: string): string[] {
	return name.split(' · ').reverse();
}

function lookUp(name: string, known: Map<string, Target>): Target | null {
	for (const part of [name, ...partsOf(name)]) {
		const found = known.get(plainName(part)) ?? known.get(plainName(withoutUnit(part)));
		if (found) return found;
	}
	return null;
}

/** Headings that only group columns, whatever these count. */
const HEADING =
	/^(基本|人员|用工|金额|数据|信息|主要|指标|情况|统计|内容|项目|填报|部分|概况|规模|数量|本期|本月|本季度?|当期|报告期|[一二三四五六七八九十\d、.()]|basic|data|figures|information|staff|workers|amounts|key|main|current|period|this|month|quarter|and|\s)+$/i;

/**
 * What stands around a measure's name may make another figure of it: last year's, the women among them, ten thousands.
 * Only the measure's own names and its unit are beyond doubt.
 */
function doubtOf(
	name: string,
	target: Target | null,
	confirmed: boolean,
	known: Map<string, Target>,
	units: Map<string, string>
): Finding | null {
	if (target?.kind !== 'value' || known.has(plainName(name))) return null;
	const unit = units.get(target.measure ?? '') ?? '';
	const parts = partsOf(name);
	for (const part of parts) {
		const other = known.has(plainName(part)) ? null : otherUnitIn(part, unit);
		if (other) return { rule: 'other_unit', params: { name, unit: other } };
	}
	const sure = parts.every((part) => {
		const plain = known.get(plainName(part));
		if (plain) return writeTarget(plain) === writeTarget(target);
		const within = /\(([^()]*)\)\s*$/.exec(part.normalize('NFKC'))?.[1];
		if (within === undefined) return isUnit(part, unit) || HEADING.test(part.normalize('NFKC'));
		const stripped = known.get(plainName(withoutUnit(part)));
		return (
			stripped !== undefined &&
			writeTarget(stripped) === writeTarget(target) &&
			(isUnit(within, unit) || known.has(plainName(within)))
		);
	});
	return sure || confirmed ? null : { rule: 'column_to_confirm', params: { name } };
}

/** A target as forms and saved mappings write it: `region`, `value:orders`, `ignore`. */
function readTarget(text: string): Target | null {
	const [kind, measure] = text.split(':');
	const plain = WORDS.find(([name]) => name === kind)?.[0];
	if (!plain) return null;
	if (plain === 'value' || plain === 'reason' || plain === 'explanation') {
		return measure ? { kind: plain, measure } : { kind: plain };
	}
	return { kind: plain };
}

export function writeTarget(target: Target | null): string {
	if (!target) return '';
	return 'measure' in target && target.measure ? `${target.kind}:${target.measure}` : target.kind;
}
