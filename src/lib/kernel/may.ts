import type { Role } from '#lib/identity/role-name.ts';

/** Whether somebody acts in one of these roles. What they may do all the same, the database decides. */
export function may(
	acting: { roles: readonly string[] } | null | undefined,
	...roles: Role[]
): boolean {
	return roles.some((role) => acting?.roles.includes(role));
}
