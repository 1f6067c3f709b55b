import { Client } from 'pg';

/** Runs `work` on one connection and closes it, whatever happens. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
	const client = new Client({ connectionString: url });
	await client.connect();
	// A server that dies between two statements reports here first; the statement itself throws as well.
	client.on('error', () => undefined);
	try {
		return await work(client);
	} finally {
		await client.end().catch(() => undefined);
	}
}
