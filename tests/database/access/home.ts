import { each, refusedTo, type Domain } from './engine.ts';
import { city, id, ours, seated } from './council.ts';

export const home: Domain = {
	calls: {
		'home_page(council uuid, at_most integer)': {
			given: '$1, 1',
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: {
					tasks: 'kind subject_id',
					events: 'verb',
					meeting: 'id',
					overview: 'indicator_code own_value'
				},
				seen: {
					secretariat: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks objection rival_submission',
						'tasks extend ours_owed',
						'tasks schedule proposal',
						'tasks vote meeting'
					],
					...each(
						['auditor', 'social'],
						['events set_target', 'meeting meeting', 'overview TEST1 null', 'overview TEST2 null']
					),
					city_reviewer: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks extend ours_owed',
						'tasks review ours_waiting',
						'tasks vote meeting'
					],
					district_reviewer: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks review office_submission'
					],
					reporter: [
						'events save_column_mapping',
						'meeting meeting',
						'overview TEST1 44.4333',
						'overview TEST2 3000',
						'tasks file ours_owed'
					],
					...each(
						['administrator', 'viewer'],
						[
							'events save_column_mapping',
							'meeting meeting',
							'overview TEST1 44.4333',
							'overview TEST2 3000'
						]
					),
					delegate: [
						'events save_column_mapping',
						'meeting meeting',
						'overview TEST1 44.4333',
						'overview TEST2 3000',
						'tasks vote meeting'
					],
					rival: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 44.4583',
						'overview TEST2 2400',
						'tasks file ?',
						'tasks file rival_obligation',
						'tasks vote meeting'
					],
					union: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks accept reported_action',
						'tasks vote meeting'
					],
					party: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks vote meeting'
					],
					office: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks act action'
					],
					far_office: [
						'events set_target',
						'meeting meeting',
						'overview TEST1 null',
						'overview TEST2 null',
						'tasks file far_office_obligation'
					]
				}
			}
		},
		'my_tasks()': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: 'kind subject_id',
				seen: {
					secretariat: [
						'objection rival_submission',
						'extend ours_owed',
						'schedule proposal',
						'vote meeting'
					],
					city_reviewer: ['extend ours_owed', 'review ours_waiting', 'vote meeting'],
					district_reviewer: ['review office_submission'],
					reporter: ['file ours_owed'],
					...each(['delegate', 'party'], ['vote meeting']),
					rival: ['file ?', 'file rival_obligation', 'vote meeting'],
					union: ['accept reported_action', 'vote meeting'],
					office: ['act action'],
					far_office: ['file far_office_obligation']
				}
			}
		},
		'links(council uuid, about_type text, about_id text)': {
			given: `$1, 'indicator', 'TEST1'`,
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: 'kind id',
				seen: each(seated, ['resolution open_resolution', 'resolution resolution'])
			}
		},
		'subjects(types text[], ids text[])': {
			given: `array['submission'], array[$1::text]`,
			values: () => [id.ours_submission],
			...refusedTo('done', []),
			rows: { by: 'id', seen: each([...city, ...ours], ['ours_submission']) }
		},
		'search(words text, at_most integer)': {
			given: `'rival'`,
			values: () => [],
			...refusedTo('done', []),
			rows: { by: 'kind id', seen: each(seated, ['organisation rival']) }
		}
	}
};
