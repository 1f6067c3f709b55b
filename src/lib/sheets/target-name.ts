import { m } from '#lib/paraglide/messages.js';

const words: Record<string, () => string> = {
	region: m.submissions_mapping_target_region,
	region_code: m.submissions_mapping_target_region_code,
	region_name: m.submissions_mapping_target_region_name,
	occupation: m.submissions_mapping_target_occupation,
	employment_mode: m.submissions_mapping_target_employment_mode,
	period: m.submissions_mapping_target_period,
	measure: m.submissions_mapping_target_measure,
	value: m.submissions_mapping_target_value,
	reason: m.submissions_mapping_target_reason,
	explanation: m.submissions_mapping_target_explanation,
	ignore: m.submissions_mapping_target_ignore
};

/** The word for what a column may be, where it belongs to no single measure. */
export function targetName(target: string): string {
	return (words[target] ?? words['ignore'] ?? m.submissions_column_unknown)();
}
