import { refusedTo, type Domain } from './engine.ts';

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
			...refusedTo('done', [])
		},
		'unread_notifications()': {
			given: '',
			values: () => [],
			...refusedTo('done', [])
		},
		'mark_notifications_read(notification uuid)': {
			given: '',
			values: () => [],
			...refusedTo('done', [])
		}
	}
};
