import { each, refusedTo, type Domain } from './engine.ts';
import { ours, seated } from './council.ts';

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
		'recent_events(at_most integer)': {
			given: '',
			values: () => [],
			...refusedTo('done', [])
		}
	}
};
