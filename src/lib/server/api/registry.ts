import type { z } from 'zod';
import type { DatasetAnswer, IndicatorAnswer, regionsQuery } from '#lib/api/schemas.ts';
import { rows, type Db } from '#lib/server/db.ts';
import * as registry from '#lib/server/indicators.ts';
import { remember } from '#lib/server/process/remember.ts';
import { dataset } from '#lib/server/datasets.ts';
import { asOf } from '#lib/datasets/dataset.ts';

/** The datasets of every kind of organisation with their measures and rules, by code. */
export async function datasets(db: Db, kind: string | undefined): Promise<DatasetAnswer[]> {
	const all = await remember(db, 'api datasets', async () => {
		const codes = rows(await db.from('datasets').select('code').order('code'));
		return Promise.all(codes.map(async ({ code }) => describe(db, code)));
	});
	return all.filter((one) => kind === undefined || one.kind === kind);
}

type Described = Awaited<ReturnType<typeof dataset>> &
	Pick<DatasetAnswer, 'kind' | 'due_working_days' | 'notice_days'>;

async function describe(db: Db, code: string): Promise<DatasetAnswer> {
	const of = asOf(await dataset(db, code), '') as Described;
	return {
		code: of.code,
		name_zh: of.name_zh,
		name_en: of.name_en,
		kind: of.kind,
		version: of.version,
		versions: of.versions,
		notice_days: of.notice_days,
		rules_version: of.rules_version,
		frequency: of.frequency,
		region_level: of.region_level,
		due_working_days: of.due_working_days,
		measures: of.measures.map((measure) => ({
			code: measure.code,
			name_zh: measure.name_zh,
			name_en: measure.name_en,
			unit: measure.unit,
			value_type: measure.value_type,
			required: measure.required,
			since: measure.since,
			minimum: measure.min,
			maximum: measure.max,
			decimals: measure.decimals
		})),
		occupations: of.occupations,
		employment_modes: of.employment_modes,
		rules: of.rules.map(({ code, kind, severity, message_zh = '', message_en = '' }) => ({
			code,
			kind,
			severity,
			message_zh,
			message_en
		}))
	};
}

/** Every indicator with its newest definition, in the registry's order. */
export async function indicators(db: Db): Promise<IndicatorAnswer[]> {
	return (await registry.registry(db)).map((one) => {
		const newest = one.definitions[0];
		return {
			code: one.code,
			name_zh: one.name_zh,
			name_en: one.name_en,
			group: one.group_code,
			unit_zh: one.unit.name_zh,
			unit_en: one.unit.name_en,
			decimals: one.decimals,
			direction: one.direction,
			frequency: one.frequency,
			definition_version: newest?.version ?? null,
			formula_zh: newest?.formula_zh ?? null,
			formula_en: newest?.formula_en ?? null,
			suppression_threshold: one.suppression_threshold,
			note_zh: one.note_zh,
			note_en: one.note_en
		};
	});
}

/** A page of the administrative divisions, withdrawn ones with the code that replaced them. */
export async function regions(db: Db, query: z.infer<typeof regionsQuery>) {
	const { within, level, page, per_page } = query;
	let wanted = db
		.from('regions')
		.select('code, level, name_zh, name_en, parent_code, valid_to, replaced_by', {
			count: 'exact'
		});
	if (within) wanted = wanted.like('code', `${within}%`);
	if (level) wanted = wanted.eq('level', level);
	const from = (page - 1) * per_page;
	const answer = await wanted.order('code').range(from, from + per_page - 1);
	// Beyond the last page PostgREST answers 416, the embedded API an empty list.
	if (answer.status === 416) return { data: [], total: from };
	return { data: rows(answer), total: answer.count ?? 0 };
}
