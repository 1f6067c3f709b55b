const DIGITS = new Map([...'零一二三四五六七八九'].map((sign, i) => [sign, String(i)]));
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const NAMES =
	'JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?';
const NAMED = new RegExp(`^(?:(${NAMES})[-/.,]?(\\d{4})|(\\d{4})[-/.]?(${NAMES}))$`);
/** Spans of months that have a name of their own. */
const SPANS = new Map([
	['1-3', 'Q1'],
	['4-6', 'Q2'],
	['7-9', 'Q3'],
	['10-12', 'Q4'],
	['1-6', 'H1'],
	['7-12', 'H2']
]);

/**
 * A period as people write it, in our form (2026-03, 2026-Q1, 2026-H1, 2026), or null. A month may come as its first or
 * last day, as spreadsheets make it; 26-Mar is a day or a year and so is nothing.
 */
export function readPeriod(text: string): string | null {
	const typed = inDigits(
		text
			.normalize('NFKC')
			.replace(/\p{Cf}/gu, '')
			.trim()
			.toUpperCase()
	)
		.replace(/[T ]\s*0{1,2}:00(:00(\.0+)?)?Z?$/, '')
		.replace(/\s+/g, '')
		.replace(/月份$/, '月');
	const day =
		/^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed) ??
		/^(\d{4})()(\d{2})(\d{2})$/.exec(typed);
	if (day) {
		const [year, month, date] = [Number(day[1]), Number(day[3]), Number(day[4])];
		const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
		return date === 1 || date === last ? monthOf(String(year), month) : null;
	}
	const month = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(typed) ?? /^(\d{4})(\d{2})$/.exec(typed);
	if (month) return monthOf(month[1], Number(month[2]));
	const turned = /^(\d{1,2})[-/.](\d{4})$/.exec(typed);
	if (turned) return monthOf(turned[2], Number(turned[1]));
	const named = NAMED.exec(typed);
	if (named)
		return monthOf(
			named[2] ?? named[3],
			MONTHS.indexOf((named[1] ?? named[4] ?? '').slice(0, 3)) + 1
		);
	const quarter =
		/^(\d{4})[-/年]?(?:Q([1-4])|第?([1-4])季度?)$/.exec(typed) ??
		/^(?:Q([1-4])|([1-4])Q)[-/]?(\d{4})$/.exec(typed);
	if (quarter) {
		const parts = quarter.slice(1).filter(Boolean);
		const year = parts.find((part) => part.length === 4) ?? '';
		return `${year}-Q${parts.find((part) => part.length === 1) ?? ''}`;
	}
	const span = /^(\d{4})年(\d{1,2})月?[-–—~至到](\d{1,2})月$/.exec(typed);
	if (span) {
		const months = `${Number(span[2])}-${Number(span[3])}`;
		if (months === '1-12') return span[1] ?? null;
		const name = SPANS.get(months);
		return name ? `${span[1] ?? ''}-${name}` : null;
	}
	const half = /^(\d{4})[-/年]?(?:H([12])|([上下])半年)$/.exec(typed);
	if (half) return `${half[1] ?? ''}-H${half[2] ?? (half[3] === '上' ? 1 : 2)}`;
	const year = /^(\d{4})(年度?|全年|年全年)?$/.exec(typed);
	return year ? (year[1] ?? null) : null;
}

function monthOf(year: string | undefined, month: number): string | null {
	return month >= 1 && month <= 12 ? `${year ?? ''}-${String(month).padStart(2, '0')}` : null;
}

/** 二〇二六年十二月 → 2026年12月. */
function inDigits(text: string): string {
	return text
		.replace(/[〇○]/g, '零')
		.replace(/十([一二])(?=月)/, '1$1')
		.replace(/十(?=月)/, '10')
		.replace(/[零一二三四五六七八九]/g, (sign) => DIGITS.get(sign) ?? sign);
}
