import type { MemberList, MemberPage } from '#lib/identity/list.ts';
import { askedOf } from '#lib/kernel/list.ts';
import { jsonOf, rows, type Db } from './db.ts';
import { rememberFor } from './process/remember.ts';

/** A page of the members of the caller's own organisation, those who left last, and its open invitations, in one call. */
export function page(db: Db, organisation: string, list: MemberList): Promise<MemberPage> {
	const asked = askedOf(list);
	return rememberFor('person', db, `members ${organisation} ${JSON.stringify(asked)}`, async () => {
		return jsonOf<MemberPage>(await db.rpc('members_page', { organisation, list: asked }));
	});
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
