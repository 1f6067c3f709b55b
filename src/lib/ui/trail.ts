import { getContext, setContext } from 'svelte';

type Crumb = { href: string; label: string };
const key = Symbol('trail');

/** Says what stands above all pages of a layout: the first crumb of each; null where there is none. */
export function setTrail(crumb: () => Crumb | null): void {
	setContext(key, crumb);
}

/** The first crumb, as the layout around the page says it. */
export function trail(): (() => Crumb | null) | undefined {
	return getContext(key);
}
