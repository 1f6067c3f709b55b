import { m } from '#lib/paraglide/messages.js';
import type { QueueItem } from '#lib/server/submissions.ts';
import type { Tone } from '#lib/ui/tone.ts';

type Risky = Pick<
	QueueItem,
	'risk' | 'jump_count' | 'warning_count' | 'late_days' | 'returned_before'
>;

/** How much a filing asks for a reviewer's eye, and how that is said. */
export function riskOf({ risk }: Pick<Risky, 'risk'>): { tone: Tone; word: string } {
	if (risk >= 6) return { tone: 'missed', word: m.reviews_risk_high() };
	if (risk >= 2) return { tone: 'at_risk', word: m.reviews_risk_medium() };
	return { tone: 'no_data', word: m.reviews_risk_low() };
}

/** What the risk is made of, in words. */
export function risksOf(item: Risky): string[] {
	const rules = item.warning_count - item.jump_count;
	const said = [
		item.jump_count > 0 && m.reviews_risk_jumps({ count: item.jump_count }),
		rules > 0 && m.reviews_risk_rules({ count: rules }),
		item.late_days > 0 && m.reviews_risk_late({ days: item.late_days }),
		item.returned_before && m.reviews_risk_returned()
	].filter((one) => one !== false);
	return said.length > 0 ? said : [m.reviews_risk_nothing()];
}
