/**
 * Whether the reader acts for the regulator of a whole council and so reads exact figures; for the words beside
 * them only. What is shown is decided in the database (`private.sees_exactly`).
 */
export function seesExactly(
	acting: { kind: string; region_code: string } | null,
	council: { region_code: string }
): boolean {
	return acting?.kind === 'government' && council.region_code.startsWith(acting.region_code);
}
