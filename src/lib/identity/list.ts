import { oneOf, words, type List, type Listed } from '#lib/kernel/list.ts';
import { roles } from './role-name.ts';

/** Whether somebody is a member or was one. */
const memberStates = ['current', 'ended'] as const;

/** The list of an organisation's members. */
export const memberList = {
	filters: { state: oneOf(memberStates), role: oneOf(roles), q: words },
	sorts: [],
	size: 50
};

export type MemberList = List<(typeof memberList)['filters']>;

type Member = {
	person_id: string;
	name: string;
	/** For administrators of the organisation only. */
	email: string | null;
	roles: string[];
	created_at: string;
	ended_at: string | null;
};

type Invitation = {
	id: string;
	email: string;
	roles: string[];
	created_at: string;
	expires_at: string;
};

export type MemberPage = Listed<Member> & {
	/** Those open; nothing for who does not administer the organisation. */
	invitations: Invitation[];
};
