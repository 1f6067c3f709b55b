export interface Tile {
	code: string;
	column: number;
	row: number;
}

/** Shanghai's districts roughly where they lie: [column, row] by GB/T 2260 code. */
const SHANGHAI: Record<string, [number, number]> = {
	'310151': [3, 0],
	'310114': [1, 1],
	'310113': [2, 1],
	'310110': [3, 1],
	'310107': [1, 2],
	'310106': [2, 2],
	'310109': [3, 2],
	'310118': [0, 3],
	'310105': [1, 3],
	'310104': [2, 3],
	'310101': [3, 3],
	'310115': [4, 3],
	'310117': [1, 4],
	'310112': [2, 4],
	'310116': [1, 5],
	'310120': [2, 5]
};

/** How many tiles stand in a row where no layout was laid by hand. */
const COLUMNS = 6;

/** A place for every region: laid by hand where someone did, else in the order of their codes. */
export function tiles(codes: string[]): Tile[] {
	if (codes.every((code) => code in SHANGHAI))
		return codes.map((code) => {
			const [column, row] = SHANGHAI[code]!;
			return { code, column, row };
		});
	return codes.toSorted().map((code, index) => ({
		code,
		column: index % COLUMNS,
		row: Math.floor(index / COLUMNS)
	}));
}

/** A name short enough for a tile: 浦东新区 → 浦东, 崇明区 → 崇明, Pudong New Area → Pudong. */
export function shortName(name: string): string {
	const english = name.replace(/ (New Area|District|County|City)$/, '');
	if (english !== name) return english;
	const short = name.replace(/(?:新区|自治县|自治州|地区|区|县|市|盟|旗|省)$/, '');
	return short.length > 1 ? short : name;
}
