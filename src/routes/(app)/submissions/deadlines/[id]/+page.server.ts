import { may } from '#lib/identity/may.ts';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { history } from '#lib/deadlines/history.ts';
import { m } from '#lib/paraglide/messages.js';
import { refuse } from '#lib/server/db.ts';
import * as deadlines from '#lib/server/deadlines.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as organisations from '#lib/server/organisations.ts';
import { nameOf } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const { acting, db } = locals;
	const { obligation, decides } = await deadlines.obligation(db, params.id);
	const [recorded, queue, names, excuses] = await Promise.all([
		deadlines.ofObligation(db, obligation.id),
		deadlines.queue(db),
		organisations.organisationNames(db),
		decides && acting ? deadlines.excuses(db, acting, obligation) : false
	]);
	const excused = obligation.state === 'excused';
	const open = recorded.requests.find(({ status }) => status === 'open' && !excused) ?? null;
	const files =
		obligation.organisation_id === acting?.organisation_id && may(acting, 'reporter', 'admin');
	const filed = ['submitted', 'accepted'].includes(obligation.state);
	return {
		obligation,
		open,
		files,
		mayAsk: files && !open && !filed && !excused,
		mayDecide: queue.some(({ id }) => id === open?.id),
		mayExcuse: excuses && !filed,
		excusedByAnother:
			(acting?.secretariat ?? false) &&
			obligation.organisation_id === acting?.organisation_id &&
			!filed &&
			!excused,
		history: history(recorded, (id) => {
			const named = id ? names[id] : undefined;
			return named ? nameOf(named) : '';
		})
	};
};

const reason = z
	.string({ error: () => m.deadlines_reason_needed() })
	.trim()
	.min(5, { error: () => m.deadlines_reason_needed() })
	.max(1000, { error: () => m.deadlines_reason_needed() });
const day = z.iso.date({ error: () => m.deadlines_date_needed() });
const request = z.uuid();

const asking = z.object({ wished: day, reason });
const approving = z.object({ request, due: day, note: z.string().trim().max(1000).default('') });
const declining = z.object({ request, reason });
const withdrawing = z.object({ request });
const excusing = z.object({ reason });

export const actions = {
	ask: (event) =>
		act(event, 'ask', asking, ({ wished, reason }, { locals, params }) =>
			deadlines.request(locals.db, params.id, wished, reason)
		),
	withdraw: (event) =>
		act(event, 'withdraw', withdrawing, ({ request }, { locals }) =>
			deadlines.withdraw(locals.db, request)
		),
	approve: (event) =>
		act(event, 'approve', approving, ({ request, due, note }, { locals }) =>
			deadlines.approve(locals.db, request, due, note || null)
		),
	decline: (event) =>
		act(event, 'decline', declining, ({ request, reason }, { locals }) =>
			deadlines.decline(locals.db, request, reason)
		),
	excuse: (event) =>
		act(event, 'excuse', excusing, ({ reason }, { locals, params }) =>
			deadlines.excuse(locals.db, params.id, reason)
		),
	end: (event) =>
		act(event, 'end', excusing, ({ reason }, { locals, params }) =>
			deadlines.endExcuse(locals.db, params.id, reason)
		)
};

type Event = RequestEvent<{ id: string }>;
type Act = 'ask' | 'withdraw' | 'approve' | 'decline' | 'excuse' | 'end';

/** Reads a form, does what it asks, and shows the page anew; what was typed is kept when it cannot be done. */
async function act<Schema extends z.ZodObject<Record<string, z.ZodType>>>(
	event: Event,
	name: Act,
	schema: Schema,
	does: (data: z.infer<Schema>, event: Event) => Promise<unknown>
) {
	const sent = await event.request.formData();
	const text = (field: string) => {
		const given = sent.get(field);
		return typeof given === 'string' ? given : '';
	};
	const values = Object.fromEntries(
		['wished', 'due', 'reason', 'note'].map((field) => [field, text(field)])
	);
	const form = readForm(schema, sent);
	if (!form.ok) return fail(400, { act: name, values, errors: form.errors });
	try {
		await does(form.data, event);
	} catch (caught) {
		const refused = refuse(caught);
		return fail(refused.status, { act: name, values, message: refused.data.message });
	}
	redirect(303, `/submissions/deadlines/${event.params.id}?done=${name}`);
}
