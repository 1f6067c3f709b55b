/** The values of a form by field: every value of a name, in the order sent. */
export type Values = Record<string, string[]>;

/** The values of a form, to fill it in again beside its errors. Files and passwords never come back. */
export function sentValues(sent: FormData): Values {
	const values: Values = {};
	for (const [name, value] of sent) {
		// No form of ours has a `__proto__`, and an answer cannot carry one.
		if (typeof value !== 'string' || name.includes('password') || name === '__proto__') continue;
		if (Object.hasOwn(values, name)) values[name]?.push(value);
		else values[name] = [value];
	}
	return values;
}
