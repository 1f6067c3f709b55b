import { agendaView } from '#lib/meetings/agenda.ts';
import { decisionForm, minutesForm, resolutionForm, voteForm } from '#lib/meetings/forms.ts';
import { votingSeats } from '#lib/meetings/voting.ts';
import { act } from '#lib/server/http/act.ts';
import * as meetings from '#lib/server/meetings.ts';
import { filled } from '#lib/form/both-languages.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	const meeting = await meetings.read(locals.db, params.id, true);
	const { facts, seats, snapshot, subjects } = meeting;
	return {
		meeting: facts,
		agenda: agendaView(meeting),
		subjects,
		seats,
		seatsVoting: votingSeats(seats, date(facts.closed_at ?? new Date())),
		snapshot: snapshot && { taken_at: snapshot.taken_at, sha256: snapshot.sha256 }
	};
};

export const actions = {
	open: act({
		name: 'open',
		does: (_, { locals, params }) => meetings.open(locals.db, params.id)
	}),
	put: act({
		name: 'put',
		schema: resolutionForm,
		at: 'agenda_item',
		does: (form, { locals }) => {
			const { effective_on, ...text } = filled(form, 'text');
			return meetings.putToVote(locals.db, { ...text, effective_on: effective_on || null });
		},
		done: (_, { agenda_item }, { params }) => `/meetings/${params.id}?done=put#item-${agenda_item}`
	}),
	vote: act({
		name: 'vote',
		schema: voteForm,
		at: 'resolution',
		does: ({ resolution, choice, reason }, { locals }) =>
			meetings.vote(locals.db, resolution, choice, reason),
		done: (_, { resolution }, { params }) =>
			`/meetings/${params.id}?done=vote#resolution-${resolution}`
	}),
	decide: act({
		name: 'decide',
		schema: decisionForm,
		at: 'resolution',
		does: ({ resolution }, { locals }) => meetings.decide(locals.db, resolution),
		done: (outcome, { resolution }, { params }) =>
			`/meetings/${params.id}?done=${outcome}#resolution-${resolution}`
	}),
	close: act({
		name: 'close',
		schema: minutesForm,
		does: (form, { locals, params }) =>
			meetings.close(locals.db, params.id, filled(form, 'minutes'))
	})
};
