import type { ActionLine } from '#lib/action-items/action-item.ts';
import { askedOf, type List, type Listed } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { Link } from '#lib/links/link.ts';
import type { OrganisationList, OrganisationPage } from '#lib/organisations/list.ts';
import type { Council, Organisation, RegionLine } from '#lib/organisations/organisation.ts';
import { jsonOf, orNotFound, rows, type Db } from './db.ts';
import { rememberFor } from './process/remember.ts';

export async function council(db: Db, id: string): Promise<Council> {
	return rows<Council>(
		await db
			.from('councils')
			.select('id, name_zh, name_en, region_code, convener_id, is_demo')
			.eq('id', id)
			.single()
	);
}

/** A page of the organisations that hold or held a seat in the council, with what stands around it, in one call. */
export function page(db: Db, council: string, list: OrganisationList): Promise<OrganisationPage> {
	const asked = askedOf(list);
	return rememberFor(
		'acting',
		db,
		`organisations ${council} ${JSON.stringify(asked)}`,
		async () => {
			return jsonOf<OrganisationPage>(await db.rpc('organisations_page', { council, list: asked }));
		}
	);
}

/** An organisation with a page of the action items in which it has a part, in one call. @throws refusal not_found */
export function read(
	db: Db,
	id: string,
	council: string | null,
	list: List
): Promise<OrganisationCard> {
	const asked = askedOf(list);
	const key = `organisation ${id} ${council} ${JSON.stringify(asked)}`;
	return rememberFor('acting', db, key, async () => {
		const found = await db.rpc('organisation_page', {
			organisation: id,
			council: council ?? undefined,
			list: asked
		});
		return orNotFound(jsonOf<OrganisationCard | null>(found));
	});
}

type OrganisationCard = {
	organisation: Organisation;
	/** The reader's. */
	council: Council | null;
	items: Listed<ActionLine>;
	links: Link[];
};

/** The council's regions down to the streets, or those of them whose code or name begins so. */
export async function regions(db: Db, below: string, search: string | null): Promise<RegionLine[]> {
	let query = db
		.from('regions')
		.select('code, name_zh, name_en, level')
		.like('code', `${below}%`)
		.is('valid_to', null)
		.order('code')
		.limit(400);
	if (search === null) query = query.in('level', ['province', 'prefecture', 'county']);
	else if (/^\d+$/.test(search)) query = query.eq('code', search);
	else query = query.like('name_zh', `${search.replace(/[%_\\]/g, '')}%`);
	return rows<RegionLine[]>(await query);
}

/** Refusals: `only_the_secretariat`, `region_not_in_council`, `organisation_not_valid`. */
export async function register(
	db: Db,
	council: string,
	organisation: {
		kind: string;
		name_zh: string;
		name_en: string;
		short_zh: string;
		short_en: string;
		region_code: string;
		standing: string;
	}
): Promise<string> {
	return rows(await db.rpc('register_organisation', { council, ...organisation }));
}

/** Refusals: `only_the_secretariat`, `seat_not_open`. */
export async function endSeat(db: Db, council: string, organisation: string): Promise<void> {
	rows(await db.rpc('end_seat', { council, organisation }));
}

/** Names of the organisations that the reader may know, by id. */
export async function organisationNames(db: Db): Promise<Record<string, Named<string>>> {
	const all = rows(await db.from('organisations').select('id, name_zh, name_en'));
	return Object.fromEntries(all.map(({ id, name_zh, name_en }) => [id, { name_zh, name_en }]));
}
