import { everyRow, rows, type Db } from '#lib/server/db.ts';
import { forget, remember } from '#lib/server/process/remember.ts';
import { dataset as readDataset } from '#lib/server/datasets.ts';
import { comparedBy } from '#lib/filing/check-rules.ts';
import { asOf, type Coded, type Dataset, type Rule } from '#lib/datasets/dataset.ts';
import { firingsOf, type Filed, type Firing, type OwnSum } from '#lib/rules/preview-rule.ts';

/** A version of a rule; `until` is the rule set from which it no longer holds, null while it holds. */
type RuleVersion = Rule & {
	dataset_code: string;
	version: number;
	since: number;
	until: number | null;
	saved_at: string;
};

/** What every dataset asks for and by which rules; the same for everybody. */
export function registry(db: Db): Promise<Registry> {
	return remember(db, REGISTRY, async () => {
		const [datasets, versions, columns, measures] = await Promise.all([
			db
				.from('datasets')
				.select('code, kind, name_zh, name_en, rules_version, notice_days')
				.order('code')
				.then(rows),
			everyRow((from, to) =>
				db
					.from('dataset_rules')
					.select(
						'dataset_code, code, version, kind, severity, params, message_zh, message_en, since, until, saved_at'
					)
					.order('dataset_code')
					.order('code')
					.order('version', { ascending: false })
					.range(from, to)
			),
			everyRow((from, to) =>
				db
					.from('dataset_measures')
					.select('dataset_code, measure_code')
					.order('dataset_code')
					.order('measure_code')
					.range(from, to)
			),
			everyRow((from, to) =>
				db.from('measures').select('code, name_zh, name_en, additive').order('code').range(from, to)
			)
		]);
		const askedBy = Map.groupBy(columns, ({ measure_code }) => measure_code);
		return {
			datasets,
			versions: versions as RuleVersion[],
			measures: measures.map((measure) => ({
				...measure,
				datasets: askedBy.get(measure.code)?.map(({ dataset_code }) => dataset_code) ?? []
			}))
		};
	});
}

const REGISTRY = 'rules registry';

type Registry = {
	/** With the number of the rule set that holds. */
	datasets: {
		code: string;
		kind: string;
		name_zh: string;
		name_en: string;
		rules_version: number;
		notice_days: number;
	}[];
	/** Every version of every rule, those of one dataset together. */
	versions: RuleVersion[];
	/** Every measure with the datasets that ask for it, announced ones too. */
	measures: (Coded & { additive: boolean; datasets: string[] })[];
};

/** Measures that organisations of this kind file in any dataset, for rules that compare two filings. */
export function measuresOfKind({ datasets, measures }: Registry, kind: string) {
	const filed = new Set(datasets.filter((set) => set.kind === kind).map(({ code }) => code));
	return measures.filter((measure) => measure.datasets.some((code) => filed.has(code)));
}

export type Preview = {
	year: string;
	/** Newest first. */
	firings: Firing[];
	organisations: number;
	/** Filings of the year that were read, of those that the reader may see. */
	read: number;
	total: number;
	seconds: number;
};

/**
 * Runs a rule, saved or not, on the filings of a year that stand (accepted or waiting) and that the reader may see.
 * At most the newest 1,000 filings or a million values are read.
 */
export async function preview(
	db: Db,
	council: string,
	of: Dataset,
	rule: Rule,
	year: string
): Promise<Preview> {
	const started = performance.now();
	const before = String(Number(year) - 1);
	const since = comparedBy([rule]).cells.length ? before : year;
	const named = measuresOf(rule);
	const [filed, counted, sums] = await Promise.all([
		db.rpc('filed_cells', {
			council,
			dataset: of.code,
			since,
			until: `${year}-Z`,
			measures: named.filter((code) => of.measures.some((measure) => measure.code === code))
		}),
		db
			.from('submissions')
			.select('id', { count: 'exact' })
			.eq('council_id', council)
			.eq('dataset_code', of.code)
			.in('status', ['accepted', 'submitted'])
			.gte('period', year)
			.lte('period', `${year}-Z`)
			.limit(1),
		sumsOf(db, council, named, before)
	]);
	rows(counted);
	const filings = rows(filed) as Filed[];
	const firings = firingsOf(rule, of, filings, sums, year);
	return {
		year,
		firings,
		organisations: new Set(firings.map(({ organisation }) => organisation)).size,
		read: filings.filter(({ period }) => period >= year).length,
		total: counted.count ?? 0,
		seconds: Math.round((performance.now() - started) / 100) / 10
	};
}

/** Accepted totals of the whole council's region that the reader may see, with what a year's filings look back at. */
async function sumsOf(
	db: Db,
	council: string,
	measures: string[],
	since: string
): Promise<OwnSum[]> {
	const [place] = rows(await db.from('councils').select('region_code').eq('id', council));
	const names = rows(
		await db.from('measures').select('code, name_zh, name_en').in('code', measures)
	);
	const found = await everyRow((from, to) =>
		db
			.from('totals')
			.select('organisation_id, measure_code, period, value')
			.eq('council_id', council)
			.eq('region_code', place?.region_code ?? '')
			.eq('occupation', '')
			.eq('missing_count', 0)
			.gte('period', since)
			.in('measure_code', measures)
			.order('starts_on')
			.order('organisation_id')
			.order('measure_code')
			.range(from, to)
	);
	return found.map(({ organisation_id, measure_code, period, value }) => {
		const name = names.find(({ code }) => code === measure_code);
		return {
			organisation: organisation_id,
			measure: measure_code,
			name_zh: name?.name_zh ?? measure_code,
			name_en: name?.name_en ?? measure_code,
			period,
			value: value ?? 0
		};
	});
}

function measuresOf({ params }: Rule): string[] {
	const { part, whole, parts = [], total, measure, denominator, other } = params;
	return [part, whole, ...parts, total, measure, denominator, other].filter(
		(code) => code !== undefined
	);
}

/** Adds a rule, or with its code a new version of one; gives its code. @throws the refusals of save_rule */
export async function save(
	db: Db,
	council: string,
	dataset: string,
	rule: Rule,
	code: string | null
) {
	const { kind, severity, params, message_zh = '', message_en = '' } = rule;
	const saved = rows(
		await db.rpc('save_rule', {
			council,
			dataset,
			kind,
			severity,
			params,
			message_zh,
			message_en,
			...(code && { code })
		})
	);
	forgetDataset(dataset);
	return saved;
}

/** Retires a rule. @throws the refusals of retire_rule */
export async function retire(db: Db, council: string, dataset: string, code: string) {
	rows(await db.rpc('retire_rule', { council, dataset, code }));
	forgetDataset(dataset);
}

/** The requirements of every dataset, with announced and past changes. */
export async function requirements(db: Db) {
	const sets = rows(
		await db
			.from('datasets')
			.select('code, description_zh, description_en, due_working_days, notice_days')
			.order('code')
	);
	return Promise.all(
		sets.map(async (set) => {
			const all = await readDataset(db, set.code);
			const now = asOf(all, '');
			const versions = all.versions.map((version) => ({
				...version,
				measures: all.measures.filter(({ since }) => since === version.version)
			}));
			return {
				...set,
				name_zh: all.name_zh,
				name_en: all.name_en,
				version: now.version,
				versions,
				announced: versions.filter(({ version }) => version > now.version),
				measures: all.measures.map(({ code, name_zh, name_en, required, since }) => ({
					code,
					name_zh,
					name_en,
					required,
					/** The period from which it is asked for; null: now. */
					from:
						since > now.version
							? (all.versions.find(({ version }) => version === since)?.from_period ?? null)
							: null
				}))
			};
		})
	);
}

/** Announces a measure from a period on; gives the dataset's new version. @throws the refusals of announce_measure */
export async function announce(
	db: Db,
	council: string,
	wanted: {
		dataset: string;
		measure: string;
		from_period: string;
		required: boolean;
		note_zh: string;
		note_en: string;
	}
): Promise<number> {
	const version = rows(await db.rpc('announce_measure', { council, ...wanted }));
	forgetDataset(wanted.dataset);
	return version;
}

function forgetDataset(code: string) {
	forget(`dataset ${code}`, 'api datasets', REGISTRY);
}
