const steps: Record<string, [down: number, right: number]> = {
	ArrowDown: [1, 0],
	ArrowUp: [-1, 0],
	ArrowRight: [0, 1],
	ArrowLeft: [0, -1]
};

/**
 * Lets the arrows lead through the cells of a table, of which the tab key then stops at one: hundreds of links are no way
 * to the end of a page. Without scripts every link is reached by itself.
 */
export function moves(table: HTMLTableElement) {
	const links = () => [...table.querySelectorAll<HTMLAnchorElement>('td a')];
	let current = links()[0];
	for (const link of links()) link.tabIndex = link === current ? 0 : -1;

	function focus(link: HTMLAnchorElement) {
		if (current) current.tabIndex = -1;
		current = link;
		link.tabIndex = 0;
		link.focus();
	}

	function pressed(event: KeyboardEvent) {
		const step = steps[event.key];
		const cell = event.target instanceof Element ? event.target.closest('td') : null;
		if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
		const row = cell.closest('tr')!;
		const at = [...row.cells].indexOf(cell);
		const rows = [...(row.parentElement as HTMLTableSectionElement).rows];
		const next = rows[rows.indexOf(row) + step[0]]?.cells[at + step[1]]?.querySelector('a');
		// The keys are the table's as long as one is in it, also at its edge.
		event.preventDefault();
		event.stopPropagation();
		if (next && next.closest('td')) focus(next);
	}

	table.addEventListener('keydown', pressed);
	return () => table.removeEventListener('keydown', pressed);
}
