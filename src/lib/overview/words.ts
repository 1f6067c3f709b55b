import { nameOf } from '#lib/kernel/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { number } from '#lib/ui/format.ts';
import type { OverviewRow } from './overview.ts';
import type { Way } from './since.ts';

/** What the distances show, in a sentence. `rows`: those with a target, worst first. */
export function targetsSummary(rows: OverviewRow[]): string {
	const met = rows.filter(({ status }) => status === 'achieved').length;
	const worst = rows.find(({ finished }) => finished);
	if (!worst || worst.distance === null || worst.distance >= 0)
		return m.overview_summary_met({ all: rows.length });
	return m.overview_summary({
		met,
		all: rows.length,
		worst: nameOf(worst),
		short: number(-worst.distance * 100, 1)
	});
}

const kinds: Record<string, () => string> = {
	government: m.shell_kind_government,
	platform: m.shell_kind_platform,
	party: m.shell_kind_party,
	social: m.shell_kind_social,
	community: m.shell_kind_community,
	union: m.shell_kind_union
};

/** A kind of organisation, in words. */
export const kindWords = (kind: string) => kinds[kind]?.() ?? kind;

/** How something moved, in words. */
export const wayWords: Record<Way, () => string> = {
	better: m.overview_better,
	worse: m.overview_worse,
	same: m.overview_same,
	moved: m.overview_moved,
	unknown: m.overview_not_compared
};
