import { m } from '#lib/paraglide/messages.js';
import { attachment } from '#lib/server/http/attachment.ts';
import * as completeness from '#lib/server/completeness.ts';
import { toCsv } from '#lib/kernel/escape-cell.ts';
import { ratesTable } from '#lib/completeness/filing-grid.ts';
import { date } from '#lib/ui/format.ts';

/** The rates of every dataset that the reader may see, as a file. */
export const GET = async ({ locals: { db, acting } }) => {
	const { grid, rates } = acting?.council_id
		? await completeness.read(db, acting.council_id)
		: { grid: [], rates: [] };
	return new Response(toCsv(ratesTable(rates, grid)), {
		headers: {
			...attachment(`${m.revisions_completeness_title()}-${date(new Date())}.csv`),
			'content-type': 'text/csv; charset=utf-8'
		}
	});
};
