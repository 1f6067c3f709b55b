import { verbs, type Verb } from './acts.ts';

export interface AuditFilter {
	verb: Verb | null;
	organisation: string | null;
	/** First and last day, in the council's time zone. */
	since: string | null;
	until: string | null;
}

/** The filter in an address; what is no value of its kind is left out, so that it never reaches a query. */
export function auditFilter(parameters: URLSearchParams): AuditFilter {
	const matching = (name: string, shape: RegExp) => {
		const value = parameters.get(name) ?? '';
		return shape.test(value) ? value : null;
	};
	return {
		verb: verbs.find((verb) => verb === parameters.get('verb')) ?? null,
		organisation: matching('organisation', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
		since: day(parameters.get('since')),
		until: day(parameters.get('until'))
	};
}

function day(value: string | null): string | null {
	const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value ?? '');
	if (!found) return null;
	const date = new Date(`${found[0]}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found[0]) ? found[0] : null;
}
