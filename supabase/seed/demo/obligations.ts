import { councilId } from './parties.ts';
import { secretariat, type Chapter } from './story.ts';
import { addDays, at, opensOn } from './time.ts';

/** The secretariat opens each period of a dataset in the afternoon before its first day. */
export const obligations: Chapter = ({ owed }) => {
	const periods = new Map(owed.map((one) => [`${one.dataset.code} ${one.period}`, one]));
	return [...periods.values()].map(({ dataset, period }) => ({
		at: at(addDays(opensOn(period), -1), '16:05'),
		by: secretariat,
		async does({ call, owner, ids }) {
			await call('open_obligations', { council: councilId, dataset: dataset.code, period });
			const opened = await owner<{ id: string; organisation_id: string }>(
				'select id, organisation_id from public.obligations where dataset_code = $1 and period = $2',
				[dataset.code, period]
			);
			const byOrganisation = new Map(opened.map((one) => [one.organisation_id, one.id]));
			for (const one of owed)
				if (one.dataset === dataset && one.period === period)
					ids.keep(one.name, byOrganisation.get(one.party.id) ?? '');
		}
	}));
};
