import { may } from '#lib/kernel/may.ts';
import { z } from 'zod';
import { history } from '#lib/deadlines/history.ts';
import { nameOf } from '#lib/kernel/language.ts';
import { reason } from '#lib/kernel/reason.ts';
import { rowId } from '#lib/kernel/row-id.ts';
import { m } from '#lib/paraglide/messages.js';
import * as deadlines from '#lib/server/deadlines.ts';
import { act } from '#lib/server/http/act.ts';

export const load = async ({ locals, params }) => {
	const { acting, db } = locals;
	const found = await deadlines.page(db, params.id);
	const { obligation, names } = found;
	const excused = obligation.state === 'excused';
	const open = found.requests.find(({ status }) => status === 'open' && !excused) ?? null;
	const files =
		obligation.organisation_id === acting?.organisation_id && may(acting, 'reporter', 'admin');
	const filed = ['submitted', 'accepted'].includes(obligation.state);
	return {
		obligation,
		open,
		files,
		mayAsk: files && !open && !filed && !excused,
		mayDecide: found.waiting.some((id) => id === open?.id),
		mayExcuse: deadlines.excuses(acting, found) && !filed,
		excusedByAnother:
			(acting?.secretariat ?? false) &&
			obligation.organisation_id === acting?.organisation_id &&
			!filed &&
			!excused,
		history: history(found, (id) => {
			const named = id ? names[id] : undefined;
			return named ? nameOf(named) : '';
		})
	};
};

const day = z.iso.date({ error: () => m.deadlines_date_needed() });
const why = reason(1000);

const asking = z.object({ wished: day, reason: why });
const approving = z.object({
	request: rowId,
	due: day,
	note: z.string().trim().max(1000).default('')
});
const declining = z.object({ request: rowId, reason: why });
const withdrawing = z.object({ request: rowId });
const excusing = z.object({ reason: why });

export const actions = {
	ask: act({
		name: 'ask',
		schema: asking,
		does: ({ wished, reason }, { locals, params }) =>
			deadlines.request(locals.db, params.id, wished, reason)
	}),
	withdraw: act({
		name: 'withdraw',
		schema: withdrawing,
		does: ({ request }, { locals }) => deadlines.withdraw(locals.db, request)
	}),
	approve: act({
		name: 'approve',
		schema: approving,
		does: ({ request, due, note }, { locals }) =>
			deadlines.approve(locals.db, request, due, note || null)
	}),
	decline: act({
		name: 'decline',
		schema: declining,
		does: ({ request, reason }, { locals }) => deadlines.decline(locals.db, request, reason)
	}),
	excuse: act({
		name: 'excuse',
		schema: excusing,
		does: ({ reason }, { locals, params }) => deadlines.excuse(locals.db, params.id, reason)
	}),
	end: act({
		name: 'end',
		schema: excusing,
		does: ({ reason }, { locals, params }) => deadlines.endExcuse(locals.db, params.id, reason)
	})
};
