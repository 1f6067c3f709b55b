import { each, refusedTo, type Domain } from './engine.ts';
import { city, id, nameOf, ours } from './council.ts';

export const reviews: Domain = {
	tables: {
		reviews: {
			columns: `id submission_id stage organisation_id reviewed_by reviewed_at decision reason marks`,
			label: `(select ${nameOf('s.organisation_id')} from public.submissions s where s.id = submission_id)`,
			seen: {
				...each(city, ['ours', 'rival', 'third', 'third', 'far_office']),
				...each(ours, ['ours']),
				rival: ['rival'],
				far_office: ['far_office']
			}
		},
		mark_replies: {
			columns: `id review_id position text replied_by replied_at`,
			label: 'text',
			seen: each([...city, 'far_office'], ['已经核对'])
		}
	},
	calls: {
		'review_queue()': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: 'submission_id',
				seen: { city_reviewer: ['ours_waiting'], district_reviewer: ['office_submission'] }
			}
		},
		'review_refusal(submission uuid)': {
			given: '$1',
			values: () => [id.office_submission],
			...refusedTo('done', []),
			rows: { by: '', seen: { city_reviewer: ['another_organisation_decides_next'] } }
		},
		'review_page(submission uuid, asked jsonb)': {
			given: '$1',
			values: () => [id.office_submission],
			...refusedTo('done', []),
			rows: {
				by: { versions: 'id', entries: 'value', turn: 'submission_id', waiting: '', refusal: '' },
				seen: {
					...each([...city, 'office'], ['entries 40', 'versions office_submission']),
					city_reviewer: [
						'entries 40',
						'refusal another_organisation_decides_next',
						'versions office_submission',
						'waiting ours_waiting'
					],
					district_reviewer: [
						'entries 40',
						'turn office_submission',
						'versions office_submission',
						'waiting office_submission'
					]
				}
			}
		},
		'accept_submission(submission uuid, note text)': {
			given: '$1',
			values: () => [id.ours_waiting],
			...refusedTo('submission_not_found', ['city_reviewer'])
		},
		'return_submission(submission uuid, reason text, marks jsonb, accept_rest boolean)': {
			given: `$1, '请核对人数'`,
			values: () => [id.ours_waiting],
			...refusedTo('submission_not_found', ['city_reviewer'])
		},
		'open_more_cells(submission uuid, marks jsonb)': {
			given: `$1, '[{"position": 1, "code": "other", "note": "请核对本格"}]'`,
			values: () => [id.far_office_submission],
			...refusedTo('submission_not_found', [], { city_reviewer: 'only_who_returned_it' })
		},
		'reply_to_marks(submission uuid, replies jsonb)': {
			given: `$1, '[{"position": 1, "text": "已经核对"}]'`,
			values: () => [id.far_office_submission],
			...refusedTo('submission_not_found', ['far_office'])
		},
		'locked_cells(obligation uuid)': {
			given: '$1',
			values: () => [id.far_office_obligation],
			...refusedTo('done', []),
			rows: {
				by: 'submission open',
				seen: { far_office: ['far_office_submission test_visits,310115004,,'] }
			}
		},
		'submission_summary(submission uuid)': {
			given: '$1',
			values: () => [id.ours_submission],
			...refusedTo('done', []),
			rows: {
				by: 'measure_code total',
				seen: each(
					[...ours, ...city],
					['test_joined null', 'test_left null', 'test_signed 1333', 'test_workers 3000']
				)
			}
		},
		'submission_changes(submission uuid, against text, only_measure text, skipped integer, wanted integer)':
			{
				given: `$1, 'version'`,
				values: () => [id.ours_waiting],
				...refusedTo('done', []),
				rows: {
					by: 'measure_code region_code before_value value',
					seen: each(
						[...ours, ...city],
						[
							'test_signed 310105 333 367',
							'test_signed 310115 1000 1100',
							'test_workers 310105 1000 1100',
							'test_workers 310115 2000 2200'
						]
					)
				}
			},
		'submission_peers(submission uuid)': {
			given: '$1',
			values: () => [id.ours_waiting],
			...refusedTo('done', []),
			rows: {
				by: 'measure_code named.name_en',
				seen: each(city, ['test_signed rival,third', 'test_workers rival,third'])
			}
		},
		'cell_thread(submission uuid, cell_position integer)': {
			given: '$1, 1',
			values: () => [id.far_office_submission],
			...refusedTo('done', []),
			rows: {
				by: 'kind organisation_id',
				seen: each(
					[...city, 'far_office'],
					['mark convener', 'reply far_office', 'value far_office']
				)
			}
		}
	}
};
