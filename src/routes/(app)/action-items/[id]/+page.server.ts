import { fail, redirect } from '@sveltejs/kit';
import { effect } from '#lib/action-items/effect.ts';
import { acceptForm, reasonForm, reportForm } from '#lib/action-items/forms.ts';
import { firstDay, monthsBefore } from '#lib/indicators/periods.ts';
import * as actionItems from '#lib/server/action-items.ts';
import type { ActionItem } from '#lib/action-items/action-item.ts';
import { refuse } from '#lib/server/db.ts';
import { readEvidence } from '#lib/server/evidence-file.ts';
import { readForm } from '#lib/server/http/form.ts';
import { sentValues } from '#lib/server/http/sent-values.ts';
import * as sharing from '#lib/server/sharing.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const item = await actionItems.read(locals.db, params.id);
	const decidedOn = date(item.resolution.decided_at ?? item.assigned_at);
	const since = monthsBefore(item.baseline_period ? firstDay(item.baseline_period) : decidedOn, 12);
	const [history, series] = await Promise.all([
		actionItems.history(locals.db, params.id),
		item.indicator
			? sharing.series(locals.db, item.council_id, item.indicator.code, {
					region: item.region_code,
					since
				})
			: []
	]);
	const points = series.filter((row) => row.scope === 'total');
	return {
		item,
		history,
		decidedOn,
		today: date(new Date()),
		series: points,
		effect: item.indicator
			? effect({
					points,
					baselinePeriod: item.baseline_period,
					decidedOn,
					expected: item.expected_value,
					direction: item.indicator.direction
				})
			: null,
		may: rights(item, locals)
	};
};

export const actions = {
	report: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(reportForm, sent);
		if (!form.ok) return fail(400, { at: 'report', values, errors: form.errors });
		const evidence = await readEvidence(sent.get('file'));
		if ('refusal' in evidence) {
			const refused = refuse(evidence.refusal);
			return fail(refused.status, { ...refused.data, at: 'report', values });
		}
		try {
			await actionItems.report(locals.db, params.id, form.data, evidence.file);
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, at: 'report', values });
		}
		redirect(303, `/action-items/${params.id}?done=${form.data.done ? 'reported' : 'progress'}`);
	},

	accept: async ({ locals, params, request }) => {
		const form = readForm(acceptForm, await request.formData());
		if (!form.ok) return fail(400, { at: 'accept', errors: form.errors });
		try {
			await actionItems.accept(locals.db, params.id, form.data.note);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/action-items/${params.id}?done=accepted`);
	},

	sendBack: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const form = readForm(reasonForm, sent);
		if (!form.ok)
			return fail(400, { at: 'sendBack', values: sentValues(sent), errors: form.errors });
		try {
			await actionItems.sendBack(locals.db, params.id, form.data.reason);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/action-items/${params.id}?done=sentBack`);
	},

	cancel: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const form = readForm(reasonForm, sent);
		if (!form.ok) return fail(400, { at: 'cancel', values: sentValues(sent), errors: form.errors });
		try {
			await actionItems.cancel(locals.db, params.id, form.data.reason);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/action-items/${params.id}?done=cancelled`);
	}
};

/** What the page offers; the database decides anew what is allowed. */
function rights(item: ActionItem, { acting }: App.Locals) {
	const holds = (...wanted: string[]) => wanted.some((role) => acting?.roles.includes(role));
	const accountable = acting?.organisation_id === item.accountable_id;
	const accepting = acting?.organisation_id === item.accepting_id;
	const open = item.status === 'assigned' || item.status === 'in_progress';
	return {
		readHistory: accountable || accepting || acting?.organisation_id === item.council.convener_id,
		report: open && accountable && holds('reporter', 'admin'),
		decide: item.status === 'reported' && accepting && holds('reviewer', 'delegate', 'admin'),
		cancel: Boolean(acting?.secretariat) && (open || item.status === 'reported')
	};
}
