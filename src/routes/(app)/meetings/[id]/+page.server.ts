import { fail, redirect } from '@sveltejs/kit';
import { agendaView } from '#lib/meetings/agenda.ts';
import { decisionForm, minutesForm, resolutionForm, voteForm } from '#lib/meetings/forms.ts';
import { votingSeats } from '#lib/meetings/voting.ts';
import { refuse } from '#lib/server/db.ts';
import { readForm } from '#lib/server/http/form.ts';
import * as meetings from '#lib/server/meetings.ts';
import { sentValues } from '#lib/server/http/sent-values.ts';
import { filled } from '#lib/ui/both-languages.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const meeting = await meetings.read(locals.db, params.id);
	const [live, revised] = await Promise.all([
		meetings.liveAgenda(locals.db, meeting),
		meetings.revisedAgenda(locals.db, meeting)
	]);
	const { facts, seats, snapshot } = meeting;
	return {
		meeting: facts,
		agenda: agendaView(meeting, live, revised),
		seats,
		seatsVoting: votingSeats(seats, date(facts.closed_at ?? new Date())),
		snapshot: snapshot && { taken_at: snapshot.taken_at, sha256: snapshot.sha256 }
	};
};

export const actions = {
	open: async ({ locals, params }) => {
		try {
			await meetings.open(locals.db, params.id);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/meetings/${params.id}?done=opened`);
	},

	put: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(resolutionForm, sent);
		if (!form.ok) return fail(400, { at: values.agenda_item, values, errors: form.errors });
		try {
			const { effective_on, ...text } = filled(form.data, 'text');
			await meetings.putToVote(locals.db, { ...text, effective_on: effective_on || null });
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, at: values.agenda_item, values });
		}
		redirect(303, `/meetings/${params.id}?done=put#item-${form.data.agenda_item}`);
	},

	vote: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(voteForm, sent);
		if (!form.ok) return fail(400, { at: values.resolution, values, errors: form.errors });
		try {
			const { resolution, choice, reason } = form.data;
			await meetings.vote(locals.db, resolution, choice, reason);
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, at: values.resolution, values });
		}
		redirect(303, `/meetings/${params.id}?done=voted#resolution-${form.data.resolution}`);
	},

	decide: async ({ locals, params, request }) => {
		const form = readForm(decisionForm, await request.formData());
		if (!form.ok) return refuse({ status: 409, key: 'voting_is_over' });
		let outcome: string;
		try {
			outcome = await meetings.decide(locals.db, form.data.resolution);
		} catch (caught) {
			return refuse(caught);
		}
		redirect(303, `/meetings/${params.id}?done=${outcome}#resolution-${form.data.resolution}`);
	},

	close: async ({ locals, params, request }) => {
		const sent = await request.formData();
		const values = sentValues(sent);
		const form = readForm(minutesForm, sent);
		if (!form.ok) return fail(400, { at: 'close', values, errors: form.errors });
		try {
			await meetings.close(locals.db, params.id, filled(form.data, 'minutes'));
		} catch (caught) {
			const refused = refuse(caught);
			return fail(refused.status, { ...refused.data, at: 'close', values });
		}
		redirect(303, `/meetings/${params.id}?done=closed`);
	}
};
