import { each, only_secretariat, open, refusedTo, type Domain } from './engine.ts';
import { city, id, nameOf, ours, seated } from './council.ts';

export const deadlines: Domain = {
	tables: {
		calendar_days: {
			columns: `day working name_zh name_en`,
			...open
		},
		calendar_moves: {
			columns: `id obligation_id council_id organisation_id due_before due_after moved_at`,
			label: nameOf('organisation_id'),
			seen: each([...city, ...ours], ['ours'])
		},
		extension_requests: {
			columns: `id obligation_id council_id organisation_id due_before wished_on reason asked_by asked_at status due_after decision_reason decided_by decided_by_organisation decided_at`,
			label: nameOf('organisation_id'),
			seen: each([...city, ...ours], ['ours'])
		},
		excuses: {
			columns: `id obligation_id council_id organisation_id reason excused_by excused_by_organisation excused_at ended_reason ended_by ended_by_organisation ended_at`,
			label: nameOf('organisation_id'),
			seen: each(city, ['third'])
		},
		calendar_feeds: {
			columns: `id organisation_id person_id created_at revoked_at revoked_by`,
			label: nameOf('organisation_id'),
			seen: each(['reporter', 'administrator'], ['ours'])
		}
	},
	calls: {
		'request_extension(obligation uuid, wished date, reason text)': {
			given: `$1, current_date + 90, '系统发生故障'`,
			values: () => [id.ours_owed],
			...refusedTo('obligation_not_found', [], {
				reporter: 'extension_already_asked',
				administrator: 'extension_already_asked'
			})
		},
		'withdraw_extension(request uuid)': {
			given: '$1',
			values: () => [id.extension],
			...refusedTo('extension_not_open', ['reporter', 'administrator'])
		},
		'approve_extension(request uuid, due date, note text)': {
			given: '$1, current_date + 70',
			values: () => [id.extension],
			...refusedTo('extension_not_found', ['secretariat', 'city_reviewer'])
		},
		'decline_extension(request uuid, reason text)': {
			given: `$1, '理由不够充分'`,
			values: () => [id.extension],
			...refusedTo('extension_not_found', ['secretariat', 'city_reviewer'])
		},
		'extension_queue()': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: { by: 'id', seen: each(['secretariat', 'city_reviewer'], ['extension']) }
		},
		'obligation_to_decide(obligation uuid)': {
			given: '$1',
			values: () => [id.ours_owed],
			...refusedTo('done', []),
			rows: { by: 'id', seen: each(['secretariat', 'city_reviewer'], ['ours_owed']) }
		},
		'deadline_page(obligation uuid)': {
			given: '$1',
			values: () => [id.ours_owed],
			...refusedTo('done', []),
			rows: {
				by: { obligation: 'id', decides: '', requests: 'id', waiting: '' },
				seen: {
					...each(
						[...city, ...ours],
						['decides false', 'obligation ours_owed', 'requests extension']
					),
					...each(
						['secretariat', 'city_reviewer'],
						['decides true', 'obligation ours_owed', 'requests extension', 'waiting extension']
					)
				}
			}
		},
		'excuse_obligation(obligation uuid, reason text)': {
			given: `$1, '系统正在迁移'`,
			values: () => [id.ours_owed],
			...only_secretariat
		},
		'end_excuse(obligation uuid, reason text)': {
			given: `$1, '迁移已完成'`,
			values: () => [id.excused],
			...only_secretariat
		},
		'make_calendar_feed()': {
			given: '',
			values: () => [],
			...refusedTo('not_a_member', [...seated, 'elsewhere'])
		},
		'revoke_calendar_feed(feed uuid)': {
			given: '$1',
			values: () => [id.feed],
			...refusedTo('calendar_feed_not_live', ['reporter', 'administrator'])
		}
	}
};
