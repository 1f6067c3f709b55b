import type { Context } from '#lib/filing/checked.ts';
import type { Dataset, Measure, DatedRegion } from '#lib/datasets/dataset.ts';

const count: Omit<Measure, 'code' | 'name_zh' | 'name_en'> = {
	unit: 'person',
	value_type: 'count',
	required: true,
	min: 0,
	max: null,
	decimals: 0,
	additive: true,
	since: 1
};

/** A small dataset for tests of reading and checking. */
export const dataset: Dataset = {
	code: 'platform_monthly',
	version: 1,
	rules_version: 1,
	name_zh: '平台月报',
	name_en: 'Platform monthly figures',
	frequency: 'month',
	region_level: 'county',
	measures: [
		{ ...count, code: 'workers', name_zh: '在册人数', name_en: 'Registered workers' },
		{ ...count, code: 'insured', name_zh: '参保人数', name_en: 'Insured workers' },
		{ ...count, code: 'premium', name_zh: '保费金额', name_en: 'Premiums paid', unit: 'yuan', value_type: 'amount', decimals: 2, required: false }
	],
	occupations: [
		{ code: 'rider', name_zh: '骑手', name_en: 'Rider' },
		{ code: 'courier', name_zh: '快递员', name_en: 'Courier' }
	],
	employment_modes: [
		{ code: 'dedicated', name_zh: '专送', name_en: 'Dedicated' },
		{ code: 'crowdsourced', name_zh: '众包', name_en: 'Crowdsourced' }
	],
	versions: [],
	rules: [
		{ code: 'insured_le_workers', kind: 'part_le_whole', severity: 'error', params: { part: 'insured', whole: 'workers' } },
		{ code: 'insured_share', kind: 'range', severity: 'warning', params: { measure: 'insured', denominator: 'workers', min: 0.2 } },
		{ code: 'jump', kind: 'jump', severity: 'warning', params: { measure: 'workers', percent: 50 } }
	]
};

const region = (code: string, name_zh: string, name_en: string | null, valid_to: string | null = null, replaced_by: string | null = null): DatedRegion => ({ code, name_zh, name_en, valid_to, replaced_by });

export const regions: DatedRegion[] = [
	region('310101', '黄浦区', 'Huangpu District'),
	region('310103', '卢湾区', 'Luwan District', '2011-06-08', '310101'),
	region('310115', '浦东新区', 'Pudong New Area'),
	region('320583', '昆山市', 'Kunshan City')
];

export const context: Context = {
	regions,
	jurisdiction: '31',
	period: '2026-03',
	organisation_id: '00000000-0000-0000-0000-000000000001'
};
