interface Flag {
	/** Place of the flag in pixels, and width of its words. */
	at: number;
	room: number;
}

interface Placed {
	/** Where the words begin. */
	from: number;
	/** 0 beside the mark; words that would touch others move further away, one step a lane. */
	lane: number;
}

const GAP = 4;

/**
 * Places the words of flags on an axis: to the right, or to the left where the edge is near, and further from
 * the axis where neither has room.
 * @param right distance of words to the right of their flag
 * @param left the same to the left
 */
export function lanes(
	flags: Flag[],
	right: number,
	left: number,
	[min, max]: [number, number]
): Placed[] {
	const placed: (Placed & { to: number })[] = [];
	for (const { at, room } of flags) {
		const beside = [at + right, at - left - room].filter(
			(from) => from >= min && from + room <= max
		);
		const within = Math.max(min, Math.min(at, max - room));
		const free = (from: number, lane: number) =>
			placed.every(
				(other) => other.lane !== lane || from >= other.to + GAP || from + room + GAP <= other.from
			);
		let lane = 0;
		let from = beside.find((one) => free(one, 0));
		while (from === undefined) {
			lane += 1;
			from = [...beside, within].find((one) => free(one, lane));
		}
		placed.push({ from, to: from + room, lane });
	}
	return placed.map(({ from, lane }) => ({ from, lane }));
}
