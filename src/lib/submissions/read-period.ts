const CHINESE = new Map([...'一二三四'].map((sign, i) => [sign, i + 1]));

/** A period as people write it, in our form (2026-03, 2026-Q1, 2026-H1, 2026), or null. */
export function readPeriod(text: string): string | null {
	const typed = text.normalize('NFKC').trim().toUpperCase().replace(/\s+/g, '');
	const month =
		/^(\d{4})[-/.年](\d{1,2})月?$/.exec(typed) ??
		/^(\d{4})(\d{2})$/.exec(typed) ??
		// A workbook turns 2026-03 into the first day of the month.
		/^(\d{4})[-/.年](\d{1,2})[-/.月]0?1日?$/.exec(typed);
	if (month) {
		const number = Number(month[2]);
		return number >= 1 && number <= 12
			? `${month[1] ?? ''}-${String(number).padStart(2, '0')}`
			: null;
	}
	const quarter = /^(\d{4})[-/年]?(?:Q([1-4])|第?([一二三四1-4])季度?)$/.exec(typed);
	if (quarter) {
		const sign = quarter[2] ?? quarter[3] ?? '';
		return `${quarter[1] ?? ''}-Q${CHINESE.get(sign) ?? sign}`;
	}
	const half = /^(\d{4})[-/年]?(?:H([12])|([上下])半年)$/.exec(typed);
	if (half) return `${half[1] ?? ''}-H${half[2] ?? (half[3] === '上' ? 1 : 2)}`;
	const year = /^(\d{4})年?$/.exec(typed);
	return year ? (year[1] ?? null) : null;
}
