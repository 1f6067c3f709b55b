import { checkRules } from '../../../src/lib/filing/check-rules.ts';
import type { Fence, Sum } from '../../../src/lib/filing/checked.ts';
import type { Entry as CheckedEntry, Group } from '../../../src/lib/filing/entry.ts';
import type { Dataset, RuleKind } from '../../../src/lib/datasets/dataset.ts';
import type { Entry, Row } from './store.ts';
import type { Owed } from './story.ts';
import type { Stage } from './tell.ts';

/** What a clerk writes when a rule finds a figure unusual. */
const explanations: Partial<Record<RuleKind, string>> = {
	jump: '本月承接大型电商活动的末端运力，四个区人员和单量同步增加，已与站点名册核对。',
	z_score: '活动月份总量高于往年同期，数据已由区域负责人复核。',
	peer_outlier: '本月起投诉入口并入首页，受理渠道增加，件数上升。'
};
const otherwise = '数据来自业务系统，已由部门负责人复核确认。';

/**
 * The rules that the figures of a filing break, found by who files it as the check of its file finds them, with explanations,
 * which its entries then carry.
 */
export async function explained(
	{ read, ids }: Stage,
	{ dataset: { code }, party, period, name }: Owed,
	entries: Entry[]
): Promise<Row[]> {
	const obligation = ids.of(name);
	const dataset = await datasetOf(read, code);
	const named = (kind: RuleKind, key: 'measure' | 'other') =>
		dataset.rules.flatMap((rule) => (rule.kind === kind ? [rule.params[key] ?? ''] : []));
	const [past] = await read<{
		history: { cells: { keys: string[]; values: number[] }; sums: Sum[] };
	}>('select public.filing_history($1, $2, $3) as history', [
		obligation,
		named('jump', 'measure'),
		[...named('z_score', 'measure'), ...named('cross_file', 'other')]
	]);
	const fences = await read<Fence>(
		`select measure, denominator, k::float8, lower::float8, upper::float8 from public.peer_fences($1)`,
		[obligation]
	);
	const cells = past?.history.cells;
	const warnings: Row[] = [];
	checkRules(
		groupsOf(entries, dataset),
		dataset,
		{
			regions: [],
			jurisdiction: '',
			period,
			organisation_id: party.id,
			previous: new Map(cells?.keys.map((key, at) => [key, Number(cells.values[at])])),
			sums: past?.history.sums ?? [],
			fences
		},
		(entry, severity, rule, params) => {
			if (severity === 'error')
				throw new Error(`The filing of ${name} breaks ${rule} in ${entry.cell}.`);
			const explanation =
				entry.explanation ?? explanations[String(params['kind']) as RuleKind] ?? otherwise;
			entry.explanation = explanation;
			warnings.push({ rule, params, cell: entry.cell, value: String(entry.value), explanation });
		}
	);
	return warnings;
}

async function datasetOf(read: Stage['read'], code: string): Promise<Dataset> {
	const [found] = await read<{ dataset: Dataset }>(
		`select jsonb_build_object(
			'code', d.code, 'rules_version', d.rules_version,
			'measures', (select jsonb_agg(jsonb_build_object('code', m.code, 'name_zh', m.name_zh, 'name_en', m.name_en) order by dm.position)
				from public.dataset_measures dm join public.measures m on m.code = dm.measure_code where dm.dataset_code = d.code),
			'rules', (select jsonb_agg(jsonb_build_object('code', r.code, 'kind', r.kind, 'severity', r.severity, 'params', r.params, 'message_zh', r.message_zh, 'message_en', r.message_en, 'version', r.version) order by r.code) from public.dataset_rules r where r.dataset_code = d.code and r.until is null)
		 ) as dataset from public.datasets d where d.code = $1`,
		[code]
	);
	if (!found) throw new Error(`There is no dataset ${code}.`);
	return found.dataset;
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
