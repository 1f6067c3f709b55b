import type { Pool } from 'pg';

/**
 * A connection that breaks is replaced by the pool, and whoever uses it hears so from their next question. Unheard, its
 * error would end the process: the pool itself listens only to those that nobody has taken out.
 */
export function surviveBreaks(pool: Pool): void {
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
}
