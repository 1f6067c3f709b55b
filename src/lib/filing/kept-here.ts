import type { Pending } from './reconcile.ts';

/** Whose form it is: on a shared machine nobody finds what another person or organisation typed. */
export type Whose = { person: string; organisation: string; obligation: string };

/** The fields of a form that this device keeps until they are saved; none where it holds nothing, or something else. */
export function keptHere(whose: Whose): Pending {
	try {
		return JSON.parse(localStorage.getItem(nameOf(whose)) ?? '{}') as Pending;
	} catch {
		return {};
	}
}

/** Keeps it, where this device keeps anything: storage may be full or forbidden. */
export function keepHere(whose: Whose, pending: Pending): void {
	try {
		if (Object.keys(pending).length === 0) localStorage.removeItem(nameOf(whose));
		else localStorage.setItem(nameOf(whose), JSON.stringify(pending));
	} catch {
		// The server keeps it all the same, as soon as it can be reached.
	}
}

function nameOf({ person, organisation, obligation }: Whose): string {
	return `form/${person}/${organisation}/${obligation}`;
}
