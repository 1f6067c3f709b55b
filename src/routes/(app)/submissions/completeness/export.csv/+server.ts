import { m } from '#lib/paraglide/messages.js';
import { csvResponse } from '#lib/server/http/attachment.ts';
import * as completeness from '#lib/server/completeness.ts';
import { ratesTable } from '#lib/completeness/filing-grid.ts';
import { today } from '#lib/kernel/day.ts';

/** The rates of every dataset that the reader may see, as a file. */
export const GET = async ({ locals: { db, acting } }) => {
	const { grid, rates } = acting?.council_id
		? await completeness.read(db, acting.council_id)
		: { grid: [], rates: [] };
	const name = `${m.revisions_completeness_title()}-${today()}`;
	return csvResponse(name, ratesTable(rates, grid), acting);
};
