/** A variable that this process cannot do without. */
export function needed(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set`);
	return value;
}
