import { each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { city, id, nameOf, ours, period } from './council.ts';

const filed = {
	ours: ['ours accepted', 'ours submitted'],
	rival: ['rival reopened'],
	third: ['third accepted', 'third superseded'],
	office: ['office submitted'],
	far_office: ['far_office returned']
};
const all_filed = Object.values(filed).flat();
const sha = 'e'.repeat(64);

export const submissions: Domain = {
	tables: {
		obligations: {
			columns: `id council_id dataset_code organisation_id period opens_on due_on original_due_on excused_reason created_at changed_at changes`,
			label: nameOf('organisation_id'),
			where: `period = '${period}'`,
			seen: {
				...each(city, ['far_office', 'office', 'ours', 'rival', 'third']),
				district_reviewer: ['office'],
				...each(ours, ['ours']),
				rival: ['rival'],
				office: ['office'],
				far_office: ['far_office']
			}
		},
		obligation_states: {
			columns: `id council_id organisation_id organisation_zh organisation_en short_zh short_en dataset_code dataset_zh dataset_en frequency period opens_on due_on original_due_on excused_reason submission_id version submission_status submitted_at late_days row_count state locks_on accepted_before rows_before`,
			label: `organisation_zh`,
			where: `period = '${period}'`,
			seen: {
				...each(city, ['far_office', 'office', 'ours', 'rival', 'third']),
				district_reviewer: ['office'],
				...each(ours, ['ours']),
				rival: ['rival'],
				office: ['office'],
				far_office: ['far_office']
			}
		},
		submissions: {
			columns: `id obligation_id council_id organisation_id dataset_code dataset_version rules_version period version status stage file_name file_sha256 file_size row_count values_sha256 warnings accepted_measures corrections created_by created_at submitted_at late_days decided_at cells_filled cells_required`,
			label: `${nameOf('organisation_id')} || ' ' || status`,
			seen: {
				...each(city, all_filed),
				district_reviewer: filed.office,
				...each(ours, [...filed.ours, 'ours draft']),
				rival: filed.rival,
				office: filed.office,
				far_office: filed.far_office
			}
		},
		entries: {
			columns: `submission_id position measure_code region_code occupation employment_mode value missing_reason explanation cell`,
			label: `(select ${nameOf('s.organisation_id')} from public.submissions s where s.id = submission_id) || ' ' || value`,
			where: `measure_code in ('test_workers', 'test_visits')`,
			seen: {
				...each(city, [
					'ours 1000',
					'ours 2000',
					'ours 1100',
					'ours 2200',
					'rival 800',
					'rival 1600',
					'third 600',
					'third 600',
					'third 1200',
					'third 1200',
					'office 40',
					'far_office 50'
				]),
				district_reviewer: ['office 40'],
				...each(ours, ['ours 1000', 'ours 2000', 'ours 1100', 'ours 2200']),
				rival: ['rival 800', 'rival 1600'],
				office: ['office 40'],
				far_office: ['far_office 50']
			}
		},
		totals: {
			columns: `council_id measure_code period starts_on region_code organisation_id occupation value missing_count submission_id dataset_code`,
			label: `${nameOf('organisation_id')} || ' ' || region_code || ' ' || value`,
			where: `measure_code = 'test_workers' and occupation = ''`,
			seen: {
				...each(city, [
					'ours 31 3000',
					'ours 310105 1000',
					'ours 310115 2000',
					'rival 31 2400',
					'rival 310105 800',
					'rival 310115 1600',
					'third 31 1800',
					'third 310105 600',
					'third 310115 1200'
				]),
				...each(ours, ['ours 31 3000', 'ours 310105 1000', 'ours 310115 2000']),
				rival: ['rival 31 2400', 'rival 310105 800', 'rival 310115 1600']
			}
		},
		column_mappings: {
			columns: `organisation_id dataset_code name mapping updated_by updated_at`,
			label: 'name',
			seen: each(ours, ['ours'])
		},
		form_drafts: {
			columns: `obligation_id organisation_id fields revision saved_by saved_at`,
			label: nameOf('organisation_id'),
			seen: { reporter: ['ours'], office: ['office'] }
		}
	},
	calls: {
		'open_obligations(council uuid, dataset text, period text)': {
			given: `$1, 'test_monthly', '2026-02'`,
			values: () => [id.council],
			...only_secretariat
		},
		'start_submission(obligation uuid, file_name text, file_sha256 text, file_size bigint, idempotency_key text, reading_sha256 text)':
			{
				given: `$1, 'a.csv', '${sha}', 10`,
				values: () => [id.ours_obligation],
				...refusedTo('obligation_not_found', ['reporter'])
			},
		'add_entries(submission uuid, entries jsonb, first integer)': {
			given: `$1, '{"texts": ["test_workers", "310105", ""], "measure": "{1}", "region": "{2}", "occupation": "{3}", "employment_mode": "{3}", "value": "{1}", "cell": "{D3}"}', 100`,
			values: () => [id.ours_draft],
			...refusedTo('submission_not_open_for_entries', ['reporter'])
		},
		'note_corrections(submission uuid, corrections jsonb)': {
			given: `$1, '[{"cell": "D3", "from": "x", "to": "1"}]'`,
			values: () => [id.ours_draft],
			...refusedTo('submission_not_open_for_entries', ['reporter'])
		},
		'submit_submission(submission uuid, expected integer, warnings jsonb)': {
			given: '$1, 4',
			values: () => [id.ours_draft],
			...refusedTo('submission_not_found', [], { reporter: 'submission_not_complete' })
		},
		'abandon_submission(submission uuid)': {
			given: '$1',
			values: () => [id.ours_draft],
			...refusedTo('submission_not_open_for_entries', ['reporter'])
		},
		'submission_receipt(submission uuid)': {
			given: '$1',
			values: () => [id.ours_submission],
			...refusedTo('done', []),
			rows: { by: 'submission', seen: each([...ours, ...city], ['ours_submission']) }
		},
		'filing_history(obligation uuid, cells text[], sums text[])': {
			given: `$1, '{test_workers}', '{test_workers}'`,
			values: () => [id.ours_obligation],
			...refusedTo('done', []),
			rows: {
				by: { sums: 'measure period value' },
				seen: each([...ours, ...city], ['sums test_workers 2026-03 3000'])
			}
		},
		'peer_fences(obligation uuid)': {
			given: '$1',
			values: () => [id.ours_obligation],
			...refusedTo('done', []),
			rows: {
				by: 'measure lower upper',
				seen: each([...ours, ...city], ['test_joined 0.44 0.98'])
			}
		},
		'filed_cells(council uuid, dataset text, since text, until text, measures text[])': {
			given: `$1, 'test_monthly', '2026-01', '2026-12', '{test_workers}'`,
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: 'submission organisation value',
				seen: {
					...each(city, [
						'ours_submission ours 1000,2000',
						'ours_waiting ours 1100,2200',
						'third_corrected third 600,1200'
					]),
					...each(ours, ['ours_submission ours 1000,2000', 'ours_waiting ours 1100,2200'])
				}
			}
		},
		'save_column_mapping(dataset text, name text, mapping jsonb)': {
			given: `'test_monthly', 'mine', '{}'`,
			values: () => [],
			...refusedTo('only_reporters_file', ['reporter', 'rival', 'party', 'office', 'far_office'])
		},
		'forget_column_mapping(dataset text, name text)': {
			given: `'test_monthly', 'ours'`,
			values: () => [],
			...refusedTo('only_reporters_file', ['reporter', 'rival', 'party', 'office', 'far_office'])
		},
		'save_form_draft(obligation uuid, fields jsonb, revision integer)': {
			given: `$1, '{"test_workers|310105||": {"value": "1"}}', 1`,
			values: () => [id.ours_obligation],
			...refusedTo('obligation_not_found', ['reporter'])
		},
		'discard_form_draft(obligation uuid, revision integer)': {
			given: '$1, 1',
			values: () => [id.ours_obligation],
			...refusedTo('done', [])
		},
		'filed_submission(submission uuid)': {
			given: '$1',
			values: () => [id.ours_submission],
			...refusedTo('done', []),
			rows: {
				by: { versions: 'id', obligation: 'id', receipt: 'submission', reviews: 'decision' },
				seen: each(
					[...ours, ...city],
					[
						'obligation ours_obligation',
						'receipt ours_submission',
						'reviews accept',
						'versions ours_submission',
						'versions ours_waiting'
					]
				)
			}
		},
		'submission_page(submission uuid, council uuid, asked jsonb)': {
			given: '$1, $2',
			values: () => [id.rival_submission, id.council],
			...refusedTo('done', []),
			rows: {
				by: {
					versions: 'id',
					entries: 'measure_code value',
					objections: 'id',
					revisions: 'replaces_id'
				},
				seen: each(
					[...city, 'rival'],
					[
						'entries test_signed 267',
						'entries test_signed 800',
						'entries test_workers 1600',
						'entries test_workers 800',
						'objections objection',
						'revisions rival_submission',
						'versions rival_submission'
					]
				)
			}
		},
		'filing_page(obligation uuid)': {
			given: '$1',
			values: () => [id.ours_obligation],
			...refusedTo('done', []),
			rows: {
				by: { obligation: 'id', revision: 'reason', exceptions: 'id', remembered: 'name' },
				seen: {
					...each(city, ['exceptions ?', 'obligation ours_obligation', 'revision 补报漏计的人数']),
					...each(ours, [
						'exceptions ?',
						'obligation ours_obligation',
						'remembered ours',
						'revision 补报漏计的人数'
					])
				}
			}
		},
		'filing_form_page(obligation uuid, most integer)': {
			given: '$1, 600',
			values: () => [id.ours_obligation],
			...refusedTo('done', []),
			rows: {
				by: { obligation: 'id', filed: 'values', draft: 'revision saved_by' },
				seen: {
					...each([...city, ...ours], ['filed 1100,367,2200,1100', 'obligation ours_obligation']),
					reporter: ['draft 1 林岳', 'filed 1100,367,2200,1100', 'obligation ours_obligation']
				}
			}
		},
		'submissions_page(list jsonb)': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: { rows: 'organisation_id id', objections: 'id', organisations: 'id' },
				seen: {
					...each(city, [
						'objections objection',
						'rows far_office far_office_obligation',
						'rows office office_obligation',
						'rows ours ours_obligation',
						'rows ours ours_owed',
						'rows rival ?',
						'rows rival rival_obligation',
						'rows third excused',
						'rows third third_obligation',
						...['far_office', 'office', 'ours', 'rival', 'third'].map(
							(one) => `organisations ${one}`
						)
					]),
					...each(
						['district_reviewer', 'office'],
						['rows office office_obligation', 'organisations office']
					),
					...each(ours, ['rows ours ours_obligation', 'rows ours ours_owed', 'organisations ours']),
					rival: [
						'objections objection',
						'rows rival ?',
						'rows rival rival_obligation',
						'organisations rival'
					],
					far_office: ['rows far_office far_office_obligation', 'organisations far_office']
				}
			}
		}
	}
};
