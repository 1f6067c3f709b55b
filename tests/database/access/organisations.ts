import { each, only_secretariat, open, refusedTo, type Domain } from './engine.ts';
import { id, nameOf, seated } from './council.ts';

const council_organisations = [
	'bureau',
	'convener',
	'district',
	'far_office',
	'office',
	'ours',
	'party',
	'rival',
	'social',
	'third',
	'union'
];

export const organisations: Domain = {
	tables: {
		regions: {
			columns: `code level name_zh name_en short_zh parent_code valid_from valid_to replaced_by in_gb2260 source`,
			...open
		},
		organisations: {
			columns: `id kind name_zh name_en short_zh short_en region_code is_demo created_at`,
			label: 'name_zh',
			seen: { ...each(seated, council_organisations), elsewhere: ['elsewhere'] }
		},
		councils: {
			columns: `id name_zh name_en region_code convener_id lock_after_days is_demo created_at`,
			label: 'name_en',
			seen: { ...each(seated, ['A']), elsewhere: ['B'] }
		},
		council_seats: {
			columns: `council_id organisation_id standing since until`,
			label: nameOf('organisation_id'),
			seen: { ...each(seated, council_organisations), elsewhere: ['elsewhere'] }
		}
	},
	calls: {
		'register_organisation(council uuid, kind text, name_zh text, name_en text, short_zh text, short_en text, region_code text, standing text)':
			{
				given: `$1, 'social', '新', 'new', '新', 'new', '310105', 'observer'`,
				values: () => [id.council],
				...only_secretariat
			},
		'end_seat(council uuid, organisation uuid)': {
			given: '$1, $2',
			values: () => [id.council, id.ours],
			...only_secretariat
		},
		'organisation_page(organisation uuid, council uuid, list jsonb)': {
			given: '$1, $2',
			values: () => [id.office, id.council],
			...refusedTo('done', []),
			rows: {
				by: { organisation: 'id', council: 'id', items: 'total' },
				seen: each(seated, ['council council', 'items 2', 'organisation office'])
			}
		},
		'organisations_page(council uuid, list jsonb)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { council: 'id', rows: 'id' },
				seen: each(seated, [
					'council council',
					...council_organisations.map((one) => `rows ${one}`)
				])
			}
		}
	}
};
