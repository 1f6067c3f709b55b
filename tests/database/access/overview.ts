import { refusedTo, type Domain } from './engine.ts';
import { city, id, ours, seated, type Who } from './council.ts';

/** The counties of the ratio, and of the count, which is the same for all. */
const counties = (first: number, second: number) => [
	`districts TEST1 310105 ${first}`,
	`districts TEST1 310115 ${second}`,
	'districts TEST2 310105 2400',
	'districts TEST2 310115 4800'
];

const figures: Record<string, string[]> = {
	ours: ['cells TEST1 ours 44.4333', 'cells TEST2 ours 3000'],
	rival: ['cells TEST1 rival 44.4583', 'cells TEST2 rival 2400'],
	third: ['cells TEST1 third 44.4444', 'cells TEST2 third 1800']
};

/** What each is shown: the cells of whom they may read by name, and only of those how a filing was decided. */
function shownTo(who: Who): string[] {
	const isCity = city.includes(who);
	const own = ours.includes(who) ? 'ours' : who;
	const reads = (organisation: string) =>
		isCity || own === organisation || (who === 'district_reviewer' && organisation === 'office');
	return [
		'figures TEST1 44.4444',
		'figures TEST2 7200',
		...(isCity ? counties(33.375, 49.9792) : counties(33.3333, 50)),
		...['ours', 'rival', 'third', 'office', 'far_office'].flatMap((organisation) => [
			`organisations ${organisation} ${reads(organisation)}`,
			...((reads(organisation) && figures[organisation]) || [])
		]),
		'parties test_monthly ours late null',
		'parties test_monthly rival late null',
		'parties test_monthly third excused null',
		`parties test_services office filed ${reads('office') ? 'office_submission' : 'null'}`,
		reads('far_office')
			? 'parties test_services far_office returned far_office_submission'
			: 'parties test_services far_office filed null',
		'resolutions open_resolution',
		'resolutions resolution'
	];
}

export const overview: Domain = {
	calls: {
		'overview_page(council uuid, domain text, until text, indicator text)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: {
					figures: 'code value',
					districts: 'code of value',
					organisations: 'id readable',
					cells: 'code of value',
					parties: 'dataset organisation state submission',
					resolutions: 'id'
				},
				seen: Object.fromEntries(seated.map((who) => [who, shownTo(who)]))
			}
		}
	}
};
