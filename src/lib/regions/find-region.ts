import { nameParams, type DatedRegion } from '#lib/datasets/dataset.ts';
import { plainName } from '#lib/sheets/match-columns.ts';
import type { Finding } from '#lib/sheets/table.ts';

/** A region above those that are filed for. */
export type Superior = Pick<DatedRegion, 'code' | 'name_zh'>;

export type RegionFound = { code: string } | Finding;

const TOTAL =
	/^(全[国省市区县])?(合计|总计|小计|总数|共计|全市|全区|total|grandtotal|subtotal|sum)$/i;
/** A code with a name before or after it, in brackets or not. */
const CODE = /^(\D*?)(?<!\d)(\d{6,12})(?!\d)(.*)$/s;
/** Spreadsheets show long numbers so, and a CSV keeps only what is shown. */
const ROUNDED = /^\d(\.\d+)?e\+?\d{1,2}$/i;

/**
 * Looks regions up by code or by name, inside one jurisdiction and at one date. A withdrawn code is answered with the
 * one that replaced it, a name that several regions share with a question.
 * @param regions every region of the level that may be meant, the withdrawn ones and those outside too
 * @param jurisdiction the code prefix inside which the organisation files
 * @param day ISO date of the period's first day
 * @param superiors what the regions lie in, so that 上海市浦东新区 is known too
 */
export function regionFinder(
	regions: Iterable<DatedRegion>,
	jurisdiction: string,
	day: string,
	superiors: Superior[] = []
) {
	const byCode = new Map<string, DatedRegion>();
	const byName = new Map<string, DatedRegion[]>();
	const add = (name: string | null, region: DatedRegion) => {
		if (!name) return;
		const same = byName.get(plainName(name));
		if (!same) byName.set(plainName(name), [region]);
		else if (!same.includes(region)) same.push(region);
	};
	for (const region of regions) {
		byCode.set(region.code, region);
		if (!region.code.startsWith(jurisdiction)) continue;
		add(region.name_zh, region);
		add(region.name_en, region);
		const short = region.name_zh.replace(/(新区|自治县|街道|地区|区|县|市|镇|乡)$/, '');
		if (short.length >= 2) add(short, region);
	}
	const known = new Map<string, RegionFound>();
	const names = new Map(superiors.map(({ code, name_zh }) => [code, plainName(name_zh)]));
	/** Whether a text names superiors of a region from the highest down, each in full or short, and nothing else. */
	const leadsTo = (text: string, code: string): boolean => {
		let rest = text;
		for (const length of [2, 4, 6]) {
			const name = length < code.length ? names.get(code.slice(0, length)) : undefined;
			if (!name) continue;
			const short = name.replace(/(省|市|自治区|自治州|地区|盟|新区|区|县)$/, '');
			if (rest.startsWith(name)) rest = rest.slice(name.length);
			else if (short.length >= 2 && rest.startsWith(short)) rest = rest.slice(short.length);
		}
		return rest === '';
	};
	/** The regions of a name, with or without those above them before it. */
	const namedBy = (name: string): DatedRegion[] => {
		const found = byName.get(name);
		if (found) return found;
		for (let cut = 2; cut < name.length - 1; cut++) {
			const within = byName
				.get(name.slice(cut))
				?.filter(({ code }) => leadsTo(name.slice(0, cut), code));
			if (within?.length) return within;
		}
		return [];
	};
	const holds = ({ valid_to }: DatedRegion) => valid_to === null || valid_to > day;

	const judge = (region: DatedRegion): RegionFound => {
		if (!holds(region)) {
			const next = region.replaced_by ? byCode.get(region.replaced_by) : undefined;
			const params = {
				code: region.code,
				...nameParams('name', {
					name_zh: region.name_zh,
					name_en: region.name_en ?? region.name_zh
				})
			};
			return next
				? {
						rule: 'withdrawn_region',
						params: { ...params, next: next.code, next_name: next.name_zh }
					}
				: { rule: 'withdrawn_region_without_next', params };
		}
		return region.code.startsWith(jurisdiction)
			? { code: region.code }
			: { rule: 'region_outside', params: { code: region.code, name: region.name_zh } };
	};

	const look = (text: string): RegionFound => {
		// Spreadsheets mark numbers that are text with an apostrophe.
		const typed = text.normalize('NFKC').trim().replace(/^'/, '').replace(/\.0+$/, '');
		const [, before = '', code = '', after = ''] = CODE.exec(typed) ?? [];
		const beside = plainName(`${before}${after}`.replace(/[()[\]]/g, ' '));
		if (code) {
			// National tables pad county codes to 12 digits.
			const region =
				byCode.get(code) ??
				(/^\d{6}0{3}(0{3})?$/.test(code) ? byCode.get(code.slice(0, 6)) : undefined) ??
				(/^\d{9}000$/.test(code) ? byCode.get(code.slice(0, 9)) : undefined);
			const own = [region?.name_zh, region?.name_en].map((name) => plainName(name ?? ''));
			const meant = namedBy(beside);
			const named = beside === '' || own.includes(beside) || meant.length > 0;
			if (!region || !named)
				return {
					rule: named && !code.startsWith(jurisdiction) ? 'region_outside' : 'unknown_region',
					params: { code, name: '' }
				};
			const same = beside === '' || own.includes(beside) || meant.includes(region);
			return same
				? judge(region)
				: { rule: 'region_code_and_name_differ', params: { code: region.code } };
		}
		if (ROUNDED.test(typed)) return { rule: 'rounded_code', params: {} };
		if (TOTAL.test(plainName(typed))) return { rule: 'total_row', params: {} };
		const named = namedBy(plainName(typed));
		const holding = named.filter(holds);
		const [only, second] = holding.length ? holding : named;
		if (!only) return { rule: 'unknown_region', params: {} };
		if (second)
			return {
				rule: 'ambiguous_region',
				params: { codes: holding.map((region) => region.code).join('、') }
			};
		return judge(only);
	};

	const holding = [...byCode.values()].filter(
		(region) => region.code.startsWith(jurisdiction) && holds(region)
	);
	return {
		/** The one region there is, for an office that files for itself only. */
		only: holding.length === 1 ? (holding[0]?.code ?? null) : null,
		find(text: string): RegionFound {
			let found = known.get(text);
			if (!found) {
				found = look(text);
				known.set(text, found);
			}
			return found;
		}
	};
}
