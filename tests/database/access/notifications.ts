import { each, refusedTo, type Domain } from './engine.ts';
import { everybody } from './council.ts';

export const notifications: Domain = {
	tables: {
		notifications: {
			columns: `id person_id organisation_id obligation_id kind due_on submission_id event_id cells created_at read_at`,
			label: 'kind',
			seen: {
				secretariat: ['extension_asked', 'objection_to_decide'],
				city_reviewer: ['extension_asked', 'objected'],
				reporter: ['accepted', 'overdue'],
				rival: ['accepted', 'reopened'],
				far_office: ['returned']
			}
		}
	},
	calls: {
		'my_notifications(at_most integer)': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: 'kind obligation_id',
				seen: {
					secretariat: ['extension_asked ours_owed', 'objection_to_decide rival_obligation'],
					city_reviewer: ['extension_asked ours_owed', 'objected rival_obligation'],
					reporter: ['accepted ours_obligation', 'overdue ours_owed'],
					rival: ['accepted rival_obligation', 'reopened rival_obligation'],
					far_office: ['returned far_office_obligation']
				}
			}
		},
		'unread_notifications()': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: '',
				seen: {
					...each(everybody, ['0']),
					...each(['secretariat', 'city_reviewer'], ['2']),
					...each(['reporter', 'rival', 'far_office'], ['1'])
				}
			}
		},
		'mark_notifications_read(notification uuid)': {
			given: '',
			values: () => [],
			...refusedTo('done', [])
		}
	}
};
