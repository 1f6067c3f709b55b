import { each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { city, id, nameOf, ours, seated } from './council.ts';

export const revisions: Domain = {
	tables: {
		lock_exceptions: {
			columns: `id obligation_id council_id organisation_id reason until granted_at`,
			label: nameOf('organisation_id'),
			seen: {
				...each(city, ['ours', 'rival', 'third']),
				...each(ours, ['ours']),
				rival: ['rival']
			}
		},
		revisions: {
			columns: `id obligation_id council_id organisation_id dataset_code period number replaces_id reason opened_by_organisation opened_at submission_id accepted_by_organisation revised_at withdrawn_at`,
			label: `${nameOf('organisation_id')} || ' ' || coalesce((select s.status from public.submissions s where s.id = x.submission_id), 'open')`,
			seen: {
				...each(city, ['ours open', 'rival open', 'third accepted']),
				...each(ours, ['ours open']),
				rival: ['rival open']
			}
		},
		revision_effects: {
			columns: `revision_id kind code region_code own_before own_after`,
			label: `code || ' ' || region_code`,
			seen: each(city, ['TEST1 310105', 'TEST1 310115', 'test_signed 310105', 'test_signed 310115'])
		},
		objections: {
			columns: `id submission_id council_id organisation_id kind reason objected_at outcome decision_reason decided_at`,
			label: `${nameOf('organisation_id')} || ' ' || kind`,
			seen: each([...city, 'rival'], ['rival reopening'])
		}
	},
	calls: {
		'set_lock(council uuid, days integer)': {
			given: '$1, 60',
			values: () => [id.council],
			...only_secretariat
		},
		'grant_exception(obligation uuid, reason text, until date)': {
			given: `$1, '统计口径调整', current_date + 10`,
			values: () => [id.ours_obligation],
			...only_secretariat
		},
		'open_revision(obligation uuid, reason text)': {
			given: `$1, '漏报了一个区'`,
			values: () => [id.ours_obligation],
			...refusedTo('obligation_not_found', [], { reporter: 'revision_already_open' })
		},
		'reopen_submission(submission uuid, reason text)': {
			given: `$1, '请再次核对'`,
			values: () => [id.third_corrected],
			...refusedTo('submission_not_found', ['city_reviewer', 'secretariat'])
		},
		'raise_objection(submission uuid, reason text)': {
			given: `$1, '人数没有重复'`,
			values: () => [id.rival_submission],
			...refusedTo('submission_not_found', [], { rival: 'objection_already_open' })
		},
		'decide_objection(objection uuid, outcome text, reason text)': {
			given: `$1, 'upheld', '请按月末人数填报'`,
			values: () => [id.objection],
			...only_secretariat
		},
		'revision_changes(revision uuid)': {
			given: '$1',
			values: () => [id.revision],
			...refusedTo('done', []),
			rows: {
				by: 'measure_code region_code old_value new_value',
				seen: each(city, ['test_signed 310105 200 201', 'test_signed 310115 600 599'])
			}
		},
		'obligation_revisions(obligation uuid)': {
			given: '$1',
			values: () => [id.third_obligation],
			...refusedTo('done', []),
			rows: {
				by: 'id effects.code',
				seen: each(city, ['revision test_signed,test_signed,TEST1,TEST1'])
			}
		},
		'indicator_revisions(council uuid, indicator text, region text)': {
			given: `$1, 'TEST1', '310105'`,
			values: () => [id.council],
			...refusedTo('council_not_found', seated),
			rows: {
				by: 'submission_id organisation_zh own_after total_after',
				seen: {
					...each(seated, ['null null null null']),
					...each(city, ['third_corrected third 33.5 33.375'])
				}
			}
		}
	}
};
