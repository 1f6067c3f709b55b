import { m } from '#lib/paraglide/messages.js';

/** The roles of a member, in the order in which people are asked. */
export const roles = ['admin', 'reporter', 'reviewer', 'delegate', 'viewer', 'auditor'] as const;

export type Role = (typeof roles)[number];

const names: Record<Role, () => string> = {
	admin: m.identity_role_admin,
	reporter: m.identity_role_reporter,
	reviewer: m.identity_role_reviewer,
	delegate: m.identity_role_delegate,
	viewer: m.identity_role_viewer,
	auditor: m.identity_role_auditor
};

const duties: Record<Role, () => string> = {
	admin: m.identity_duty_admin,
	reporter: m.identity_duty_reporter,
	reviewer: m.identity_duty_reviewer,
	delegate: m.identity_duty_delegate,
	viewer: m.identity_duty_viewer,
	auditor: m.identity_duty_auditor
};

/** A role in the reader's language. */
export function roleName(role: string): string {
	return names[role as Role]?.() ?? role;
}

/** The duty of a role, in half a sentence. */
export function roleDuty(role: Role): string {
	return duties[role]();
}

/** Several roles in the reader's language, in the order people are asked. */
export function roleNames(held: string[]): string {
	return roles
		.filter((role) => held.includes(role))
		.map(roleName)
		.join(m.shell_comma());
}
