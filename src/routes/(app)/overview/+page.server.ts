import { overviewAddress } from '#lib/overview/address.ts';
import * as overview from '#lib/server/overview.ts';

export const load = async ({ locals: { db, acting }, url }) => {
	const address = overviewAddress(url);
	const council = address.council ?? acting?.council_id;
	return {
		address,
		overview: council ? await overview.page(db, council, address) : null,
		/** When it was read, for who looks at a screen that nobody touches. */
		read_at: new Date().toISOString()
	};
};
