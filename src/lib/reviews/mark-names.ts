import { m } from '#lib/paraglide/messages.js';
import type { MarkCode, Opens } from './marks.ts';

const codes: Record<MarkCode, () => string> = {
	out_of_line_with_history: m.reviews_code_out_of_line_with_history,
	contradicts_other_cell: m.reviews_code_contradicts_other_cell,
	wrong_unit: m.reviews_code_wrong_unit,
	wrong_region: m.reviews_code_wrong_region,
	missing_explanation: m.reviews_code_missing_explanation,
	other: m.reviews_code_other
};

const opens: Record<Opens, () => string> = {
	cell: m.reviews_opens_cell,
	rules: m.reviews_opens_rules,
	row: m.reviews_opens_row,
	measure: m.reviews_opens_measure
};

/** The words of a mark's code. */
export const codeName = (code: MarkCode) => codes[code]();

/** The words of what a mark opens. */
export const opensName = (what: Opens) => opens[what]();
