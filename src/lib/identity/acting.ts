/** The cookie that remembers which organisation a person acts for. It is a wish; memberships decide. */
export const actingCookie = 'xiezhi_acting';

/** The membership a person acts by: the one they chose if it still stands, else the first. */
export function actingFor<Membership extends { organisation_id: string }>(
	memberships: Membership[],
	chosen: string | undefined
): Membership | null {
	return memberships.find((held) => held.organisation_id === chosen) ?? memberships[0] ?? null;
}
