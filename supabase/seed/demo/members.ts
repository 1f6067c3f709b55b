import { foundedAt } from './organisations.ts';
import { partyOf } from './parties.ts';
import { seats, type Seat } from './people.ts';
import { secretariat, who, type Chapter } from './story.ts';
import type { Scene } from './tell.ts';

/** The secretariat invites an administrator of each organisation, who invite everybody else. */
export const members: Chapter = ({ calendar }) => {
	const founded = foundedAt(calendar).getTime();
	const hour = (after: number) => new Date(founded + after * 3600_000);
	const others = seats.filter(({ person }) => person !== secretariat.person);
	const firsts = others.filter(
		(seat) => seat.party !== 'convener' && who(seat.party, 'admin').person === seat.person
	);
	return others.flatMap((seat): Scene[] => {
		const first = firsts.includes(seat);
		return [
			{
				at: hour(first ? 1 : 3),
				by: first ? secretariat : who(seat.party, 'admin'),
				async does({ call, ids }) {
					const { email, roles } = seat;
					const organisation = partyOf(seat.party).id;
					ids.keep(invitation(seat), await call('invite_member', { organisation, email, roles }));
				}
			},
			{
				at: hour(first ? 2 : 4),
				by: null,
				async does({ owner, ids }) {
					await owner('select private.accept_invitation($1, $2)', [
						ids.of(invitation(seat)),
						seat.person
					]);
				}
			}
		];
	});
};

function invitation({ email, party }: Seat): string {
	return `invitation of ${email} to ${party}`;
}
