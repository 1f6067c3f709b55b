// What the API takes and gives: requests are validated by these, and its description is made from them.
import { PERIOD } from '#lib/kernel/period.ts';
import { z } from 'zod';
import { MARK_CODES, OPENS } from '#lib/reviews/marks.ts';
import { scopes } from './scopes.ts';

const period = z
	.string()
	.regex(PERIOD)
	.describe('A month 2026-03, quarter 2026-Q1, half-year 2026-H1 or year 2026.');
const code = z
	.string()
	.min(1)
	.max(60)
	.regex(/^[\w.-]+$/);
const names = { name_zh: z.string(), name_en: z.string() };
const named = z.object({ code: z.string(), ...names });
const region = z
	.string()
	.regex(/^(\d{2}|\d{4}|\d{6}|\d{9})$/)
	.describe('GB/T 2260 code of 2, 4, 6 or 9 digits.');

const paged = {
	page: z.coerce.number().int().min(1).max(100_000).default(1),
	per_page: z.coerce.number().int().min(1).max(1000).default(100)
};

export const datasetsQuery = z.strictObject({
	...paged,
	kind: code
		.optional()
		.describe('Datasets that this kind of organisation files, for example platform.')
});
export const indicatorsQuery = z.strictObject(paged);
export const regionsQuery = z.strictObject({
	...paged,
	within: region.optional().describe('Only regions whose code begins with this one.'),
	level: z.enum(['province', 'prefecture', 'county', 'street']).optional()
});
export const observationsQuery = z.strictObject({
	indicator: code,
	period,
	region: region.optional().describe("Without it: the council's whole region."),
	format: z.enum(['json', 'csv']).optional().describe('Goes before the Accept header.')
});
export const submissionQuery = z.strictObject({
	dataset: code.describe('Code of the dataset, as GET /datasets lists it.'),
	period,
	file_name: z.string().min(1).max(200).optional().describe('Stands on the receipt.'),
	revision_reason: z
		.string()
		.trim()
		.min(5)
		.max(2000)
		.optional()
		.describe(
			'Why accepted figures are corrected; needed once a filing of the period was accepted.'
		)
});
export const idempotencyKey = z
	.string()
	.min(1)
	.max(200)
	.regex(/^[\x21-\x7e]+$/)
	.describe('Your own name for this filing, unique in your organisation.');

const entry = z.strictObject({
	measure: z.string().max(200).describe('Code of a measure of the dataset.'),
	region,
	occupation: z.string().max(200).optional(),
	employment_mode: z.string().max(200).optional(),
	value: z.number().nullable().optional().describe('Null, with a missing_reason, is not zero.'),
	missing_reason: z.enum(['not_applicable', 'not_collected', 'late', 'confidential']).optional(),
	explanation: z
		.string()
		.max(2000)
		.optional()
		.describe('For a rule that asks why; at least 10 characters.')
});

export const submissionBody = z.strictObject({
	dataset: submissionQuery.shape.dataset,
	period,
	revision_reason: submissionQuery.shape.revision_reason,
	entries: z.array(entry).min(1).max(20_000)
});

/** Beside the fields of every answer about a council. */
const labelled = {
	demo: z
		.literal(true)
		.optional()
		.describe('There only in a demonstration: its organisations and figures are invented.')
};

export const apiError = z.object({
	error: z.object({
		key: z.string().describe('Stays the same; decide by it.'),
		message: z.string().describe('For people, in the language of Accept-Language (zh-CN or en).'),
		fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
		template: z
			.url()
			.optional()
			.describe('Where somebody of the organisation downloads the right template.'),
		scope: z.enum(scopes).optional().describe('The scope that the key lacks.'),
		reference: z.string().optional().describe('Quote it when you ask for help.')
	})
});
export type ApiError = z.infer<typeof apiError>;

const problem = z.object({
	sheet: z.string(),
	cell: z
		.string()
		.describe('D17, or D17:D35 for equal problems below each other; empty for the whole sheet.'),
	row: z.int().nullable(),
	column: z.string(),
	rule: z.string(),
	severity: z.enum(['question', 'error', 'warning']),
	value: z.string(),
	message: z.string()
});
export const problemList = apiError.extend({
	verdict: z
		.enum(['ready', 'needs_mapping', 'row_errors', 'refused'])
		.describe('ready: only explanations are missing.'),
	problem_count: z.int().describe('Cells concerned; problems lists at most 1,000.'),
	problems: z.array(problem),
	...labelled
});
export type ProblemList = z.infer<typeof problemList>;

export const receipt = z.object({
	submission: z.uuid(),
	status: z
		.enum(['submitted', 'accepted', 'returned', 'superseded', 'reopened'])
		.describe(
			'reopened: no longer accepted; its figures stand until a revised version is accepted.'
		),
	version: z.int(),
	dataset: z.string(),
	period,
	organisation_zh: z.string(),
	organisation_en: z.string(),
	file_name: z.string(),
	file_sha256: z.string(),
	values_sha256: z.string(),
	row_count: z.int(),
	submitted_at: z.string(),
	submitted_by: z.string().nullable(),
	late_days: z.int(),
	repeated: z.boolean().optional().describe('This file or key was filed before; nothing changed.'),
	...labelled
});

export const submission = z.object({
	id: z.uuid(),
	dataset: z.string(),
	period,
	version: z.int(),
	status: receipt.shape.status,
	accepted_measures: z
		.array(z.string())
		.describe(
			'Of a returned submission: the measures that were accepted all the same. They count and may not change; the others wait for correction.'
		),
	due_on: z.string(),
	decided_at: z.string().nullable(),
	receipt: receipt.omit({ demo: true }),
	...labelled,
	reviews: z.array(
		z.object({
			stage: z.int(),
			decision: z.enum(['accept', 'return']),
			reason: z.string().nullable(),
			reviewed_at: z.string(),
			cells: z.array(
				z.object({
					cell: z.string(),
					measure_zh: z.string(),
					measure_en: z.string(),
					value: z.number().nullable(),
					code: z.enum(MARK_CODES),
					note: z.string(),
					opens: z.enum(OPENS).describe('What may change with it in the next version.')
				})
			)
		})
	)
});
export type SubmissionAnswer = z.infer<typeof submission>;

const measure = named.extend({
	unit: z.string(),
	value_type: z.enum(['count', 'amount', 'number']),
	required: z.boolean().describe('Now. What is announced is optional until its version holds.'),
	since: z.int().describe('The version of the dataset that asks for it.'),
	minimum: z.number().nullable(),
	maximum: z.number().nullable(),
	decimals: z.int()
});
export const dataset = named.extend({
	kind: z.string(),
	version: z.int().describe('The one that holds today; rises with every change of what is asked.'),
	versions: z
		.array(
			z.object({
				version: z.int(),
				from_period: period.describe('The first period for which it holds.'),
				announced_on: z.string(),
				note_zh: z.string(),
				note_en: z.string()
			})
		)
		.describe('Versions after the first, those announced for later too.'),
	notice_days: z.int().describe('Days that a new required measure is announced ahead, at least.'),
	rules_version: z.int().describe('Rises with every change of a rule.'),
	frequency: z.enum(['month', 'quarter', 'half_year', 'year']),
	region_level: z.enum(['county', 'street']),
	due_working_days: z.int(),
	measures: z.array(measure),
	occupations: z.array(named),
	employment_modes: z.array(named),
	rules: z.array(
		z.object({
			code: z.string(),
			kind: z.string(),
			severity: z.enum(['error', 'warning']),
			message_zh: z.string(),
			message_en: z.string()
		})
	)
});
export type DatasetAnswer = z.infer<typeof dataset>;

export const indicator = named.extend({
	group: z.string(),
	unit_zh: z.string(),
	unit_en: z.string(),
	decimals: z.int(),
	direction: z.string(),
	frequency: z.string(),
	definition_version: z.int().nullable(),
	formula_zh: z.string().nullable(),
	formula_en: z.string().nullable(),
	suppression_threshold: z.number()
});
export type IndicatorAnswer = z.infer<typeof indicator>;

export const regionAnswer = z.object({
	code: z.string(),
	level: z.string(),
	name_zh: z.string(),
	name_en: z.string().nullable(),
	parent_code: z.string().nullable(),
	valid_to: z.string().nullable(),
	replaced_by: z.string().nullable()
});

const observation = z.object({
	indicator: z.string(),
	period,
	region: z.string(),
	scope: z.enum(['total', 'own', 'organisation']),
	organisation_id: z.uuid().nullable(),
	organisation_zh: z.string().nullable(),
	organisation_en: z.string().nullable(),
	value: z.number().nullable(),
	numerator: z.number().nullable(),
	denominator: z.number().nullable(),
	hidden: z.string().nullable().describe('Why the value is not shown.'),
	contributors: z.int().nullable().describe('Of the total: how many gave a figure.'),
	expected: z
		.int()
		.nullable()
		.describe('Those, and who is awaited: who owes it and gave a figure within the year.'),
	not_applicable: z.int().nullable().describe('How many said that they have nothing to report.'),
	base_share: z
		.number()
		.nullable()
		.describe(
			'Of a ratio: the share of its base, 0 to 1, of which every part was reported; only that is counted. Null where all of it was.'
		),
	cells_unknown: z
		.int()
		.nullable()
		.describe(
			'Besides, how many cells were not reported of which nobody knows how large they are.'
		),
	share: z
		.number()
		.nullable()
		.describe(
			'Share of the usual weight of the expected that is in, 0 to 1; of competing organisations 0, 0.5 or 0.9: at least so much.'
		),
	finished: z
		.boolean()
		.nullable()
		.describe('Of the total: whether nine tenths of the usual weight are in.'),
	change: z
		.number()
		.nullable()
		.describe(
			'Since the period before, of those that gave a figure in both; null where none is told.'
		),
	change_of: z.int().nullable().describe('How many gave a figure in both.'),
	year_change: z.number().nullable().describe('The same, since the period a year earlier.'),
	year_change_of: z.int().nullable(),
	definition_version: z.int()
});
export type Observation = z.infer<typeof observation>;

export const pageOf = <T extends z.ZodType>(item: T) =>
	z.object({ data: z.array(item), page: z.int(), per_page: z.int(), total: z.int() });
export const observations = z.object({ data: z.array(observation), ...labelled });
