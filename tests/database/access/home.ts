import { each, refusedTo, type Domain } from './engine.ts';
import { id, seated } from './council.ts';

export const home: Domain = {
	calls: {
		'home_page(council uuid, at_most integer)': {
			given: '$1, 1',
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: {
					tasks: 'kind subject_id',
					requests: 'id',
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
						'requests extension',
						'tasks contest rival_submission',
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
						'requests extension',
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
					secretariat: ['contest rival_submission', 'schedule proposal', 'vote meeting'],
					city_reviewer: ['review ours_waiting', 'vote meeting'],
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
		'search(words text, at_most integer)': {
			given: `'rival'`,
			values: () => [],
			...refusedTo('done', []),
			rows: { by: 'kind id', seen: each(seated, ['organisation rival']) }
		}
	}
};
