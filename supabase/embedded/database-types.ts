import { program, run } from './build.ts';

/** The types of the API's tables, views and functions, as the Supabase CLI writes them. */
export async function generatedTypes(ownerUrl: string): Promise<string> {
	const output = await run(program('supabase'), [
		'gen',
		'types',
		`--remote=${ownerUrl}?sslmode=disable`
	]);
	// What stands before it names the target, for people.
	return `${output.slice(Math.max(0, output.indexOf('export type Json'))).trim()}\n`;
}
