import type { Section } from './address.ts';
import { worstFirst } from './distance.ts';
import { heatLines, kindMaps, type HeatLine, type KindMap } from './heat.ts';
import { loopOf, type Loop } from './loop.ts';
import type { ChainLink, OverviewAnswer, OverviewRow } from './overview.ts';
import { sinceMeeting, type SinceMeeting } from './since.ts';
import { byHeight, FITS, inParts } from './turning.ts';

export interface Picture extends Omit<OverviewAnswer, 'figures' | 'chosen'> {
	/** With a target, the farthest from it first; and without one. */
	aimed: OverviewRow[];
	others: OverviewRow[];
	loop: Loop;
	/** Since the last meeting; null before the first. */
	since: SinceMeeting | null;
	/** The indicator drawn over time, and all that could be. */
	chosen: OverviewRow | undefined;
	drawable: OverviewRow[];
	maps: KindMap[];
	/** Whether the reader may read every organisation. */
	readsAll: boolean;
	/** Sections that do not fit on a screen, in the parts that do. */
	parts: {
		districts: HeatLine[][];
		organisations: KindMap[][];
		decisions: ChainLink[][];
	} & Partial<Record<Section, unknown[]>>;
}

/** The whole picture, shaped for drawing. */
export function pictureOf(
	answer: Omit<OverviewAnswer, 'figures'> & { rows: OverviewRow[] },
	today: string
): Picture {
	const { rows, resolutions, meeting, regions, districts, organisations } = answer;
	const since = meeting && sinceMeeting(rows, resolutions, meeting);
	const drawable = new Set(districts.map(({ code }) => code));
	const maps = kindMaps(rows, organisations, answer.cells);
	return {
		...answer,
		aimed: worstFirst(rows.filter((row) => row.aim)),
		others: rows.filter((row) => !row.aim),
		loop: loopOf(answer.filings, answer.parties, rows, resolutions, today),
		since,
		chosen: rows.find((row) => row.code === answer.chosen),
		drawable: rows.filter(({ code }) => drawable.has(code)),
		maps,
		readsAll: organisations.every(({ readable }) => readable),
		parts: {
			districts: inParts(
				heatLines(
					rows,
					regions.map(({ code }) => code),
					districts
				),
				FITS.lines
			),
			organisations: maps.flatMap((map) =>
				inParts(map.lines, FITS.lines).map((lines) => [{ ...map, lines }])
			),
			decisions: byHeight(resolutions, ({ tasks }) => Math.max(1.5, tasks.length), FITS.tasks)
		}
	};
}
