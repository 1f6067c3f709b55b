import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './council.ts';

// What the registry says, beside what is filed and what its sources say.

let stage: Stage;

beforeAll(async () => {
	stage = await openStage('registry');
}, 180_000);

afterAll(() => stage?.close());

const found = async <T>(sql: string): Promise<T[]> =>
	(await stage.owner.query<T & Record<string, unknown>>(sql)).rows;

/** What a card calls those who file a dataset of this kind. */
const called: Record<string, string> = {
	platform: 'platforms',
	community: 'community',
	party: 'party'
};

test('a card names first who really files the figure', async () => {
	const fed = await found<{ code: string; kinds: string[]; reported_by: string[] }>(`
		select i.code, array_agg(distinct d.kind) as kinds, i.reported_by
		from public.indicators i
		join public.definition_terms t on t.indicator_code = i.code
		left join public.dataset_measures dm on dm.measure_code = t.measure_code
		left join public.datasets d on d.code = dm.dataset_code
		group by i.code having count(d.kind) = count(*)`);
	expect(fed.length).toBeGreaterThan(30);
	for (const { code, kinds, reported_by } of fed)
		expect(
			reported_by.some((who) => kinds.map((kind) => called[kind]).includes(who)),
			code
		).toBe(true);
	const only = (code: string) => fed.find((one) => one.code === code)?.reported_by;
	expect([only('CP1'), only('CP2'), only('HZ1'), only('SV7')]).toEqual([
		['platforms'],
		['platforms'],
		['community'],
		['community']
	]);
});

test('a rate of all workers says so, and that official coverage is of those obliged', async () => {
	const rates = await found<{ code: string; name_zh: string; name_en: string; caveats_zh: string }>(
		`select code, name_zh, name_en, caveats_zh from public.indicators where code in ('IN1', 'IN3', 'IN4', 'CT2') order by code`
	);
	for (const { code, name_zh, name_en } of rates) {
		expect(name_zh, code).toContain('（全口径）');
		expect(name_en, code).toContain('all workers');
	}
	for (const { code, caveats_zh } of rates.slice(1))
		expect(caveats_zh, code).toContain('应参保人数');
});

test('a definition says where somebody of two districts or modes counts, in the measure and in every rate of it', async () => {
	const [workers] = await found<{ description_zh: string; description_en: string }>(
		`select description_zh, description_en from public.measures where code = 'active_workers'`
	);
	expect(workers?.description_zh).toContain('完成单量最多的一处');
	expect(workers?.description_en).toContain('where most of their orders were');
	const others = await found(
		`select d.indicator_code from public.indicator_definitions d
		 join public.definition_terms t on t.indicator_code = d.indicator_code and t.version = d.version and t.measure_code = 'active_workers'
		 join public.measures m on m.code = t.measure_code
		 where (select count(*) from public.definition_terms x where x.indicator_code = d.indicator_code and x.version = d.version and x.part = t.part) = 1
			and case t.part when 'numerator' then d.numerator_zh else d.denominator_zh end <> m.description_zh`
	);
	expect(others).toEqual([]);
});

test('a published figure has no place and no time that its source does not give', async () => {
	const [authors] = await found<{ rows: number; placed: number; dated: number }>(
		`select count(*)::integer as rows, count(region_code)::integer as placed, count(period)::integer as dated
		 from public.reference_values where source like 'P0 %'`
	);
	expect(authors).toEqual({ rows: 8, placed: 0, dated: 0 });
	const given = await found<{
		id: string;
		period: string | null;
		unit: string;
		indicator_code: string | null;
	}>(
		`select id, period, unit, indicator_code from public.reference_values
		 where id in ('certificates_two_years', 'markets_national', 'nef_05', 'nef_06', 'survey_05') order by id`
	);
	expect(given).toEqual([
		{ id: 'certificates_two_years', period: '2025-07', unit: 'persons', indicator_code: 'TR3' },
		{ id: 'markets_national', period: '2025-12', unit: 'places', indicator_code: 'GM1' },
		{ id: 'nef_05', period: null, unit: 'ten_thousand_persons', indicator_code: 'SZ1' },
		{ id: 'nef_06', period: null, unit: 'ten_thousand_persons', indicator_code: 'SZ1' },
		{ id: 'survey_05', period: null, unit: 'percent', indicator_code: null }
	]);
});

test('the size of the workforce says beside every figure that it is not deduplicated', async () => {
	expect(
		await found(`select code, note_zh, note_en from public.indicators where note_zh is not null`)
	).toEqual([
		{ code: 'SZ1', note_zh: '跨平台未去重', note_en: 'Not deduplicated across platforms' }
	]);
});

test('a share whose part exceeds its whole is asked about when it is filed, of every share that one dataset feeds', async () => {
	const shares = await found<{ code: string; part: string; whole: string }>(`
		select d.indicator_code as code, n.measure_code as part, b.measure_code as whole
		from public.indicator_definitions d
		join public.indicators i on i.code = d.indicator_code and i.unit = 'percent'
		join public.definition_terms n on n.indicator_code = d.indicator_code and n.version = d.version and n.part = 'numerator'
		join public.definition_terms b on b.indicator_code = d.indicator_code and b.version = d.version and b.part = 'denominator'
		where d.kind = 'ratio' and d.valid_to is null
		  and (select count(*) from public.definition_terms t where t.indicator_code = d.indicator_code and t.version = d.version) = 2
		  and exists (
		    select from public.dataset_measures x join public.dataset_measures y on y.dataset_code = x.dataset_code
		    where x.measure_code = n.measure_code and y.measure_code = b.measure_code
		  )`);
	const rules = await found<{ part: string; whole: string }>(
		`select params ->> 'part' as part, params ->> 'whole' as whole from public.dataset_rules where kind = 'part_le_whole' and until is null`
	);
	const within = (part: string, whole: string): boolean =>
		rules.some((rule) => rule.part === part && (rule.whole === whole || within(rule.whole, whole)));
	expect(shares.length).toBeGreaterThan(20);
	expect(shares.filter(({ part, whole }) => !within(part, whole))).toEqual([]);
});
