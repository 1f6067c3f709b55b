import type { Indicator } from '#lib/indicators/registry.ts';
import { isAddedUp, targetStatus, type Aim, type Judged } from '#lib/indicators/target-status.ts';
import { distanceTo } from './distance.ts';
import { spreadOf } from './spread.ts';
import type { OverviewFigure, OverviewRow } from './overview.ts';

/** The indicators of the registry that have a figure, in its order, each with how it stands to its target. */
export function overviewRows(registry: Indicator[], figures: OverviewFigure[]): OverviewRow[] {
	const known = new Map(figures.map((figure) => [figure.code, figure]));
	return registry.flatMap((indicator) => {
		const figure = known.get(indicator.code);
		if (!figure) return [];
		const { aim, judged, value } = figure;
		const comparable = figure.trend.filter((point) => point.version === figure.version);
		return [
			{
				code: indicator.code,
				name_zh: indicator.name_zh,
				name_en: indicator.name_en,
				symbol_zh: indicator.unit.symbol_zh,
				symbol_en: indicator.unit.symbol_en,
				decimals: indicator.decimals,
				threshold: indicator.suppression_threshold,
				direction: indicator.direction,
				counts: !['ratio', 'survey', 'statistic'].includes(indicator.definitions[0]?.kind ?? ''),
				period: figure.period,
				value,
				hidden: figure.hidden,
				contributors: figure.contributors,
				expected: figure.expected,
				finished: figure.finished,
				accepted_at: figure.accepted_at,
				later: figure.later,
				change: figure.change,
				spread: spreadOf(
					comparable.flatMap((point) =>
						point.finished && point.value !== null ? [point.value] : []
					)
				),
				aim,
				judged: isAddedUp(judged)
					? { value: judged.value ?? 0, period: judged.period, newest: judged.newest }
					: null,
				// Nothing is said of what is unfinished.
				status: aim && figure.finished ? targetStatus(aim, figure, comparable, judged).tone : null,
				distance: aim && distanceOf(aim, value, judged)
			}
		];
	});
}

/** Of a figure that is added up over the target's own period: a count stands beside the part of it that falls to the time passed. */
function distanceOf(aim: Aim, value: number | null, judged: Judged | null): number | null {
	if (value === null) return null;
	if (!isAddedUp(judged)) return distanceTo(aim, value);
	const share = judged.denominator === null ? judged.parts / judged.needed : 1;
	const part = (of: number) => of * share;
	return distanceTo(
		{ ...aim, value: part(aim.value), upper_value: aim.upper_value && part(aim.upper_value) },
		judged.value ?? 0
	);
}
