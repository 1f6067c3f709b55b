import { m } from '#lib/paraglide/messages.js';

/** The few words in place of a figure that is not shown. Never blank, never 0. */
export function hiddenWord(hidden: string, threshold: number): string {
	switch (hidden) {
		case 'fewer_than_threshold':
			return m.shell_fewer_than({ below: threshold });
		case 'too_few_contributors':
			return m.sharing_hidden_too_few_contributors();
		case 'dominated':
			return m.sharing_hidden_dominated();
		case 'incomplete':
			return m.sharing_hidden_incomplete();
		case 'complementary':
			return m.sharing_hidden_complementary();
		case 'restricted':
			return m.sharing_hidden_restricted();
		case 'statistic':
			return m.sharing_hidden_statistic();
		case 'no_denominator':
			return m.sharing_hidden_no_denominator();
		case 'filed_by_itself':
			return m.sharing_hidden_filed_by_itself();
		case 'definition_changed':
			return m.sharing_hidden_definition_changed();
		default:
			return m.sharing_hidden_no_data();
	}
}

/** The same as a sentence: why, and what for. */
export function hiddenReason(hidden: string, threshold: number): string {
	switch (hidden) {
		case 'fewer_than_threshold':
			return m.shell_fewer_than_note({ below: threshold });
		case 'too_few_contributors':
			return m.sharing_reason_too_few_contributors();
		case 'dominated':
			return m.sharing_reason_dominated();
		case 'incomplete':
			return m.sharing_reason_incomplete();
		case 'complementary':
			return m.sharing_reason_complementary();
		case 'restricted':
			return m.sharing_reason_restricted();
		case 'statistic':
			return m.sharing_reason_statistic();
		case 'no_denominator':
			return m.sharing_reason_no_denominator();
		case 'filed_by_itself':
			return m.sharing_reason_filed_by_itself();
		case 'definition_changed':
			return m.sharing_reason_definition_changed();
		default:
			return m.sharing_reason_no_data();
	}
}

/** For charts and cards: a threshold where too few persons were counted, else the reason. */
export function hiddenFigure(
	hidden: string | null,
	threshold: number
): { below: number | null; reason: string | null } {
	if (!hidden) return { below: null, reason: null };
	return hidden === 'fewer_than_threshold'
		? { below: threshold, reason: null }
		: { below: null, reason: hiddenReason(hidden, threshold) };
}

/** The reasons that occur among rows, each once, in the order of their first row. */
export function reasonsAmong(rows: { hidden: string | null }[]): string[] {
	return [...new Set(rows.flatMap(({ hidden }) => (hidden ? [hidden] : [])))];
}

/** The protection of a page's figures, in a sentence that travels with them. */
export function protection(threshold: number, exact: boolean): string {
	if (exact) return m.sharing_exact();
	return threshold ? m.sharing_rounded({ threshold }) : m.sharing_threshold_none();
}
