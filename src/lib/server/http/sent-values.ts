/** What a form sent, to fill it in again beside its errors. Files and passwords never come back. */
export function sentValues(sent: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, value] of sent) {
		if (typeof value === 'string' && !name.includes('password')) values[name] = value;
	}
	return values;
}
