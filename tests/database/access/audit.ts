import { each, refusedTo, type Domain } from './engine.ts';
import { everybody, id, ours, seated } from './council.ts';

export const audit: Domain = {
	tables: {
		audit_events: {
			columns: `id at council_id organisation_id subject_organisation_id person_id audience verb subject_type subject_id details`,
			label: 'verb',
			where: `verb in ('submit', 'open_meeting', 'report_done', 'propose_agenda_item', 'invite_member') and (verb <> 'submit' or details ->> 'dataset' = 'test_monthly')`,
			seen: {
				...each(seated, ['open_meeting']),
				// The convener's auditor reads all that happened in the council; its administrators what the convener did and what concerns all.
				auditor: [
					'open_meeting',
					'propose_agenda_item',
					'propose_agenda_item',
					'report_done',
					'submit',
					'submit',
					'submit',
					'submit',
					'submit'
				],
				secretariat: ['open_meeting', 'propose_agenda_item'],
				...each(ours, ['invite_member', 'open_meeting', 'propose_agenda_item', 'submit', 'submit']),
				rival: ['open_meeting', 'submit'],
				union: ['open_meeting', 'report_done'],
				office: ['open_meeting', 'report_done']
			}
		}
	},
	calls: {
		'audit_page(council uuid, list jsonb)': {
			given: `$1, '{"verb": "report_done"}'`,
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { rows: 'verb subject_id', subjects: 'id', total: '' },
				seen: {
					...each(everybody, ['total 0']),
					...each(
						['auditor', 'union', 'office'],
						['rows report_done reported_action', 'subjects reported_action', 'total 1']
					)
				}
			}
		},
		'recent_events(at_most integer)': {
			given: '',
			values: () => [],
			...refusedTo('done', []),
			rows: {
				by: 'verb subject_id',
				seen: {
					secretariat: [
						'assign_action_item action',
						'assign_action_item reported_action',
						'cast_vote resolution',
						'cast_vote resolution',
						'cast_vote resolution',
						'decide_resolution resolution',
						'propose_resolution open_resolution',
						'publish_release release',
						'publish_release withdrawn_release',
						'set_target TEST1',
						'set_target TEST1',
						'withdraw_release withdrawn_release'
					],
					auditor: [
						'assign_action_item action',
						'assign_action_item reported_action',
						'cast_vote resolution',
						'cast_vote resolution',
						'decide_resolution resolution',
						'propose_resolution open_resolution',
						'publish_release release',
						'publish_release withdrawn_release',
						'report_done reported_action',
						'set_target TEST1',
						'set_target TEST1',
						'withdraw_release withdrawn_release'
					],
					...each(
						['city_reviewer', 'district_reviewer', 'rival', 'party', 'social', 'far_office'],
						[
							'assign_action_item action',
							'assign_action_item reported_action',
							'cast_vote resolution',
							'cast_vote resolution',
							'cast_vote resolution',
							'cast_vote resolution',
							'decide_resolution resolution',
							'propose_resolution open_resolution',
							'publish_release release',
							'publish_release withdrawn_release',
							'set_target TEST1',
							'withdraw_release withdrawn_release'
						]
					),
					...each(ours, [
						'assign_action_item action',
						'assign_action_item reported_action',
						'create_api_key api_key',
						'decide_resolution resolution',
						'invite_member invitation',
						'propose_resolution open_resolution',
						'publish_release release',
						'publish_release withdrawn_release',
						'save_column_mapping test_monthly',
						'set_target TEST1',
						'set_target TEST1',
						'withdraw_release withdrawn_release'
					]),
					...each(
						['union', 'office'],
						[
							'assign_action_item action',
							'assign_action_item reported_action',
							'cast_vote resolution',
							'cast_vote resolution',
							'cast_vote resolution',
							'decide_resolution resolution',
							'propose_resolution open_resolution',
							'publish_release release',
							'publish_release withdrawn_release',
							'report_done reported_action',
							'set_target TEST1',
							'withdraw_release withdrawn_release'
						]
					)
				}
			}
		}
	}
};
