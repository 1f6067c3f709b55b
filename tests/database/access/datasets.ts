import { only_secretariat, open, refusedTo, type Domain } from './engine.ts';
import { id } from './council.ts';

export const datasets: Domain = {
	tables: {
		datasets: {
			columns: `code kind name_zh name_en description_zh description_en frequency due_working_days review_stages region_level version rules_version notice_days`,
			...open
		},
		dataset_measures: {
			columns: `dataset_code measure_code position required value_type minimum maximum decimals since`,
			...open
		},
		dataset_versions: {
			columns: `dataset_code version from_period announced_on note_zh note_en`,
			...open
		},
		dataset_rules: {
			columns: `dataset_code code version kind severity params message_zh message_en since until saved_at`,
			...open
		}
	},
	calls: {
		'announce_measure(council uuid, dataset text, measure text, from_period text, required boolean, value_type text, note_zh text, note_en text)':
			{
				given: `$1, 'test_monthly', 'test_median', '2099-01'`,
				values: () => [id.council],
				...only_secretariat
			},
		'save_rule(council uuid, dataset text, kind text, severity text, params jsonb, message_zh text, message_en text, code text)':
			{
				given: `$1, 'test_monthly', 'jump', 'warning', '{"measure": "test_workers", "percent": 50}'`,
				values: () => [id.council],
				...only_secretariat
			},
		'retire_rule(council uuid, dataset text, code text)': {
			given: `$1, 'test_monthly', 'a_rule'`,
			values: () => [id.council],
			...refusedTo('only_the_secretariat', [], { secretariat: 'rule_not_found' })
		}
	}
};
