/** What a log line may hold: ids, counts and names of ours. Never an address, a name or a figure of a person. */
type LogFields = Record<string, string | number | boolean | null | undefined>;

function write(level: 'info' | 'warn' | 'error', event: string, fields: LogFields) {
	// JSON escapes line breaks, so that nobody can write a line of their own into the log.
	const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...fields });
	try {
		process.stdout.write(`${line}\n`);
	} catch {
		// A full disk: what cannot be noted is done all the same.
	}
}

/** Structured log: one line of JSON for each event, UTC. */
export const log = {
	info: (event: string, fields: LogFields = {}) => write('info', event, fields),
	warn: (event: string, fields: LogFields = {}) => write('warn', event, fields),
	error: (event: string, fields: LogFields = {}) => write('error', event, fields)
};

/**
 * Where an error happened, without what it says: messages of a database quote values.
 * @returns its kind, its code, and the first place in our own code
 */
export function trace(error: unknown): LogFields {
	if (!(error instanceof Error)) return { kind: typeof error };
	const cause = error.cause instanceof Error || isCoded(error.cause) ? error.cause : null;
	return {
		kind: error.name,
		code: isCoded(error) ? error.code : isCoded(cause) ? cause.code : undefined,
		place: error.stack
			?.split('\n')
			.slice(1)
			.find((line) => !line.includes('node_modules') && !line.includes('node:'))
			?.trim()
			.replace(/file:\/\/\S*\/(?=(build|src)\/)/, '')
	};
}

function isCoded(value: unknown): value is { code: string } {
	return (
		typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
	);
}
