import type { GridCell, Rates } from '#lib/completeness/rates.ts';
import { jsonOf, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';

type Page = {
	grid: GridCell[];
	rates: Rates[];
	/** Days after its due date from which an accepted filing is locked; null: never. */
	lock_after_days: number | null;
};

/** Who filed what of the newest 12 periods of each dataset, as far as the reader may see it, in one call. */
export function read(db: Db, council: string): Promise<Page> {
	return rememberFor('acting', db, `completeness ${council}`, async () =>
		jsonOf(await db.rpc('completeness_page', { council }))
	);
}
