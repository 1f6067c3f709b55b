import { collected, type Domain } from './engine.ts';

/** What each domain writes out of its own, a file beside this one. */
const domains = Object.values(
	import.meta.glob<Record<string, Domain>>(
		['./*.ts', '!./domains.ts', '!./engine.ts', '!./council.ts'],
		{
			eager: true
		}
	)
).flatMap((file) => Object.values(file));

export const tables = collected(domains.map((domain) => domain.tables));
export const calls = collected(domains.map((domain) => domain.calls));
