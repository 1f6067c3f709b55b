import { each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { id, seated } from './council.ts';

export const actionItems: Domain = {
	tables: {
		action_items: {
			columns: `id council_id resolution_id title_zh title_en definition_of_done_zh definition_of_done_en accountable_id accepting_id indicator_code region_code expected_value baseline_period about_type about_id due_on status progress assigned_by assigned_at done_at`,
			label: 'title_en',
			seen: each(seated, ['reported', 'task'])
		},
		action_reports: {
			columns: `id action_item_id organisation_id kind note progress written_by written_at`,
			label: 'kind',
			seen: each(['secretariat', 'auditor', 'union', 'office'], ['done'])
		}
	},
	calls: {
		'assign_action_item(resolution uuid, title_zh text, title_en text, done_zh text, done_en text, accountable uuid, accepting uuid, due_on date, indicator text, region text, expected_value numeric, baseline_period text, about_type text, about_id text)':
			{
				given: `$1, '新', 'new', '', '', $2, $3, current_date + 10`,
				values: () => [id.resolution, id.office, id.union],
				...only_secretariat
			},
		'report_progress(action_item uuid, note text, progress integer, done boolean, file_name text, media_type text, content_base64 text)':
			{
				given: `$1, '进展', 50`,
				values: () => [id.action],
				...refusedTo('action_item_not_found', ['office'])
			},
		'accept_action_item(action_item uuid, note text)': {
			given: '$1',
			values: () => [id.reported_action],
			...refusedTo('action_item_not_found', ['union'])
		},
		'send_back_action_item(action_item uuid, reason text)': {
			given: `$1, '照片看不清'`,
			values: () => [id.reported_action],
			...refusedTo('action_item_not_found', ['union'])
		},
		'cancel_action_item(action_item uuid, reason text)': {
			given: `$1, '任务不再需要'`,
			values: () => [id.action],
			...only_secretariat
		},
		'action_item_page(action_item uuid)': {
			given: '$1',
			values: () => [id.reported_action],
			...refusedTo('done', []),
			rows: {
				by: { item: 'id', history: 'kind' },
				seen: {
					...each(seated, ['item reported_action']),
					...each(
						['secretariat', 'auditor', 'union', 'office'],
						['history done', 'item reported_action']
					)
				}
			}
		},
		'assignment_page(council uuid, resolution uuid)': {
			given: '$1, $2',
			values: () => [id.council, id.resolution],
			...refusedTo('done', []),
			rows: {
				by: { origin: 'id meeting.id', council: 'id', parties: 'id' },
				seen: each(seated, [
					'council council',
					'origin resolution meeting',
					...[
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
					].map((one) => `parties ${one}`)
				])
			}
		},
		'action_items_page(council uuid, list jsonb)': {
			given: `$1, '{"show": "all"}'`,
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { rows: 'id', organisations: 'id' },
				seen: each(seated, [
					'organisations office',
					'organisations union',
					'rows action',
					'rows reported_action'
				])
			}
		}
	}
};
