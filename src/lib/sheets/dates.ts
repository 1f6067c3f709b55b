const NUMERIC_DATE = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}.*)?$/;

/**
 * True for dates such as 02/01/2014, which mean January in one country and February in another. 31/12/2012,
 * 2014-01-02, 2.1.2014 and 2014年1月2日 mean one day only.
 */
export function isAmbiguousDate(text: string): boolean {
	const found = NUMERIC_DATE.exec(text);
	if (!found) return false;
	const [first, second, year] = [Number(found[1]), Number(found[3]), found[4] ?? ''];
	if (first < 1 || second < 1 || first > 31 || second > 31 || (first > 12 && second > 12))
		return false;
	if (year.length === 2) return true;
	return first <= 12 && second <= 12 && first !== second;
}
