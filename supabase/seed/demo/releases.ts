import { councilId } from './parties.ts';
import { secretariat, type Chapter } from './story.ts';
import { at } from './time.ts';

/** Two releases for everybody: half a year ago, and the last month that was complete. */
export const releases: Chapter = ({ calendar }) =>
	[16, 22].map((index) => {
		const period = calendar.months[index] ?? '';
		const [year, month] = period.split('-').map(Number);
		return {
			// In the month after the one in which it is filed, when what came late is accepted too.
			at: at(`${calendar.months[index + 2]}-10`, '10:00'),
			by: secretariat,
			async does({ call, read, owner }) {
				await owner(`select private.keep_figures_due($1, $2), private.keep_reporting_due($1, $2)`, [
					councilId,
					period
				]);
				const open = await read<{ code: string }>(
					`select i.code from public.indicators i
					 cross join lateral public.indicator_series($1, i.code, null, private.period_start($2), private.period_start($2)) s
					 where i.tier = 'public' and s.scope = 'total' and s.period = $2 and s.finished`,
					[councilId, period]
				);
				await call('publish_release', {
					council: councilId,
					title_zh: `新就业群体主要指标（${year} 年 ${month} 月）`,
					title_en: `Main indicators of new forms of employment, ${period}`,
					period,
					indicators: open.map(({ code }) => code)
				});
			}
		};
	});
