import { MISSING_REASONS, type Measure, type MissingReason } from '#lib/datasets/dataset.ts';
import type { Params } from './table.ts';

export type NumberRead =
	| { value: number }
	| { reason: MissingReason }
	| { blank: true }
	| { rule: string; params: Params };

const PLAIN = /^[+-]?\d+(\.\d+)?$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const TEN_THOUSANDS = /^([+-]?\d+(?:\.\d+)?)(万|亿)$/;
const PERCENT = /^([+-]?\d+(?:\.\d+)?)%$/;
const NOT_FINITE = /^[+-]?(inf(inity)?|nan|∞|\d+(\.\d+)?e\+?\d{3,})$/i;
/** Signs people type where there is no figure; whether they mean zero or not known only they can say. */
const NO_FIGURE = /^([-–—/\\.…*]+|无|没有|空|暂无|n\/?a|null|none|nil|缺)$/i;
const LIMIT = 1e15;

const REASONS = new Map<string, MissingReason>(
	(
		[
			['not_applicable', '不适用', 'not applicable', '无此项业务'],
			['not_collected', '未采集', '未统计', '未收集', 'not collected'],
			['late', '迟报', '延迟', '稍后补报', '待补报', 'late'],
			['confidential', '保密', '涉密', 'confidential']
		] as [MissingReason, ...string[]][]
	).flatMap(([reason, ...words]) =>
		[reason, ...words].map((word): [string, MissingReason] => [word, reason])
	)
);

/** A reason for a missing value by its code or its name in either language. */
export function readReason(text: string): MissingReason | null {
	const word = text.normalize('NFKC').trim().toLowerCase();
	return REASONS.get(word) ?? MISSING_REASONS.find((reason) => reason === word) ?? null;
}

/**
 * Reads what a person typed as a figure: full-width digits, thousands separators, 1.21万, 98% for a percentage.
 * Whatever could mean two things comes back as a rule to ask about; nothing is guessed.
 */
export function readNumber(text: string, measure: Measure): NumberRead {
	let typed = text;
	if (!PLAIN.test(typed)) {
		typed = text
			.normalize('NFKC')
			.replace(/\p{Cf}/gu, '')
			.trim()
			.replace('−', '-');
		if (typed === '') return { blank: true };
		if (NOT_FINITE.test(typed)) return { rule: 'not_finite', params: {} };
		const reason = readReason(typed);
		if (reason) return { reason };
		if (NO_FIGURE.test(typed)) return { rule: 'no_figure', params: {} };
		const plain = toPlain(typed, measure);
		if (plain === null)
			return { rule: typed.endsWith('%') ? 'percent_not_expected' : 'number_unclear', params: {} };
		typed = plain;
	}
	return inRange(Number(typed), typed, measure);
}

function toPlain(typed: string, measure: Measure): string | null {
	if (PLAIN.test(typed)) return typed;
	if (GROUPED.test(typed)) return typed.replaceAll(',', '');
	const large = TEN_THOUSANDS.exec(typed);
	if (large) return shift(large[1] ?? '', large[2] === '万' ? 4 : 8);
	const percent = PERCENT.exec(typed);
	if (percent && measure.unit === 'percent') return percent[1] ?? null;
	return null;
}

/** Moves the decimal point in the text itself, so that 1.21万 is 12100 and not 12100.000000000002. */
function shift(decimal: string, places: number): string {
	const [whole = '', fraction = ''] = decimal.split('.');
	const digits = fraction.padEnd(places, '0');
	const rest = digits.slice(places);
	return whole + digits.slice(0, places) + (rest ? `.${rest}` : '');
}

function inRange(value: number, typed: string, measure: Measure): NumberRead {
	if (!Number.isFinite(value)) return { rule: 'not_finite', params: {} };
	if (Math.abs(value) >= LIMIT) return { rule: 'out_of_range', params: {} };
	if (value < 0 && (measure.value_type !== 'number' || measure.min === null || measure.min >= 0)) {
		return { rule: 'negative', params: {} };
	}
	const fraction = typed.includes('.') ? (typed.split('.')[1] ?? '').replace(/0+$/, '') : '';
	if (fraction && measure.value_type === 'count') return { rule: 'not_integer', params: {} };
	if (fraction.length > measure.decimals)
		return { rule: 'too_many_decimals', params: { decimals: measure.decimals } };
	if (measure.min !== null && value < measure.min)
		return { rule: 'below_minimum', params: { min: measure.min } };
	if (measure.max !== null && value > measure.max)
		return { rule: 'above_maximum', params: { max: measure.max } };
	return { value };
}
