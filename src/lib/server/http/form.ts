import type { z } from 'zod';

type Shape = Record<string, z.ZodType>;

/** What a form sent, or for each field what is wrong with it, worded by the schema (`error: () => m.…()`). */
type FormReading<Data> = { ok: true; data: Data } | { ok: false; errors: Record<string, string> };

/** Reads a plain form. A field whose schema is an array takes every value of its name. */
export function readForm<S extends z.ZodObject<Shape>>(
	schema: S,
	form: FormData
): FormReading<z.infer<S>> {
	const sent = Object.fromEntries(
		Object.entries(schema.shape).map(([name, field]) => [
			name,
			field.type === 'array' ? form.getAll(name) : (form.get(name) ?? undefined)
		])
	);
	const read = schema.safeParse(sent);
	if (read.success) return { ok: true, data: read.data };

	const errors: Record<string, string> = {};
	for (const issue of read.error.issues) errors[String(issue.path[0])] ??= issue.message;
	return { ok: false, errors };
}
