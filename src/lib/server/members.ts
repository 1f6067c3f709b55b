import { rows, type Db } from './db.ts';

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

/** Members of the caller's own organisation, those who left last. */
export async function list(db: Db, organisation: string): Promise<Member[]> {
	return rows(await db.rpc('organisation_members', { organisation }));
}

/** Open invitations of an organisation the caller administers; nothing for others. */
export async function invitations(db: Db, organisation: string): Promise<Invitation[]> {
	return rows(
		await db
			.from('invitations')
			.select('id, email, roles, created_at, expires_at')
			.eq('organisation_id', organisation)
			.is('accepted_at', null)
			.is('withdrawn_at', null)
			.gt('expires_at', new Date().toISOString())
			.order('created_at', { ascending: false })
	);
}

/**
 * Invites a person and returns the token of the link, which is kept nowhere.
 * Refusals: `only_an_administrator`, `already_a_member`, `invitation_not_valid`.
 */
export async function invite(
	db: Db,
	organisation: string,
	email: string,
	roles: string[]
): Promise<string> {
	return rows(await db.rpc('invite_member', { organisation, email, roles }));
}

/** Refusals: `invitation_not_open`. */
export async function withdraw(db: Db, invitation: string): Promise<void> {
	rows(await db.rpc('withdraw_invitation', { invitation }));
}

/** Refusals: `only_an_administrator`, `last_administrator`, `member_not_found`, `roles_not_valid`. */
export async function changeRoles(
	db: Db,
	organisation: string,
	person: string,
	roles: string[]
): Promise<void> {
	rows(await db.rpc('change_member_roles', { organisation, person, roles }));
}

/** Refusals: `only_an_administrator`, `last_administrator`, `member_not_found`. */
export async function end(db: Db, organisation: string, person: string): Promise<void> {
	rows(await db.rpc('end_membership', { organisation, person }));
}
