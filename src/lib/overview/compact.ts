import { number } from '#lib/ui/format.ts';

/** A figure in a narrow cell: thousands in short, small ones with their decimals. */
export function compact(value: number, decimals: number): string {
	const size = Math.abs(value);
	return number(value, size >= 1000 ? 0 : decimals);
}
