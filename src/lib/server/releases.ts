import type { OpenRelease, Release, ReleaseFigure } from '#lib/releases/release.ts';
import type { OverviewRow } from '#lib/indicators/overview.ts';
import { jsonOf, rows, type Db } from '#lib/server/db.ts';
import { rememberFor } from '#lib/server/process/remember.ts';

const columns = 'id,council_id,title_zh,title_en,period,published_at,withdrawn_at,is_demo';

/** Releases that stand, newest first. */
export async function list(db: Db): Promise<OpenRelease[]> {
	return rows(
		await db.from('releases').select(columns).order('published_at', { ascending: false }).limit(200)
	);
}

/** Releases of a council that stand, and for its secretariat the figures to choose from, in one call. */
export function page(
	db: Db,
	council: string
): Promise<{ releases: Release[]; overview: OverviewRow[] }> {
	return rememberFor('acting', db, `releases ${council}`, async () =>
		jsonOf(await db.rpc('releases_page', { council }))
	);
}

/** A release that stands with its figures, or null. */
export async function find(
	db: Db,
	id: string
): Promise<(OpenRelease & { figures: ReleaseFigure[] }) | null> {
	const [found, figures] = await Promise.all([
		db.from('releases').select(columns).eq('id', id),
		db
			.from('release_figures')
			.select(
				'indicator_code,definition_version,region_code,period,numerator,denominator,value,hidden,contributors,expected'
			)
			.eq('release_id', id)
			.order('indicator_code')
			.order('region_code')
	]);
	const one = rows(found)[0];
	if (!one) return null;
	return {
		...one,
		figures: rows(figures)
	};
}

/**
 * Publishes the indicators of a period for everybody; the answer is the release's id.
 * Refusals: only_the_secretariat, release_not_valid, release_has_no_figures, release_not_finished.
 */
export async function publish(
	db: Db,
	council: string,
	draft: { title_zh: string; title_en: string; period: string; indicators: string[] }
): Promise<string> {
	return rows(await db.rpc('publish_release', { council, ...draft }));
}

/** Withdraws a release. Refusals: only_the_secretariat, withdrawal_needs_a_reason, release_already_withdrawn. */
export async function withdraw(db: Db, id: string, reason: string): Promise<void> {
	rows(await db.rpc('withdraw_release', { release: id, reason }));
}

/** The indicators that may be released to everybody. */
export function releasable<T extends { tier: string }>(registry: T[]): T[] {
	return registry.filter(({ tier }) => tier === 'public');
}
