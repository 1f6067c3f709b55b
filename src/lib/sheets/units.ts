/** What may stand behind a measure's name without changing what is counted. */
const UNITS = new Set(
	(
		'人 人次 名 位 个 站·天 件 项 家 户 单 本 份 场 场次 席 条 次 起 笔 宗 例 处 站 台 辆 岁 分 元 人民币 人民币元 rmb cny yuan ￥ ¥ 小时 分钟 天 日 % 百分比 百分点 ‰ ‱ ' +
		'persons person people headcount visits cases case items places organisations provinces cities orders order certificates ' +
		'agreements questionnaires sessions seats records station-days h hours min minutes days years points rank permits vehicles number count percent pp'
	)
		.split(' ')
		.map((unit) => unit.normalize('NFKC'))
);
const RATE = /^([\p{L}·]+\/[\p{L}·]+|per .+|[\p{L} -]+ per .+)$/u;
const LARGE = '(?:十万|百万|千万|百亿|千亿|[百千万亿萬億])';
const NOUN = '(?:元|人次|人|名|个|件|项|家|户|单|本|份|场|次|条|笔|辆|小时|公里)';
/** Ten thousands and their like, as the whole of a text or at the end of a name. */
const OTHER = new RegExp(
	`^((?:人民币)?${LARGE}${NOUN}?|(?:ten |hundred )?(?:thousand|million|billion)s?(?: .*)?|in (?:thousand|million)s?.*|'?000s?|[km])$`,
	'i'
);
const AT_END = new RegExp(`(${LARGE}${NOUN})$`);
const STATED = /(?<![报送管计制位办])单位\s*[:：]\s*([^)）]*)/;

function tidy(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}

/** Whether a text is a unit in which a figure of `own` may be written as it is. */
export function isUnit(text: string, own: string): boolean {
	const unit = tidy(text);
	return (
		UNITS.has(unit) || RATE.test(unit) || (isLarge(own) && (OTHER.test(unit) || /^×10/.test(unit)))
	);
}

function isLarge(own: string): boolean {
	return own.startsWith('ten_thousand') || own.startsWith('hundred_million');
}

/** Whether a text names a unit by which a figure of `own` would be wrong by hundreds or thousands. */
export function isOtherUnit(text: string, own: string): boolean {
	const unit = tidy(text);
	if (OTHER.test(unit)) return !isLarge(own);
	return own !== 'percent' && own !== 'percentage_points' && /^(%|百分比|percent)$/.test(unit);
}

/** The unit in a column's name that is not the measure's: 保费金额（万元）, 在册人数万人. */
export function otherUnitIn(name: string, own: string): string | null {
	const text = name.normalize('NFKC').trim();
	const within = /\(([^()]*)\)\s*$/.exec(text)?.[1];
	if (within !== undefined) return isOtherUnit(within, own) ? within.trim() : null;
	const atEnd = isOtherUnit(text, own) ? text : AT_END.exec(text)?.[1];
	return atEnd !== undefined && isOtherUnit(atEnd, own) ? atEnd : null;
}

/** The unit that a line above a table states for it: 单位：万元. Null where it states none but the usual. */
export function statedUnit(text: string): string | null {
	const stated = STATED.exec(text)?.[1]?.split(/[,，、;；/\s]/) ?? [];
	return stated.find((unit) => OTHER.test(tidy(unit))) ?? null;
}
