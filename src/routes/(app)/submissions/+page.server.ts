import { councilOf } from '#lib/server/council-of.ts';
import { may } from '#lib/identity/may.ts';
import { z } from 'zod';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { missingYears } from '#lib/deadlines/holidays.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { act } from '#lib/server/http/act.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Obligation } from '#lib/submissions/obligation.ts';
import { completeness } from '#lib/completeness/completeness.ts';
import { filingStates, isToCorrect } from '#lib/submissions/states.ts';
import { pageOf, sorted, sortOf } from '#lib/ui/table.ts';

const unfiled = ['open', 'due_soon', 'overdue'];
const pageSize = 50;

const period = z.object({
	dataset: z.string().min(1),
	period: z
		.string()
		.trim()
		.regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$/, { error: () => m.submissions_period_help() })
});

export const load = async ({ locals, url }) => {
	const { acting, db } = locals;
	const [{ obligations: all, contests, requests }, holidayYears] = await Promise.all([
		submissions.page(db),
		acting?.secretariat ? deadlines.holidayYears(db) : []
	]);
	const own = all.filter((one) => one.organisation_id === acting?.organisation_id);

	const state = url.searchParams.get('state');
	const dataset = url.searchParams.get('dataset');
	const organisation = url.searchParams.get('organisation');
	const chosen = all.filter(
		(one) =>
			(!state || one.state === state) &&
			(!dataset || one.dataset_code === dataset) &&
			(!organisation || one.organisation_id === organisation)
	);
	const pages = Math.max(1, Math.ceil(chosen.length / pageSize));
	const page = Math.min(pageOf(url), pages);
	return {
		waiting: may(acting, 'reporter')
			? own.filter(({ state }) => unfiled.includes(state) || isToCorrect(state)).toReversed()
			: [],
		requests,
		holidayYears,
		missingYears: acting?.secretariat
			? missingYears(
					all.map(({ due_on }) => due_on),
					holidayYears
				)
			: [],
		obligations: ordered(chosen, url).slice((page - 1) * pageSize, page * pageSize),
		page,
		pageSize,
		count: chosen.length,
		contests,
		completeness: completeness(chosen),
		datasets: distinct(all, (one) => one.dataset_code),
		organisations: distinct(all, (one) => one.organisation_id)
	};
};

export const actions = {
	open: act({
		name: 'open',
		schema: period,
		does: ({ dataset, period }, { locals: { db, acting } }) =>
			submissions.openPeriod(db, councilOf(acting), dataset, period),
		done: null
	})
};

/** As `?sort=` asks for it, by what the page shows; without it the newest period first. */
function ordered(chosen: Obligation[], url: URL): Obligation[] {
	const columns = ['organisation', 'period', 'due', 'state'].map((key) => ({
		key,
		sortable: true
	}));
	return sorted(
		chosen,
		sortOf(url, columns),
		(one, key) => {
			if (key === 'organisation')
				return getLocale() === 'en' ? one.organisation_en : one.organisation_zh;
			if (key === 'due') return one.due_on;
			return key === 'state' ? filingStates[one.state].word() : one.period;
		},
		getLocale()
	);
}

function distinct(all: Obligation[], key: (one: Obligation) => string): Obligation[] {
	return [...new Map(all.map((one) => [key(one), one])).values()];
}
