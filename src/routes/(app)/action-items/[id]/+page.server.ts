import { effect } from '#lib/action-items/effect.ts';
import { acceptForm, reasonForm, reportForm } from '#lib/action-items/forms.ts';
import { may } from '#lib/kernel/may.ts';
import { firstDay, monthsBefore } from '#lib/kernel/period.ts';
import * as actionItems from '#lib/server/action-items.ts';
import type { ActionItem } from '#lib/action-items/action-item.ts';
import { act } from '#lib/server/http/act.ts';
import * as links from '#lib/server/links.ts';
import * as sharing from '#lib/server/sharing.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const item = await actionItems.read(locals.db, params.id);
	const decidedOn = date(item.resolution.decided_at ?? item.assigned_at);
	const since = monthsBefore(item.baseline_period ? firstDay(item.baseline_period) : decidedOn, 12);
	const about =
		item.about_type && item.about_id ? [{ type: item.about_type, id: item.about_id }] : [];
	const [history, linked, [subject], series] = await Promise.all([
		actionItems.history(locals.db, params.id),
		links.of(locals.db, item.council_id, 'action_item', params.id),
		links.subjects(locals.db, about),
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
		links: linked,
		subject: subject ?? null,
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
	report: act({
		name: 'report',
		schema: reportForm,
		does: (form, { locals, params }, sent) =>
			actionItems.report(locals.db, params.id, form, sent.get('file')),
		done: (_, { done }, { params }) =>
			`/action-items/${params.id}?done=${done ? 'report' : 'progress'}`
	}),
	accept: act({
		name: 'accept',
		schema: acceptForm,
		does: ({ note }, { locals, params }) => actionItems.accept(locals.db, params.id, note)
	}),
	sendBack: act({
		name: 'sendBack',
		schema: reasonForm,
		does: ({ reason }, { locals, params }) => actionItems.sendBack(locals.db, params.id, reason)
	}),
	cancel: act({
		name: 'cancel',
		schema: reasonForm,
		does: ({ reason }, { locals, params }) => actionItems.cancel(locals.db, params.id, reason)
	})
};

/** What the page offers; the database decides anew what is allowed. */
function rights(item: ActionItem, { acting }: App.Locals) {
	const accountable = acting?.organisation_id === item.accountable_id;
	const accepting = acting?.organisation_id === item.accepting_id;
	const open = item.status === 'assigned' || item.status === 'in_progress';
	return {
		readHistory: accountable || accepting || acting?.organisation_id === item.council.convener_id,
		report: open && accountable && may(acting, 'reporter', 'admin'),
		decide: item.status === 'reported' && accepting && may(acting, 'reviewer', 'delegate', 'admin'),
		cancel: Boolean(acting?.secretariat) && (open || item.status === 'reported')
	};
}
