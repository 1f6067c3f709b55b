import { targets as wanted } from './meeting-texts.ts';

import { city, councilId } from './parties.ts';
import { decidedAt } from './resolutions.ts';
import { secretariat, type Chapter } from './story.ts';

/** Targets of the running year, set in the hours after the meeting that agreed on them. */
export const targets: Chapter = ({ calendar }) => {
	const period = (calendar.months.at(-1) ?? '').slice(0, 4);
	return wanted.map(({ indicator, region = city, kind, value, resolution }) => ({
		at: new Date(decidedAt(calendar, resolution).getTime() + 3 * 3600_000),
		by: secretariat,
		async does({ call, read, ids }) {
			const id = ids.of(`resolution ${resolution}`);
			const [decided] = await read<{ number: string }>(
				'select number from public.resolutions where id = $1',
				[id]
			);
			await call('set_target', {
				council: councilId,
				indicator,
				region,
				period,
				kind,
				value,
				upper_value: null,
				origin_zh: `决议 ${decided?.number}`,
				origin_en: `Resolution ${decided?.number}`,
				resolution: id
			});
		}
	}));
};
