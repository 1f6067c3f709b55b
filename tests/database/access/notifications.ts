import { each, refusedTo, type Domain } from './engine.ts';
import { everybody } from './council.ts';

// Delegates and administrators of all seats learn of meetings, and delegates with a vote of what is put to it.
const ofMeetings = [
	'meeting_opened meeting',
	'meeting_planned meeting',
	'meeting_planned next_meeting',
	'resolution_adopted resolution'
];
const ofVotes = [...ofMeetings, 'voting_opened open_resolution', 'voting_opened resolution'];

/** What each reads of what they were told, by kind and subject. */
const told = {
	secretariat: [
		'agenda_item_proposed proposal',
		'extension_asked ours_owed',
		'objection_to_decide rival_submission'
	],
	city_reviewer: ['extension_asked ours_owed', 'objected rival_submission', ...ofVotes].toSorted(),
	reporter: ['accepted ours_submission', 'overdue ours_owed'],
	administrator: ofMeetings,
	delegate: ofVotes,
	rival: ['accepted rival_submission', 'reopened rival_submission', ...ofVotes].toSorted(),
	union: ['action_item_reported reported_action', ...ofVotes],
	party: ofVotes,
	office: ['action_item_assigned action', 'action_item_assigned reported_action', ...ofMeetings],
	far_office: ['returned far_office_submission']
};

export const notifications: Domain = {
	tables: {
		notifications: {
			columns: `id person_id organisation_id kind subject_type subject_id due_on event_id cells created_at read_at`,
			label: 'kind',
			seen: Object.fromEntries(
				Object.entries(told).map(([who, all]) => [who, all.map((one) => one.split(' ')[0] ?? '')])
			)
		}
	},
	calls: {
		'notifications_page(list jsonb)': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: { rows: 'kind subject_id' },
				seen: Object.fromEntries(
					Object.entries(told).map(([who, all]) => [who, all.map((one) => `rows ${one}`)])
				)
			}
		},
		'unread_notifications()': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			// Without those that have passed.
			rows: {
				by: '',
				seen: {
					...each(everybody, ['0']),
					...each(['reporter', 'far_office'], ['1']),
					...each(['secretariat', 'administrator'], ['3']),
					...each(['delegate', 'party', 'office'], ['4']),
					...each(['rival', 'union'], ['5']),
					...each(['city_reviewer'], ['6'])
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
