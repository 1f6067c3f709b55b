import { acceptForm, reasonForm, reportForm } from '#lib/action-items/forms.ts';
import { may } from '#lib/kernel/may.ts';
import * as actionItems from '#lib/server/action-items.ts';
import type { ActionItem } from '#lib/action-items/action-item.ts';
import { act } from '#lib/server/http/act.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const { interest, ...read } = await actionItems.read(locals.db, params.id);
	return {
		...read,
		today: date(new Date()),
		may: rights(read.item, locals),
		/** Why somebody who could decide may not. */
		interest: interest && refusalText(interest)
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
