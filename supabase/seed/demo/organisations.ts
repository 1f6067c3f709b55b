import { city, councilId, parties, partyOf } from './parties.ts';
import { seats } from './people.ts';
import { insertRows } from './store.ts';
import { secretariat, type Chapter } from './story.ts';
import type { Stage } from './tell.ts';
import { at, type Calendar } from './time.ts';

/** When the council began. */
export function foundedAt({ months }: Calendar): Date {
	return at(`${months[0]}-01`, '09:00');
}

/**
 * The council with its seats, its secretariat, and everybody's account. They are put in: set-up and registration give ids of
 * chance, where these are the same in every load, so that what it tells can be compared; and accounts are Better Auth's.
 */
export const organisations: Chapter = ({ calendar }) => [
	{ at: foundedAt(calendar), by: null, does: found },
	...parties.map(({ id }) => ({
		at: foundedAt(calendar),
		by: secretariat,
		async does({ owner }: Stage) {
			await owner(
				`select private.record('register_organisation', 'organisation', $1::text, $2, $1::uuid, 'council')`,
				[id, councilId]
			);
		}
	}))
];

async function found({ owner }: Stage): Promise<void> {
	await insertRows(
		owner,
		'public.organisations',
		parties.map(({ id, kind, name_zh, name_en, short_zh, short_en, region_code }) => {
			return { id, kind, name_zh, name_en, short_zh, short_en, region_code, is_demo: true };
		})
	);
	await insertRows(owner, 'public.councils', [
		{
			id: councilId,
			name_zh: '上海市新就业群体治理联席会议',
			name_en: 'Shanghai Joint Meeting on New Forms of Employment',
			region_code: city,
			convener_id: partyOf('convener').id,
			is_demo: true
		}
	]);
	await insertRows(
		owner,
		'public.council_seats',
		parties.map(({ id, standing }) => ({ council_id: councilId, organisation_id: id, standing }))
	);
	// public.people follows by trigger.
	const people = new Map(seats.map((seat) => [seat.person, seat]));
	await insertRows(
		owner,
		'identity."user"',
		[...people.values()].map(({ person, name, email }) => ({
			id: person,
			name,
			email,
			email_verified: true
		}))
	);
	await insertRows(owner, 'public.members', [
		{
			person_id: secretariat.person,
			organisation_id: secretariat.organisation,
			roles: seats.find(({ person }) => person === secretariat.person)?.roles
		}
	]);
}
