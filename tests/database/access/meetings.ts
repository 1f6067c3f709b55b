import { answer, each, only_secretariat, refusedTo, type Domain } from './engine.ts';
import { id, nameOf, ours, seated } from './council.ts';

const meetings_seen = [
	'council council',
	'next meeting',
	'planned next_meeting',
	'rows meeting',
	'rows next_meeting'
];

export const meetings: Domain = {
	tables: {
		meetings: {
			columns: `id council_id number title_zh title_en place_zh place_en scheduled_at status opened_at closed_at minutes_zh minutes_en created_by created_at`,
			label: 'title_en',
			seen: each(seated, ['meeting', 'next'])
		},
		agenda_items: {
			columns: `id council_id meeting_id position title_zh title_en text_zh text_en indicator_code region_code about_type about_id proposed_by_organisation proposed_by proposed_at status`,
			label: 'title_en',
			seen: { ...each(seated, ['item']), ...each([...ours, 'secretariat'], ['item', 'proposal']) }
		},
		snapshots: {
			columns: `meeting_id taken_at content canonical sha256`,
			label: `length(sha256)::text`,
			seen: each(seated, ['64'])
		},
		resolutions: {
			columns: `id council_id meeting_id agenda_item_id number text_zh text_en decision_rule effective_on status proposed_by proposed_at decided_at supersedes`,
			label: `status`,
			seen: each(seated, ['adopted', 'voting'])
		},
		votes: {
			columns: `resolution_id organisation_id choice reason cast_by cast_at`,
			label: nameOf('organisation_id'),
			seen: each(seated, ['bureau', 'convener', 'ours', 'rival', 'union'])
		}
	},
	calls: {
		'plan_meeting(council uuid, title_zh text, title_en text, scheduled_at timestamp with time zone, place_zh text, place_en text)':
			{
				given: `$1, '新', 'new', now()`,
				values: () => [id.council],
				...only_secretariat
			},
		'propose_agenda_item(council uuid, title_zh text, title_en text, text_zh text, text_en text, indicator text, region text, about_type text, about_id text)':
			{
				given: `$1, '新', 'new'`,
				values: () => [id.council],
				otherwise: 'council_not_found',
				answers: {
					...answer(seated, 'only_a_delegate'),
					...answer(
						[
							'secretariat',
							'city_reviewer',
							'administrator',
							'delegate',
							'rival',
							'union',
							'party',
							'office'
						],
						'done'
					)
				}
			},
		'schedule_agenda_item(agenda_item uuid, meeting uuid)': {
			given: '$1, $2',
			values: () => [id.proposal, id.next_meeting],
			...only_secretariat
		},
		'decline_agenda_item(agenda_item uuid)': {
			given: '$1',
			values: () => [id.proposal],
			...only_secretariat
		},
		'open_meeting(meeting uuid)': {
			given: '$1',
			values: () => [id.next_meeting],
			...refusedTo('only_the_secretariat', [], { secretariat: 'meeting_has_no_agenda' })
		},
		'propose_resolution(agenda_item uuid, text_zh text, text_en text, decision_rule text, effective_on date, supersedes uuid)':
			{
				given: `$1, '新', 'new', 'simple'`,
				values: () => [id.item],
				...only_secretariat
			},
		'cast_vote(resolution uuid, choice text, reason text)': {
			given: `$1, 'abstain'`,
			values: () => [id.open_resolution],
			otherwise: 'resolution_not_found',
			answers: {
				...answer(seated, 'only_a_voting_delegate'),
				...answer(['secretariat', 'city_reviewer', 'delegate', 'rival', 'union', 'party'], 'done')
			}
		},
		'decide_resolution(resolution uuid)': {
			given: '$1',
			values: () => [id.open_resolution],
			...refusedTo('only_the_secretariat', [], { secretariat: 'no_quorum' })
		},
		'close_meeting(meeting uuid, minutes_zh text, minutes_en text)': {
			given: `$1, '', ''`,
			values: () => [id.meeting],
			...refusedTo('only_the_secretariat', [], { secretariat: 'voting_still_open' })
		},
		'meeting_page(meeting uuid, live boolean)': {
			given: '$1',
			values: () => [id.meeting],
			...refusedTo('done', []),
			rows: {
				by: { facts: 'id', agenda: 'id', resolutions: 'id status' },
				seen: each(seated, [
					'agenda item',
					'facts meeting',
					'resolutions open_resolution voting',
					'resolutions resolution adopted'
				])
			}
		},
		'meetings_page(council uuid, list jsonb)': {
			given: '$1',
			values: () => [id.council],
			...refusedTo('done', []),
			rows: {
				by: { council: 'id', rows: 'id', next: 'id', planned: 'id', proposals: 'id' },
				seen: {
					...each(seated, meetings_seen),
					...each([...ours, 'secretariat'], [...meetings_seen, 'proposals proposal'])
				}
			}
		}
	}
};
