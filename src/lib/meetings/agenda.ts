import type { AgendaItem, LiveFigure, Meeting, Resolution } from '#lib/meetings/meeting.ts';
import { holds } from '#lib/indicators/target-status.ts';
import {
	changedSince,
	frozenHeadline,
	frozenSeries,
	revisedSince,
	type FrozenFigure,
	type FrozenTarget
} from './snapshot.ts';

/** An agenda item with the figure it is about: as frozen when the meeting opened, and as it is now. */
export interface AgendaView extends AgendaItem {
	/** Null before the meeting has opened, or where the snapshot holds no figure of it. */
	frozen: FrozenFigure | null;
	/** The newest finished period, else the newest. */
	now: LiveFigure | null;
	/** Newer than what leads the item, and unfinished: as frozen, before that as it is now. */
	later: {
		period: string;
		value: number | null;
		hidden: string | null;
		contributors: number | null;
		expected: number | null;
	}[];
	target: FrozenTarget | null;
	/** Up to twelve periods for a small line, the frozen ones where there are any. */
	trend: (number | null)[];
	/** Frozen periods that were revised later, and when. */
	revised: { period: string; revised_at: string }[];
	/** Other frozen periods to which filings were added later. */
	completed: string[];
	resolutions: Resolution[];
}

/** Puts a meeting's agenda together. */
export function agendaView(
	meeting: Pick<Meeting, 'agenda' | 'resolutions' | 'snapshot' | 'facts'> & {
		live: Record<string, LiveFigure[]>;
		revised: Record<string, { period: string; revised_at: string }[]>;
	}
): AgendaView[] {
	const { snapshot, live, revised: revisions } = meeting;
	return meeting.agenda.map((item) => {
		const code = item.indicator_code;
		const region = item.region_code ?? meeting.facts.council.region_code;
		const series = live[item.id] ?? [];
		const frozen = snapshot && code ? frozenSeries(snapshot, code, region) : [];
		const revised =
			snapshot && code ? revisedSince(snapshot, code, region, revisions[item.id] ?? []) : [];
		const targets = snapshot?.content.targets ?? [];
		const headline = snapshot && code ? frozenHeadline(snapshot, code, region) : null;
		const now = series.findLast((figure) => figure.finished) ?? series.at(-1) ?? null;
		const lead = headline ?? now;
		const known = frozen.length ? frozen : series;
		return {
			...item,
			frozen: headline,
			now,
			later: known.filter(
				(figure) => lead && figure.period > lead.period && figure.finished === false
			),
			target: lead
				? (targets
						.filter(
							(one) =>
								one.indicator === code && one.region === region && holds(one.period, lead.period)
						)
						.toSorted((a, b) => b.period.length - a.period.length)[0] ?? null)
				: null,
			trend: known
				.filter((figure) => figure.finished !== false)
				.slice(-12)
				.map((figure) => figure.value),
			revised,
			completed:
				snapshot && code
					? changedSince(snapshot, code, region, series).filter(
							(period) => !revised.some((one) => one.period === period)
						)
					: [],
			resolutions: meeting.resolutions.filter((one) => one.agenda_item_id === item.id)
		};
	});
}
