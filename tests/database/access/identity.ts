import { each, refusedTo, type Domain, type Seen } from './engine.ts';
import { id, nameOf, ours } from './council.ts';

/** Addresses are for administrators, and everybody’s own. */
const members_seen: Seen = {
	reporter: [
		'? null',
		'administrator null',
		'delegate null',
		'reporter reporter@example.cn',
		'viewer null',
		'yesterday null'
	],
	administrator: [
		'? api-?@key.invalid',
		'administrator administrator@example.cn',
		'delegate delegate@example.cn',
		'reporter reporter@example.cn',
		'viewer viewer@example.cn',
		'yesterday yesterday@example.cn'
	],
	viewer: [
		'? null',
		'administrator null',
		'delegate null',
		'reporter null',
		'viewer viewer@example.cn',
		'yesterday null'
	],
	delegate: [
		'? null',
		'administrator null',
		'delegate delegate@example.cn',
		'reporter null',
		'viewer null',
		'yesterday null'
	]
};

export const identity: Domain = {
	tables: {
		people: {
			columns: `id name created_at`,
			label: `(select string_agg(distinct o.name_zh, ',' order by o.name_zh) from public.members m join public.organisations o on o.id = m.organisation_id where m.person_id = x.id)`,
			where: `exists (select 1 from public.members m where m.person_id = x.id and m.ended_at is null)`,
			seen: {
				...each(['secretariat', 'auditor'], ['convener', 'convener']),
				city_reviewer: ['bureau'],
				district_reviewer: ['district'],
				// With the member as which an API key of ours acts.
				...each(ours, ['ours', 'ours', 'ours', 'ours', 'ours']),
				rival: ['rival', 'rival'],
				union: ['union'],
				party: ['party'],
				social: ['social'],
				office: ['office'],
				far_office: ['far_office'],
				elsewhere: ['elsewhere'],
				pretender: ['rival']
			}
		},
		members: {
			columns: `person_id organisation_id roles created_at ended_at`,
			label: nameOf('organisation_id'),
			where: 'ended_at is null',
			seen: {
				...each(['secretariat', 'auditor'], ['convener', 'convener']),
				city_reviewer: ['bureau'],
				district_reviewer: ['district'],
				// With the member as which an API key of ours acts.
				...each(ours, ['ours', 'ours', 'ours', 'ours', 'ours']),
				rival: ['rival', 'rival'],
				union: ['union'],
				party: ['party'],
				social: ['social'],
				office: ['office'],
				far_office: ['far_office'],
				elsewhere: ['elsewhere'],
				pretender: ['rival']
			}
		},
		invitations: {
			columns: `id organisation_id email roles invited_by created_at expires_at accepted_at accepted_by withdrawn_at withdrawn_by`,
			label: 'email',
			seen: { administrator: ['new@example.cn'] }
		}
	},
	calls: {
		'organisation_members(organisation uuid)': {
			given: '$1',
			values: () => [id.ours],
			...refusedTo('done', []),
			rows: {
				by: 'person_id email',
				seen: members_seen
			}
		},
		'members_page(organisation uuid, list jsonb)': {
			given: '$1',
			values: () => [id.ours],
			...refusedTo('done', []),
			rows: {
				by: { rows: 'person_id email', invitations: 'email' },
				seen: Object.fromEntries(
					Object.entries(members_seen).map(([who, seen]) => [
						who,
						[
							...seen.map((one) => `rows ${one}`),
							...(who === 'administrator' ? ['invitations new@example.cn'] : [])
						]
					])
				)
			}
		},
		'invite_member(organisation uuid, email text, roles text[])': {
			given: `$1, 'other@example.cn', '{viewer}'`,
			values: () => [id.ours],
			...refusedTo('only_an_administrator', ['administrator'])
		},
		'withdraw_invitation(invitation uuid)': {
			given: '$1',
			values: () => [id.invitation],
			...refusedTo('invitation_not_open', ['administrator'])
		},
		'change_member_roles(organisation uuid, person uuid, roles text[])': {
			given: `$1, $2, '{viewer,reporter}'`,
			values: () => [id.ours, id.viewer],
			...refusedTo('only_an_administrator', ['administrator'])
		},
		'end_membership(organisation uuid, person uuid)': {
			given: '$1, $2',
			values: () => [id.ours, id.viewer],
			...refusedTo('only_an_administrator', ['administrator'])
		}
	}
};
