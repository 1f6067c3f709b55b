import { monthsBefore, periodOr } from '#lib/kernel/period.ts';

/** The choices of an indicator page, as its address says them. */
export interface PageView {
	/** A county's code, or null for the council's whole region. */
	region: string | null;
	/** The period asked for, or null for the newest. */
	period: string | null;
	/** Longer periods than the filed ones, or null. */
	frequency: string | null;
	months: number;
	/** Organisations shown as lines of their own. */
	compare: string[];
}

export const WINDOWS = [13, 25, 61];
const DEFAULT = 25;
/** The frequencies that are computed from shorter ones. */
export const LONGER = ['quarter', 'half_year', 'year'];
const COMPARED = 5;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The view an address asks for; what makes no sense is left out. */
export function pageView(url: URL): PageView {
	const region = url.searchParams.get('region') ?? '';
	const frequency = url.searchParams.get('frequency') ?? '';
	const months = Number(url.searchParams.get('months'));
	return {
		region: /^\d{6}$/.test(region) ? region : null,
		period: periodOr(url.searchParams.get('period')),
		frequency: LONGER.includes(frequency) ? frequency : null,
		months: WINDOWS.includes(months) ? months : DEFAULT,
		compare: [...new Set(url.searchParams.getAll('compare'))]
			.filter((id) => ID.test(id))
			.slice(0, COMPARED)
	};
}

/** The address of the same page with another organisation in the comparison, or without it. */
export function toggleCompared(url: URL, id: string): string {
	const parameters = new URLSearchParams(url.searchParams);
	const chosen = parameters.getAll('compare');
	parameters.delete('compare');
	const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
	for (const one of next.slice(-COMPARED)) parameters.append('compare', one);
	const query = parameters.toString();
	return url.pathname + (query ? `?${query}` : '');
}

/** First day of the window of a view. */
export const windowStart = ({ months }: PageView, today: string) => monthsBefore(today, months);
