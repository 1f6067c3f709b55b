import type { Client } from 'pg';
import { idOf } from './chance.ts';
import { councilId, partyOf } from './parties.ts';
import { personOf } from './people.ts';
import { insertRows } from './store.ts';
import { at, type Calendar } from './time.ts';

/** Two releases for everybody: half a year ago and the last month that was complete. */
export async function publishReleases(client: Client, calendar: Calendar): Promise<void> {
	for (const [index, day] of [
		[16, 25],
		[22, 24]
	] as const) {
		const period = calendar.months[index] ?? '';
		const [year, month] = period.split('-').map(Number);
		const id = idOf(`release ${index}`);
		const next = calendar.months[index + 1] ?? '';
		const published = at(`${next}-${day}`, '10:00');
		const secretariat = personOf('convener', 'admin');
		await insertRows(client, 'public.releases', [
			{
				id,
				council_id: councilId,
				title_zh: `新就业群体主要指标（${year} 年 ${month} 月）`,
				title_en: `Main indicators of new forms of employment, ${period}`,
				period,
				published_by: secretariat,
				published_at: published
			}
		]);
		// As publish_release does it, for indicators of the public tier.
		await client.query(
			`insert into public.release_figures (release_id, indicator_code, definition_version, region_code, period, numerator, denominator, value, hidden, contributors)
			 select $1, x.indicator_code, x.version, x.region_code, x.period, x.numerator, x.denominator, x.value, x.hidden, x.contributors
			 from (select array_agg(i.code) as codes from public.indicators i where i.tier = 'public') i
			 cross join lateral private.disclosed($2, i.codes, private.period_start($3), private.period_start($3), true, false) x
			 where x.period = $3`,
			[id, councilId, period]
		);
		await insertRows(client, 'public.audit_events', [
			{
				at: published,
				council_id: councilId,
				organisation_id: partyOf('convener').id,
				person_id: secretariat,
				audience: 'council',
				verb: 'publish_release',
				subject_type: 'release',
				subject_id: id,
				details: { period }
			}
		]);
	}
}
