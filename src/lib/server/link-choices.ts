import type { Db } from './db.ts';
import * as indicators from './indicators.ts';
import * as sharing from './sharing.ts';

/** The indicators and counties of the council to which an agenda item or an action item may be linked. */
export async function linkChoices(db: Db, council: sharing.Council | null) {
	const registry = await indicators.registry(db);
	return {
		indicators: registry.map(({ code, name_zh, name_en, group_code, group_zh, group_en }) => ({
			code,
			name_zh,
			name_en,
			group_code,
			group_zh,
			group_en
		})),
		regions: council ? await sharing.counties(db, council.region_code) : []
	};
}
