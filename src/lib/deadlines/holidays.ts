/** Years in which somebody owes figures although no holidays are known: their days off were not counted out. */
export function missingYears(due: number[], known: number[]): number[] {
	return due.filter((year) => !known.includes(year));
}
