import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../supabase/embedded/backend.ts';
import { temporaryBackend } from '../../supabase/embedded/test-backend.ts';

// Every figure of the demonstration computed again from the raw accepted entries, by other means than the database's.

let backend: Backend;
let owner: Client;

beforeAll(async () => {
	backend = await temporaryBackend('demonstration', 'recomputation');
	owner = new Client({ connectionString: backend.ownerUrl });
	await owner.connect();
}, 600_000);

afterAll(async () => {
	await owner?.end();
	await backend?.stop();
}, 60_000);

type Entry = {
	organisation: string;
	period: string;
	starts_on: string;
	measure: string;
	region: string;
	occupation: string;
	mode: string;
	value: number | null;
	reason: string | null;
};
type Term = {
	indicator: string;
	version: number;
	kind: string;
	factor: number;
	part: 'numerator' | 'denominator';
	measure: string;
	weight: number;
	valid_from: string;
	valid_to: string | null;
	additive: boolean;
};
type Sums = {
	numerator: number;
	denominator: number;
	missing: number;
	unknown: number;
	contributors: Set<string>;
};

const rowsOf = async <T extends object>(sql: string) => (await owner.query<T>(sql)).rows;

/** By what they are grouped: many rows to a key, in order. */
function grouped<T>(rows: T[], key: (row: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const group = groups.get(key(row));
		if (group) group.push(row);
		else groups.set(key(row), [row]);
	}
	return groups;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** What one organisation's entries of a period say of an indicator, per region: over the cells that have all parts. */
function saidOf(entries: Entry[], terms: Term[], whole: string): Map<string, Sums> {
	const said = new Map<string, Sums>();
	const needed = terms.map(({ measure }) => measure);
	const ratio = terms[0]?.kind === 'ratio';
	const byOccupation = entries.every(({ occupation }) => occupation !== '');
	const byMode = entries.every(({ mode }) => mode !== '');
	const digits = Math.min(...entries.map(({ region }) => region.length));
	const isIn = (region: string) => (entry: Entry) =>
		region === whole || entry.region.startsWith(region);
	const regions = new Set([whole, ...entries.map(({ region }) => region.slice(0, 6))]);
	for (const region of regions) {
		const here = entries.filter(isIn(region));
		// A part of which nothing is there makes no figure.
		if (
			!needed.every((code) => here.some(({ measure, value }) => measure === code && value !== null))
		)
			continue;
		const sums: Sums = {
			numerator: 0,
			denominator: 0,
			missing: 0,
			unknown: 0,
			contributors: new Set(here.map(({ organisation }) => organisation))
		};
		const cells = ratio
			? grouped(here, (entry) =>
					[
						entry.region.slice(0, digits),
						byOccupation ? entry.occupation : '',
						byMode ? entry.mode : ''
					].join()
				).values()
			: [here];
		for (const cell of cells) {
			const worth = (part: Term['part']) =>
				sum(
					terms
						.filter((term) => term.part === part)
						.flatMap(({ measure, weight }) =>
							cell
								.filter((entry) => entry.measure === measure)
								.map(({ value }) => (value ?? 0) * weight)
						)
				);
			const isThere = (code: string) => cell.some(({ measure }) => measure === code);
			if (!ratio || (needed.every(isThere) && cell.every(({ value }) => value !== null))) {
				sums.numerator += worth('numerator');
				sums.denominator += worth('denominator');
				continue;
			}
			if (!cell.some(({ reason }) => reason !== null && reason !== 'not_applicable')) continue;
			const base = terms.filter(({ part }) => part === 'denominator').map(({ measure }) => measure);
			const known = cell.filter(({ measure }) => base.includes(measure));
			if (known.length > 0 && known.every(({ value }) => value !== null))
				sums.missing += worth('denominator');
			else sums.unknown++;
		}
		said.set(region, sums);
	}
	return said;
}

test('every figure is what the accepted entries say, over the same cells in numerator and denominator', async () => {
	const entries = await rowsOf<Entry>(`
		select s.organisation_id as organisation, s.period, private.period_start(s.period)::text as starts_on, e.measure_code as measure, e.region_code as region,
		       e.occupation, e.employment_mode as mode, e.value::float8 as value, e.missing_reason as reason
		from (select distinct submission_id, measure_code from public.totals) a
		join public.submissions s on s.id = a.submission_id
		join public.entries e on e.submission_id = a.submission_id and e.measure_code = a.measure_code`);
	const terms = await rowsOf<Term>(`
		select d.indicator_code as indicator, d.version, d.kind, d.factor::float8 as factor, t.part, t.measure_code as measure, t.weight::float8 as weight,
		       d.valid_from::text, d.valid_to::text, m.additive
		from public.indicator_definitions d
		join public.definition_terms t on t.indicator_code = d.indicator_code and t.version = d.version
		join public.measures m on m.code = t.measure_code`);
	const kept = await rowsOf<{
		indicator: string;
		period: string;
		region: string;
		numerator: number;
		denominator: number | null;
		value: number | null;
		contributors: number;
		hidden: string | null;
		base_share: number | null;
		unknown: number;
	}>(`select f.indicator_code as indicator, f.period, f.region_code as region, f.numerator::float8, f.denominator::float8, f.value::float8, f.contributors,
	           f.hidden, f.base_share::float8, f.cells_unknown as unknown
	    from private.figures f where f.exact`);
	const whole = '31';

	const expected = new Map<string, Sums & { factor: number; ratio: boolean }>();
	const filings = grouped(entries, ({ organisation, period }) => `${organisation} ${period}`);
	const definitions = grouped(terms, ({ indicator, version }) => `${indicator} ${version}`);
	for (const definition of definitions.values()) {
		const [first] = definition;
		// Statistics are not added up; the cases of the registry's surveys have no entries.
		if (!first || first.kind === 'statistic' || definition.some(({ additive }) => !additive))
			continue;
		const measures = new Set(definition.map(({ measure }) => measure));
		for (const filed of filings.values()) {
			const mine = filed.filter(({ measure }) => measures.has(measure));
			const [one] = mine;
			if (
				!one ||
				one.starts_on < first.valid_from ||
				(first.valid_to && one.starts_on >= first.valid_to)
			)
				continue;
			for (const [region, sums] of saidOf(mine, definition, whole)) {
				const key = [first.indicator, one.period, region].join();
				const before = expected.get(key);
				expected.set(key, {
					factor: first.factor,
					ratio: definition.some(({ part }) => part === 'denominator'),
					numerator: (before?.numerator ?? 0) + sums.numerator,
					denominator: (before?.denominator ?? 0) + sums.denominator,
					missing: (before?.missing ?? 0) + sums.missing,
					unknown: (before?.unknown ?? 0) + sums.unknown,
					contributors: new Set([...(before?.contributors ?? []), ...sums.contributors])
				});
			}
		}
	}

	const differences: string[] = [];
	let compared = 0;
	let incomplete = 0;
	const additive = new Set([...expected.keys()].map((key) => key.split(',')[0]));
	for (const figure of kept.filter(({ indicator }) => additive.has(indicator))) {
		const key = [figure.indicator, figure.period, figure.region].join();
		const sums = expected.get(key);
		expected.delete(key);
		const tell = (what: string, theirs: unknown, ours: unknown) =>
			differences.push(`${key} ${what}: ${String(theirs)}, not ${String(ours)}`);
		if (!sums) {
			tell('is there', figure.value, 'nothing');
			continue;
		}
		compared++;
		const isNear = (theirs: number | null, ours: number | null, by: number) =>
			theirs === null || ours === null ? theirs === ours : Math.abs(theirs - ours) <= by;
		if (figure.contributors !== sums.contributors.size)
			tell('contributors', figure.contributors, sums.contributors.size);
		if (sums.ratio && sums.denominator === 0) {
			if (figure.hidden !== 'no_denominator') tell('hidden', figure.hidden, 'no_denominator');
			continue;
		}
		const value = (sums.numerator / (sums.ratio ? sums.denominator : 1)) * sums.factor;
		const share = sums.missing > 0 ? sums.denominator / (sums.denominator + sums.missing) : null;
		if (share !== null || sums.unknown > 0) incomplete++;
		if (!isNear(figure.numerator, sums.numerator, 1e-6))
			tell('numerator', figure.numerator, sums.numerator);
		if (sums.ratio && !isNear(figure.denominator, sums.denominator, 1e-6))
			tell('denominator', figure.denominator, sums.denominator);
		if (!isNear(figure.value, value, 0.00006)) tell('value', figure.value, value);
		if (!isNear(figure.base_share, share, 0.00006))
			tell('share of the base', figure.base_share, share);
		if (figure.unknown !== sums.unknown)
			tell('cells of unknown size', figure.unknown, sums.unknown);
	}
	expect(differences).toEqual([]);
	expect([...expected.keys()]).toEqual([]);
	// Or it compared nothing, and met no cell that is missing.
	expect(compared).toBeGreaterThan(10_000);
	expect(incomplete).toBeGreaterThan(20);
}, 300_000);

test('every quarter, half-year and year is what its finished months say: flows added, stocks at the end', async () => {
	const months = await rowsOf<{
		indicator: string;
		region: string;
		starts_on: string;
		numerator: number | null;
		denominator: number | null;
		hidden: string | null;
	}>(`select f.indicator_code as indicator, f.region_code as region, f.starts_on::text, f.numerator::float8, f.denominator::float8, f.hidden
	    from private.figures f
	    join private.reporting r on r.council_id = f.council_id and r.region_code = f.region_code and r.indicator_code = f.indicator_code and r.period = f.period
	    where f.exact and r.finished and f.period ~ '^[0-9]{4}-[0-9]{2}$'`);
	const kinds = await rowsOf<{
		indicator: string;
		kind: string;
		factor: number;
		part: 'numerator' | 'denominator';
		over_time: string;
	}>(`select d.indicator_code as indicator, d.kind, d.factor::float8 as factor, t.part, m.over_time
	    from public.indicator_definitions d
	    join public.definition_terms t on t.indicator_code = d.indicator_code and t.version = d.version
	    join public.measures m on m.code = t.measure_code`);
	const wayOf = (indicator: string, part: 'numerator' | 'denominator') => {
		const kept = kinds.filter((one) => one.indicator === indicator && one.part === part);
		const all = (...ways: string[]) => kept.every(({ over_time }) => ways.includes(over_time));
		if (kept.length === 0) return 'absent';
		if (all('flow')) return 'flow';
		return all('stock', ...(part === 'denominator' ? ['unique'] : [])) ? 'stock' : 'neither';
	};
	const differences: string[] = [];
	const seen = { flow: 0, stock: 0, neither: 0 };
	for (const [frequency, size] of [
		['quarter', 3],
		['half_year', 6],
		['year', 12]
	] as const) {
		const longer = await rowsOf<{
			indicator: string;
			region: string;
			starts_on: string;
			value: number | null;
			hidden: string | null;
			parts: number;
			finished: boolean;
		}>(`select f.indicator_code as indicator, f.region_code as region, f.starts_on::text, f.value::float8, f.hidden, f.parts, f.finished
		    from public.councils c
		    cross join lateral private.longer_figures(c.id, (select array_agg(distinct region_code) from private.figures),
		      (select array_agg(distinct indicator_code) from private.figures where period ~ '^[0-9]{4}-[0-9]{2}$'), true, '${frequency}', '2024-01-01', '2027-01-01') f
		    where f.needed = ${size}`);
		const told = new Map(
			longer.map((one) => [`${one.indicator} ${one.region} ${one.starts_on}`, one])
		);
		const beginning = (day: string) => {
			const month = Number(day.slice(5, 7)) - 1;
			return `${day.slice(0, 4)}-${String(month - (month % size) + 1).padStart(2, '0')}-01`;
		};
		for (const [key, parts] of grouped(
			months,
			({ indicator, region, starts_on }) => `${indicator} ${region} ${beginning(starts_on)}`
		)) {
			const [indicator = ''] = key.split(' ');
			const now = told.get(key);
			told.delete(key);
			const tell = (what: string, theirs: unknown, ours: unknown) =>
				differences.push(`${frequency} ${key} ${what}: ${String(theirs)}, not ${String(ours)}`);
			if (!now) {
				tell('is there', 'nothing', parts.length);
				continue;
			}
			const [way, under] = [wayOf(indicator, 'numerator'), wayOf(indicator, 'denominator')];
			const last = parts.toSorted((a, b) => a.starts_on.localeCompare(b.starts_on)).at(-1);
			if (now.parts !== parts.length) tell('parts', now.parts, parts.length);
			const factor = kinds.find((one) => one.indicator === indicator)?.factor ?? 1;
			if (
				way === 'neither' ||
				under === 'neither' ||
				kinds.some((one) => one.indicator === indicator && one.kind === 'statistic')
			) {
				seen.neither++;
				if (now.value !== null || now.hidden !== 'filed_by_itself')
					tell('hidden', now.hidden, 'filed_by_itself');
				continue;
			}
			const hidden =
				way === 'stock' ? last?.hidden : parts.find((one) => one.hidden !== null)?.hidden;
			if (hidden) {
				if (now.value !== null) tell('value', now.value, hidden);
				continue;
			}
			const top =
				way === 'flow' ? sum(parts.map(({ numerator }) => numerator ?? 0)) : (last?.numerator ?? 0);
			const base =
				way === 'flow' && under === 'flow'
					? sum(parts.map(({ denominator }) => denominator ?? 0))
					: (last?.denominator ?? null);
			const value = (top / (base ?? 1)) * factor;
			if (base === 0) continue;
			seen[way === 'flow' ? 'flow' : 'stock']++;
			if (now.value === null || Math.abs(now.value - value) > 0.00006)
				tell('value', now.value, value);
		}
		for (const [key] of told) differences.push(`${frequency} ${key} is there`);
	}
	expect(differences).toEqual([]);
	// Or it compared nothing of a kind.
	for (const way of ['flow', 'stock', 'neither'] as const) expect(seen[way]).toBeGreaterThan(100);
}, 300_000);
