import { nameOf } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';

/** A row of `indicator_groups`: an indicator of one period in an occupation or employment mode; '' is what was filed without. */
export interface Group {
	dimension: 'occupation' | 'employment_mode';
	group_code: string;
	name_zh: string | null;
	name_en: string | null;
	numerator: number | null;
	denominator: number | null;
	value: number | null;
	/** Of the base: of the denominator, or of a sum itself, 0 to 1. */
	share: number | null;
	hidden: string | null;
	contributors: number | null;
	/** The reader's own organisation's. */
	own_value: number | null;
	/** The day on which the shown groups were fixed; null where they are read as they stand. */
	kept_on: string | null;
}

/** A division of a figure, with its groups in the registry's order. */
export interface Division {
	dimension: Group['dimension'];
	groups: Group[];
	/** The largest value shown: the end of the bars, which begin at zero. */
	most: number;
	kept_on: string | null;
	/** Why no group is shown at all, where one reason says it. */
	hidden: string | null;
}

/** The divisions of a figure, by occupation first. */
export function divisions(groups: Group[]): Division[] {
	return (['occupation', 'employment_mode'] as const).flatMap((dimension) => {
		const own = groups.filter((group) => group.dimension === dimension);
		if (!own.length) return [];
		const [first] = own;
		const alike = own.every(({ hidden }) => hidden !== null && hidden === first?.hidden);
		return [
			{
				dimension,
				groups: own,
				most: Math.max(0, ...own.map(({ value }) => value ?? 0)),
				kept_on: first?.kept_on ?? null,
				hidden: alike ? (first?.hidden ?? null) : null
			}
		];
	});
}

/** How long a group's bar is, in hundredths of the longest; null without one: hidden, or below zero. */
export function barOf(
	group: Pick<Group, 'value'>,
	{ most }: Pick<Division, 'most'>
): number | null {
	if (group.value === null || group.value < 0 || most <= 0) return null;
	return Math.round((group.value / most) * 1000) / 10;
}

/** What a group is called, in the reader's language. */
export const groupName = ({ name_zh, name_en }: Pick<Group, 'name_zh' | 'name_en'>): string =>
	name_zh ? nameOf({ name_zh, name_en }) : m.indicators_groups_without();

/** What a figure is divided by. */
export const divisionTitle = (dimension: Group['dimension']): string =>
	dimension === 'occupation' ? m.indicators_groups_occupation() : m.indicators_groups_mode();
