import type { GridCell, Rates } from '#lib/completeness/rates.ts';
import { rows, type Db } from '#lib/server/db.ts';

/** The grid and rates of the newest 12 periods of each dataset, as far as the reader may see them. */
export async function read(db: Db, council: string): Promise<{ grid: GridCell[]; rates: Rates[] }> {
	const [grid, rates] = await Promise.all([
		db.rpc('filing_grid', { council }),
		db.rpc('filing_rates', { council })
	]);
	return { grid: rows(grid) as GridCell[], rates: rows(rates) };
}
