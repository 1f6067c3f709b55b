/** Years in which somebody owes figures although no holidays are known: their days off were not counted out. */
export function missingYears(dueDates: string[], known: number[]): number[] {
	const years = new Set(dueDates.map((day) => Number(day.slice(0, 4))));
	return [...years].filter((year) => !known.includes(year)).sort();
}
