import { chance, idOf, pick } from './chance.ts';
import { communityFigures } from './community-figures.ts';
import type { Version } from './filing-versions.ts';
import { districtsOf } from './parties.ts';
import { partyFigures } from './party-figures.ts';
import { countsByMode, platformFigures, platforms, type Figures } from './platform-figures.ts';
import type { Dataset, Owed } from './story.ts';
import type { Entry, Row } from './store.ts';
import { unusually } from './unusual-figures.ts';

type Cell = Omit<Entry, 'submission_id' | 'position'>;

/** What one version holds, in the order of its file; `wrong` is where its clerk slipped or a reviewer doubts. */
type Filed = {
	cells: Cell[];
	wrong: { at: number; value: number; note: string } | null;
	/** Whether its figures are what they always are. */
	usual: boolean;
};

const kept = new WeakMap<Owed, { cells: Cell[]; usual: boolean }>();

/** The figures of a version. Those of a period are made once. */
export function filedIn(owed: Owed, version: Version): Filed {
	const made = kept.get(owed) ?? make(owed);
	kept.set(owed, made);
	const { wrong: kind, slip } = version;
	const wrong = kind
		? mistakeIn(made.cells, slip ?? `${idOf(nameOf(owed, version))} ${kind}`, kind)
		: null;
	return {
		wrong,
		usual: made.usual,
		cells: made.cells.map((cell, at) => (wrong?.at === at ? { ...cell, value: wrong.value } : cell))
	};
}

function make(owed: Owed) {
	const cells = cellsOf(owed);
	return { cells, usual: !unusually(`${owed.party.key}:${owed.at}`, cells) };
}

/** What a version is called in the story. */
export function nameOf(
	{ dataset, party, period }: Owed,
	{ number }: Pick<Version, 'number'>
): string {
	return `submission ${dataset.code} ${party.key} ${period} ${number ?? 'draft'}`;
}

/** A slip of a clerk that no rule forbids but a reviewer sees. */
function mistakeIn(cells: Cell[], text: string, kind: NonNullable<Version['wrong']>) {
	const measures = [
		'orders_completed',
		'trained_workers',
		'station_visits',
		'services_delivered',
		'guidance_visits'
	];
	const candidates = cells.flatMap((cell, at) =>
		measures.includes(cell.measure_code) && (cell.value ?? 0) >= 20 ? [at] : []
	);
	if (!candidates.length) return null;
	const at = pick(text, candidates);
	const right = cells[at]?.value ?? 0;
	if (kind === 'doubted')
		return { at, value: right, note: '与原报数值和上月相差较大，请提供依据或维持原报。' };
	const tenfold = kind === 'typo' && !['trained_workers'].includes(cells[at]?.measure_code ?? '');
	return tenfold
		? { at, value: right * 10, note: '数值约为上月的 10 倍，疑似多录一位，请核对。' }
		: {
				at,
				value: Math.floor(right * 0.82),
				note: '与上月完全相同口径下偏低，请核对是否漏报合作企业。'
			};
}

/** What the rules between the figures of one filing ask to be explained, with the explanations. */
export function warningsOf(dataset: Dataset, cells: Cell[]): Row[] {
	const explained = cells.filter((cell) => cell.explanation);
	return explained.map((cell) => {
		const rule = dataset.warnings.find((one) => one.part === cell.measure_code);
		return {
			rule: rule?.code ?? 'explained',
			cell: cell.cell,
			value: String(cell.value),
			params: rule?.params ?? {},
			explanation: cell.explanation
		};
	});
}

type Line = {
	region: string;
	occupation: string;
	mode: string;
	measures: string[];
	figures: Figures;
};

/** The cells of a filing in the order of its file: a line for each place and breakdown, a column for each measure. */
function cellsOf(owed: Owed): Cell[] {
	const { dataset, party, period, at } = owed;
	const cells: Cell[] = [];
	const columns = new Map(
		dataset.measures.map((measure, position) => [measure.code, letters(position + 4)])
	);
	linesOf(owed).forEach((line, row) => {
		for (const measure of line.measures) {
			const reason = missing(party.key, measure, line.region, period, at);
			const value = reason ? null : (line.figures[measure] ?? null);
			const whole = dataset.warnings.find((rule) => rule.part === measure)?.whole;
			const exceeds =
				value !== null && whole !== undefined && value > (line.figures[whole] ?? value);
			cells.push({
				measure_code: measure,
				region_code: line.region,
				occupation: line.occupation,
				employment_mode: line.mode,
				value,
				missing_reason: value === null ? (reason ?? 'not_applicable') : null,
				explanation: exceeds
					? '含合作企业为外包站点人员签订的劳动合同，该部分人员未计入确立劳动关系人数。'
					: null,
				cell: `${columns.get(measure)}${row + 2}`
			});
		}
	});
	return cells;
}

function linesOf({ dataset, party, period, at }: Owed): Line[] {
	const codes = dataset.measures.map((measure) => measure.code);
	const line = (
		region: string,
		figures: Figures,
		occupation = '',
		mode = '',
		measures = codes
	): Line => {
		const known = measures.filter((code) => isFiled(dataset, code, figures));
		return { region, occupation, mode, measures: known, figures };
	};
	if (party.kind === 'community')
		return [line(party.region_code, communityFigures(party.key, period, at))];
	if (party.kind === 'party') {
		return districtsOf(party).map((district) => line(district, partyFigures(period, at, district)));
	}
	const occupation = platforms[party.key]?.occupation ?? '';
	const statistics = dataset.measures
		.filter((measure) => !measure.additive)
		.map((measure) => measure.code);
	return districtsOf(party).flatMap((district) => {
		const byMode = platformFigures(party.key, period, at, district);
		const counts = codes.filter((code) => !statistics.includes(code));
		const modes = Object.keys(byMode).filter((mode) => mode);
		return [
			...modes.map((mode) =>
				line(district, byMode[mode] ?? {}, occupation, mode, counts.filter(countsByMode))
			),
			line(
				district,
				byMode[''] ?? {},
				occupation,
				'',
				modes.length ? counts.filter((code) => !countsByMode(code)) : counts
			),
			// A median of all workers, not of one occupation: it cannot be put together from parts.
			line(district, byMode[''] ?? {}, '', '', statistics)
		].filter((one) => one.measures.length);
	});
}

/** Optional measures that do not apply are left out; required ones are filed as missing, with the reason. */
function isFiled(dataset: Dataset, code: string, figures: Figures): boolean {
	return (
		code in figures ||
		(dataset.measures.find((measure) => measure.code === code)?.required ?? false)
	);
}

function missing(
	key: string,
	measure: string,
	region: string,
	period: string,
	at: number
): Entry['missing_reason'] {
	if (key === 'linli' && measure === 'rest_overdue_workers' && at < 8) return 'not_collected';
	if (key === 'linli' && measure === 'penalised_workers' && region === '310151')
		return 'not_collected';
	if (key === 'hewei' && measure === 'trained_workers' && region === '310151' && at < 6)
		return 'not_collected';
	if (key === 'xiaobu' && measure === 'mean_commission_rate' && at < 12) return 'confidential';
	if (
		key === 'tuoling' &&
		measure.startsWith('complaints_') &&
		['310116', '310118'].includes(region) &&
		at % 7 === 5
	) {
		return 'late';
	}
	if (measure === 'psych_sessions' && chance(`psych ${key}`) < 0.3) return 'not_collected';
	if (measure.startsWith('hazards_answered') && chance(`answered ${key} ${period}`) < 0.05)
		return 'late';
	return null;
}

function letters(column: number): string {
	return column <= 26
		? String.fromCharCode(64 + column)
		: letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1);
}
