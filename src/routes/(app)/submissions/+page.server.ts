import { z } from 'zod';
import { missingYears } from '#lib/deadlines/holidays.ts';
import { listOf } from '#lib/kernel/list.ts';
import { PERIOD } from '#lib/kernel/period.ts';
import { m } from '#lib/paraglide/messages.js';
import { councilOf } from '#lib/server/council-of.ts';
import * as datasets from '#lib/server/datasets.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import * as submissions from '#lib/server/submissions.ts';
import { obligationList } from '#lib/submissions/list.ts';

const period = z.object({
	dataset: z.string().min(1),
	period: z
		.string()
		.trim()
		.regex(PERIOD, { error: () => m.submissions_period_help() })
});

export const load = async ({ locals: { acting, db }, url }) => {
	const list = listOf(url, obligationList);
	const [found, holidayYears, toOpen] = await Promise.all([
		submissions.page(db, list),
		acting?.secretariat ? deadlines.holidayYears(db) : [],
		acting?.secretariat ? datasets.names(db) : []
	]);
	const { years, ...shown } = within(found, list, url);
	return {
		...shown,
		list,
		holidayYears,
		/** Also those of which nothing is owed yet. */
		toOpen,
		missingYears: acting?.secretariat ? missingYears(years, holidayYears) : []
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
