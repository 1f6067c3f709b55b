import { m } from '#lib/paraglide/messages.js';
import { change as changeText, number, period, withUnit } from '#lib/ui/format.ts';
import type { Moved, SeriesRow } from './series.ts';
import type { Aim, Judged, StatusRule } from './target-status.ts';

type Words = Record<string, () => string>;

const reporters: Words = {
	agency: m.indicators_by_agency,
	community: m.indicators_by_community,
	fund: m.indicators_by_fund,
	government: m.indicators_by_government,
	health: m.indicators_by_health,
	hotline: m.indicators_by_hotline,
	inspection: m.indicators_by_inspection,
	markets: m.indicators_by_markets,
	operators: m.indicators_by_operators,
	panel: m.indicators_by_panel,
	partner_firms: m.indicators_by_partner_firms,
	party: m.indicators_by_party,
	platforms: m.indicators_by_platforms,
	police: m.indicators_by_police,
	secretariat: m.indicators_by_secretariat,
	social: m.indicators_by_social,
	statistics: m.indicators_by_statistics,
	survey: m.indicators_by_survey,
	system: m.indicators_by_system,
	tax: m.indicators_by_tax,
	trainers: m.indicators_by_trainers,
	union: m.indicators_by_union
};

const cuts: Words = {
	age: m.indicators_cut_age,
	amenity: m.indicators_cut_amenity,
	body: m.indicators_cut_body,
	category: m.indicators_cut_category,
	cause: m.indicators_cut_cause,
	channel: m.indicators_cut_channel,
	city: m.indicators_cut_city,
	clause_type: m.indicators_cut_clause_type,
	course: m.indicators_cut_course,
	dataset: m.indicators_cut_dataset,
	district: m.indicators_cut_district,
	employment_mode: m.indicators_cut_employment_mode,
	form: m.indicators_cut_form,
	gender: m.indicators_cut_gender,
	hour: m.indicators_cut_hour,
	household_registration: m.indicators_cut_household_registration,
	industry: m.indicators_cut_industry,
	kind: m.indicators_cut_kind,
	level: m.indicators_cut_level,
	mode: m.indicators_cut_mode,
	occupation: m.indicators_cut_occupation,
	order_type: m.indicators_cut_order_type,
	organisation: m.indicators_cut_organisation,
	partner_firm: m.indicators_cut_partner_firm,
	platform: m.indicators_cut_platform,
	policy: m.indicators_cut_policy,
	principle: m.indicators_cut_principle,
	province: m.indicators_cut_province,
	purpose: m.indicators_cut_purpose,
	reason: m.indicators_cut_reason,
	record_type: m.indicators_cut_record_type,
	rule: m.indicators_cut_rule,
	scheme: m.indicators_cut_scheme,
	severity: m.indicators_cut_severity,
	source: m.indicators_cut_source,
	topic: m.indicators_cut_topic,
	trade: m.indicators_cut_trade,
	type: m.indicators_cut_type,
	unit_type: m.indicators_cut_unit_type,
	weather: m.indicators_cut_weather
};

const said = (codes: string[], words: Words) =>
	codes.map((code) => words[code]?.() ?? code).join(m.shell_comma());

/** The names of those who report. A code of a newer catalogue stands for itself. */
export const reportedBy = (codes: string[]) => said(codes, reporters);

/** What every filing is divided by, and what only the platforms' are. */
const FILED = ['district', 'organisation', 'platform'];
const FILED_BY_PLATFORMS = [...FILED, 'occupation', 'employment_mode'];

/** The breakdowns of the catalogue in words: those that can be filed, and those that cannot yet. */
export function breakdowns(codes: string[], reporters: string[]): string {
	if (!codes.length) return m.indicators_breakdowns_none();
	const filed = reporters.includes('platforms') ? FILED_BY_PLATFORMS : FILED;
	const later = codes.filter((code) => !filed.includes(code));
	const now = codes.filter((code) => filed.includes(code));
	const planned = later.length ? m.indicators_breakdowns_later({ cuts: said(later, cuts) }) : '';
	return [said(now, cuts), planned].filter(Boolean).join('\n');
}

export const frequencies: Words = {
	month: m.indicators_frequency_month,
	quarter: m.indicators_frequency_quarter,
	half_year: m.indicators_frequency_half_year,
	year: m.indicators_frequency_year
};

export const directions: Words = {
	higher: m.indicators_direction_higher,
	lower: m.indicators_direction_lower,
	neutral: m.indicators_direction_neutral,
	range: m.indicators_direction_range
};

export const tiers: Words = {
	public: m.indicators_tier_public,
	council: m.indicators_tier_council,
	restricted: m.indicators_tier_restricted
};

/** The aim of a target in words: `at least 90.0 %`. */
export function aimText(aim: Omit<Aim, 'period'>, unit: string, decimals: number): string {
	const value = withUnit(aim.value, unit, decimals);
	if (aim.kind === 'ceiling') return m.indicators_target_ceiling({ value });
	if (aim.kind === 'range')
		return m.indicators_target_range({
			value: number(aim.value, decimals),
			upper: withUnit(aim.upper_value ?? aim.value, unit, decimals)
		});
	return m.indicators_target_floor({ value });
}

/** The sentence of the rule that decided a target's state. */
export function ruleText(rule: StatusRule, expected: string): string {
	switch (rule) {
		case 'no_target':
			return m.indicators_rule_no_target();
		case 'no_value':
			return m.indicators_rule_no_value();
		case 'met':
			return m.indicators_rule_met();
		case 'over':
			return m.indicators_rule_over();
		case 'on_path':
			return m.indicators_rule_on_path({ expected });
		case 'behind_path':
			return m.indicators_rule_behind_path({ expected });
		case 'near':
			return m.indicators_rule_near();
		case 'far':
			return m.indicators_rule_far();
	}
}

/** What a figure changed by since the period before, or why nothing is said of it. */
export function changeWords(moved: Moved | null, unit: string, decimals: number): string {
	if (!moved) return m.indicators_change_none();
	const against = period(moved.against);
	if (moved.change !== null) {
		const change = changeIn(moved.change, unit, decimals);
		return moved.joined + moved.gone > 0
			? m.indicators_change_same({ period: against, change, same: moved.same })
			: m.indicators_change({ period: against, change });
	}
	switch (moved.hidden) {
		case 'definition_changed':
			return m.indicators_change_break();
		case 'few_points':
			return m.indicators_change_few_points();
		case 'others_filed':
			return m.indicators_change_others({ period: against, others: othersWords(moved) });
		case 'others_between':
			return m.indicators_change_between({ period: against, others: othersWords(moved) });
		case 'nobody_both':
			return m.indicators_change_nobody({ period: against });
		default:
			return m.indicators_change_none();
	}
}

/** How many contributors came, and how many went. */
export function othersWords({ joined, gone }: Pick<Moved, 'joined' | 'gone'>): string {
	if (!gone) return m.indicators_others_joined({ joined });
	if (!joined) return m.indicators_others_gone({ gone });
	return m.indicators_others_both({ joined, gone });
}

/** What a figure changed by since the same period a year earlier; null where nothing can be said. */
export function yearChangeWords(
	moved: Moved | null,
	unit: string,
	decimals: number
): string | null {
	if (!moved || moved.change === null) return null;
	const said = {
		period: period(moved.against),
		change: changeIn(moved.change, unit, decimals),
		same: moved.same
	};
	return moved.joined + moved.gone > 0
		? m.indicators_change_year_same(said)
		: m.indicators_change_year(said);
}

/** A change with its sign and unit; of shares in points. */
export const changeIn = (value: number, unit: string, decimals: number) =>
	`${changeText(value, decimals)} ${unit === '%' ? m.indicators_points() : unit}`;

/** Of how many finished periods a longer one is made so far; nothing of one that was filed. */
export function longerWords({ parts, needed, newest }: SeriesRow): string | null {
	if (!newest || !parts || !needed) return null;
	return parts < needed
		? m.indicators_longer_part({ parts, needed, newest: period(newest) })
		: m.indicators_longer_whole({ needed });
}

/** What was added up over a target's own period so far. */
export function judgedWords(judged: Judged, unit: string, decimals: number): string {
	return m.indicators_judged({
		newest: period(judged.newest),
		value: withUnit(judged.value ?? 0, unit, decimals),
		parts: judged.parts,
		needed: judged.needed
	});
}

/** What a ratio does not count because a part of it is missing; nothing where all is there. */
export function baseWords({ base_share, cells_unknown }: SeriesRow): string[] {
	return [
		...(base_share === null
			? []
			: [m.indicators_base_share({ share: withUnit(base_share * 100, '%', 1) })]),
		...(cells_unknown ? [m.indicators_cells_unknown({ count: cells_unknown })] : [])
	];
}

/** Whether a value is no share of a whole although its unit says so: its numerator counts others than its denominator. */
export const isOutOfBounds = (value: number | null, unit: string): boolean =>
	unit === '%' && value !== null && (value < 0 || value > 100);

/** How much of what usually makes a figure is in; of competing organisations only whether it is most, half or less. */
export function shareWords(share: number, competing: boolean): string {
	if (!competing) return m.indicators_share({ share: withUnit(share * 100, '%', 0) });
	if (share >= 0.9) return m.indicators_share_most();
	return share >= 0.5 ? m.indicators_share_half() : m.indicators_share_less();
}
