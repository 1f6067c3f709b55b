import { UNTYPED, type Typed } from './form.ts';

/** Typed fields that are not saved yet, each with its value from before the typing. */
export type Pending = Record<string, { base: Typed; mine: Typed }>;

/** A field that two people changed to different things. */
export type Conflict = { key: string; mine: Typed; theirs: Typed };

export function isSame(a: Typed, b: Typed): boolean {
	return a.value === b.value && a.reason === b.reason && a.explanation === b.explanation;
}

/**
 * What a form shows when somebody typed while somebody else saved: theirs, except where I changed something. Where
 * both changed the same field mine stays, and the conflict is told.
 */
export function reconcile(pending: Pending, theirs: Record<string, Typed>) {
	const typed = { ...theirs };
	const conflicts: Conflict[] = [];
	for (const [key, { base, mine }] of Object.entries(pending)) {
		const saved = theirs[key] ?? UNTYPED;
		typed[key] = mine;
		if (!isSame(saved, base) && !isSame(saved, mine)) conflicts.push({ key, mine, theirs: saved });
	}
	return { typed, conflicts };
}
