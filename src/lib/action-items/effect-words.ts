import { m } from '#lib/paraglide/messages.js';
import { change, period, withUnit } from '#lib/ui/format.ts';
import type { Tone } from '#lib/ui/tone.ts';
import type { Effect, Measured, Verdict } from './effect.ts';

export const verdictWords: Record<Verdict, () => string> = {
	better: m.action_items_effect_better,
	worse: m.action_items_effect_worse,
	changed: m.action_items_effect_changed,
	unclear: m.action_items_effect_unclear
};

export const verdictTones: Record<Verdict, Tone> = {
	better: 'achieved',
	worse: 'missed',
	changed: 'on_track',
	unclear: 'no_data'
};

/** The sentence of a verdict, and what it rests on. unit: whose figure it is. */
export function effectWords(
	measured: Measured,
	{ unit, of }: { unit: string; of: Effect['unit'] },
	symbol: string,
	decimals: number
): { verdict: string; details: string[] } {
	const value = (figure: number) => withUnit(figure, symbol, decimals);
	const moved = (by: number, digits = decimals) =>
		`${change(by, digits)} ${symbol === '%' ? m.indicators_points() : symbol}`.trimEnd();
	const { before, after, mean, newest } = measured;
	const others =
		of === 'county'
			? m.action_items_effect_other_counties()
			: m.action_items_effect_other_organisations();
	const interval = {
		estimate: moved(mean.estimate),
		low: change(mean.low, decimals),
		high: change(mean.high, decimals)
	};
	return {
		verdict:
			measured.kind === 'compared'
				? m.action_items_effect_beyond_others({ ...interval, others })
				: m.action_items_effect_beyond_trend(interval),
		details: [
			m.action_items_effect_spans({
				unit,
				before_from: period(before.from),
				before_until: period(before.until),
				before: value(before.mean),
				after_from: period(after.from),
				after_until: period(after.until),
				after: value(after.mean)
			}),
			measured.kind === 'compared'
				? m.action_items_effect_others({
						units: measured.units,
						others,
						moved: moved(measured.others)
					})
				: // A trend is small beside what it adds up to.
					m.action_items_effect_slope({ slope: moved(measured.slope, decimals + 1) }),
			measured.kind === 'trend' && of !== 'whole' ? m.action_items_effect_no_others() : '',
			measured.kind === 'trend' && measured.steady ? m.action_items_effect_steady() : '',
			m.action_items_effect_newest({
				period: period(newest.period),
				value: value(newest.value),
				estimate: moved(newest.estimate),
				low: change(newest.low, decimals),
				high: change(newest.high, decimals)
			})
		].filter(Boolean)
	};
}
