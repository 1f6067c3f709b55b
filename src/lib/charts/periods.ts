/** The period after this one, of the same length: `2026-12` → `2027-01`, `2026-Q4` → `2027-Q1`. */
export function nextPeriod(code: string): string {
	const [year, part] = code.split('-');
	const next = String(Number(year) + 1);
	if (!part) return next;
	const letter = /^[QH]/.exec(part)?.[0] ?? '';
	const number = Number(part.slice(letter.length));
	const last = letter === 'Q' ? 4 : letter === 'H' ? 2 : 12;
	const width = letter ? 1 : 2;
	return number >= last
		? `${next}-${letter}${'1'.padStart(width, '0')}`
		: `${year}-${letter}${String(number + 1).padStart(width, '0')}`;
}

/** Every period from the first to the last, so that one nobody filed shows as a gap. */
export function continuous(codes: string[]): string[] {
	const known = [...new Set(codes)].sort();
	const last = known.at(-1);
	if (!known[0] || !last) return [];
	const all = [known[0]];
	// Mixed lengths never meet; 600 periods are fifty years of months.
	while (all.at(-1)! < last && all.length < 600) all.push(nextPeriod(all.at(-1)!));
	return all.at(-1) === last ? all : known;
}
