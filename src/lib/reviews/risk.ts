import { m } from '#lib/paraglide/messages.js';
import type { QueueItem } from '#lib/reviews/review.ts';
import type { Tone } from '#lib/ui/tone.ts';
import type { RuleKind } from '#lib/datasets/dataset.ts';

type Risky = Pick<
	QueueItem,
	'fired' | 'late_days' | 'returned_before' | 'accepted_before' | 'first_filing' | 'warning_count'
>;

type Ground = 'history' | 'peers' | 'filings' | 'contradictions' | 'ranges';

/** What a warning says of a filing. Two rules may look at one thing: a jump and a z-score at its own history. */
const grounds: Record<RuleKind, Ground> = {
	jump: 'history',
	z_score: 'history',
	peer_outlier: 'peers',
	cross_file: 'filings',
	part_le_whole: 'contradictions',
	parts_eq_total: 'contradictions',
	range: 'ranges'
};

const words: Record<Ground, (inputs: { count: number }) => string> = {
	history: m.reviews_risk_history,
	peers: m.reviews_risk_peers,
	filings: m.reviews_risk_filings,
	contradictions: m.reviews_risk_contradictions,
	ranges: m.reviews_risk_ranges
};

/** The risk of a submission, as a tone and a word. */
export function riskOf({ risk }: Pick<QueueItem, 'risk'>): { tone: Tone; word: string } {
	if (risk >= 6) return { tone: 'missed', word: m.reviews_risk_high() };
	if (risk >= 2) return { tone: 'at_risk', word: m.reviews_risk_medium() };
	return { tone: 'no_data', word: m.reviews_risk_low() };
}

/** The parts of the risk in words: each warning that fired is counted in one of them. */
export function risksOf(item: Risky): string[] {
	const counts = new Map<Ground, number>();
	for (const [kind, ground] of Object.entries(grounds))
		counts.set(ground, (counts.get(ground) ?? 0) + (item.fired[kind] ?? 0));
	const told = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const others = item.warning_count - told;
	const said = [
		...[...counts].map(([ground, count]) => count > 0 && words[ground]({ count })),
		others > 0 && m.reviews_risk_others({ count: others }),
		item.first_filing && m.reviews_risk_first(),
		item.accepted_before > 0 && m.reviews_risk_partly({ count: item.accepted_before }),
		item.returned_before && item.accepted_before === 0 && m.reviews_risk_returned(),
		item.late_days > 0 && m.reviews_risk_late({ days: item.late_days })
	].filter((one) => one !== false);
	return said.length > 0 ? said : [m.reviews_risk_nothing()];
}
