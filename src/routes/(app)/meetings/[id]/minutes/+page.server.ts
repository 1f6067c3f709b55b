import { agendaView } from '#lib/meetings/agenda.ts';
import { votingSeats } from '#lib/meetings/voting.ts';
import * as meetings from '#lib/server/meetings.ts';
import { date } from '#lib/ui/format.ts';

export const load = async ({ locals, params }) => {
	// Minutes speak of what was frozen only: what is live now was not before the meeting.
	const meeting = await meetings.read(locals.db, params.id, false);
	const { facts, resolutions, seats, snapshot } = meeting;
	const voted = new Set(
		resolutions.flatMap((one) => one.votes.map((vote) => vote.organisation_id))
	);
	return {
		meeting: facts,
		agenda: agendaView(meeting),
		seats,
		seatsVoting: votingSeats(seats, date(facts.closed_at ?? new Date())),
		present: seats.filter((seat) => voted.has(seat.organisation_id)),
		snapshot: snapshot && { taken_at: snapshot.taken_at, sha256: snapshot.sha256 }
	};
};
