import type { Client } from 'pg';
import { checkRules } from '../../../src/lib/filing/check-rules.ts';
import type { Fence, Sum } from '../../../src/lib/filing/checked.ts';
import type { Entry as CheckedEntry, Group } from '../../../src/lib/filing/entry.ts';
import type { Dataset, RuleKind } from '../../../src/lib/datasets/dataset.ts';
import type { Entry, Row } from './store.ts';

/** What a clerk writes when a rule finds a figure unusual. */
const explanations: Partial<Record<RuleKind, string>> = {
	jump: '本月承接大型电商活动的末端运力，四个区人员和单量同步增加，已与站点名册核对。',
	z_score: '活动月份总量高于往年同期，数据已由区域负责人复核。',
	peer_outlier: '本月起投诉入口并入首页，受理渠道增加，件数上升。'
};
const otherwise = '数据来自业务系统，已由部门负责人复核确认。';

/**
 * The rules that the figures of a filing break, found as the check of its file finds them, with explanations, which
 * its entries then carry. Its history and its peers must be there.
 */
export async function explained(
	client: Client,
	submission: Row,
	obligation: string,
	entries: Entry[]
): Promise<{ warnings: Row[]; rules_version: number }> {
	const dataset = await datasetOf(client, String(submission['dataset_code']));
	const named = (kind: RuleKind, key: 'measure' | 'other') =>
		dataset.rules.flatMap((rule) => (rule.kind === kind ? [rule.params[key] ?? ''] : []));
	await client.query(`select set_config('request.jwt.claims', $1, true)`, [
		JSON.stringify({ sub: submission['created_by'], org: submission['organisation_id'] })
	]);
	const { rows: past } = await client.query<{
		history: { cells: { keys: string[]; values: number[] }; sums: Sum[] };
	}>('select public.filing_history($1, $2, $3) as history', [
		obligation,
		named('jump', 'measure'),
		[...named('z_score', 'measure'), ...named('cross_file', 'other')]
	]);
	const { rows: fences } = await client.query<Fence>(
		`select measure, denominator, k::float8, lower::float8, upper::float8 from public.peer_fences($1)`,
		[obligation]
	);
	await client.query(`select set_config('request.jwt.claims', '', true)`);

	const cells = past[0]?.history.cells;
	const warnings: Row[] = [];
	checkRules(
		groupsOf(entries, dataset),
		dataset,
		{
			regions: [],
			jurisdiction: '',
			period: String(submission['period']),
			organisation_id: String(submission['organisation_id']),
			previous: new Map(cells?.keys.map((key, at) => [key, Number(cells.values[at])])),
			sums: past[0]?.history.sums ?? [],
			fences
		},
		(entry, severity, rule, params) => {
			if (severity === 'error')
				throw new Error(`${String(submission['file_name'])} breaks ${rule} in ${entry.cell}.`);
			const explanation =
				entry.explanation ?? explanations[String(params['kind']) as RuleKind] ?? otherwise;
			entry.explanation = explanation;
			warnings.push({ rule, params, cell: entry.cell, value: String(entry.value), explanation });
		}
	);
	return { warnings, rules_version: dataset.rules_version };
}

async function datasetOf(client: Client, code: string): Promise<Dataset> {
	const { rows } = await client.query<{ dataset: Dataset }>(
		`select jsonb_build_object(
			'code', d.code, 'rules_version', d.rules_version,
			'measures', (select jsonb_agg(jsonb_build_object('code', m.code, 'name_zh', m.name_zh, 'name_en', m.name_en) order by dm.position)
				from public.dataset_measures dm join public.measures m on m.code = dm.measure_code where dm.dataset_code = d.code),
			'rules', (select jsonb_agg(to_jsonb(r) order by r.code) from public.dataset_rules r where r.dataset_code = d.code and r.until is null)
		 ) as dataset from public.datasets d where d.code = $1`,
		[code]
	);
	if (!rows[0]) throw new Error(`There is no dataset ${code}.`);
	return rows[0].dataset;
}

/** The figures of each place and breakdown, in the order of the dataset's measures. */
function groupsOf(entries: Entry[], { measures }: Dataset): Group[] {
	const order = new Map(measures.map(({ code }, at) => [code, at]));
	const groups = new Map<string, Group>();
	for (const entry of entries) {
		const key = `${entry.region_code}|${entry.occupation}|${entry.employment_mode}`;
		const group = groups.get(key) ?? [];
		groups.set(key, group);
		group[order.get(entry.measure_code) ?? 0] = entry as unknown as CheckedEntry;
	}
	return [...groups.values()];
}
