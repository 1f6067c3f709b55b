import { groups } from '#lib/navigation/page-entry.ts';

/** The name of a group of the rail. */
export const match = (param: string): boolean => groups.some((group) => group === param);
