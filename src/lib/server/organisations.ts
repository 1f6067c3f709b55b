import { askedOf } from '#lib/kernel/list.ts';
import type { Named } from '#lib/kernel/named.ts';
import type { OrganisationList, OrganisationPage } from '#lib/organisations/list.ts';
import type {
	Council,
	Organisation,
	OrganisationSeat,
	RegionLine
} from '#lib/organisations/organisation.ts';
import { jsonOf, rows, type Db } from './db.ts';
import { rememberFor } from './process/remember.ts';

const fields =
	'id, kind, name_zh, name_en, short_zh, short_en, region_code, is_demo, created_at, region:regions!organisations_region_code_fkey(code, name_zh, name_en)';

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

/** Every organisation that holds or held a seat in the council, to choose from. */
export async function list(db: Db, council: string): Promise<Organisation[]> {
	const seats = rows(
		await db
			.from('council_seats')
			.select(
				`standing, since, until, organisation:organisations!council_seats_organisation_id_fkey(${fields})`
			)
			.eq('council_id', council)
	) as (OrganisationSeat & { organisation: Omit<Organisation, 'seat'> })[];
	return seats.map(({ organisation, ...seat }) => ({ ...organisation, seat }));
}

/** Refusals: `not_found`. */
export async function read(db: Db, id: string, council: string | null): Promise<Organisation> {
	const [organisation, seats] = await Promise.all([
		db.from('organisations').select(fields).eq('id', id).single(),
		council
			? db
					.from('council_seats')
					.select('standing, since, until')
					.eq('council_id', council)
					.eq('organisation_id', id)
			: null
	]);
	const seat = seats ? (rows(seats) as OrganisationSeat[])[0] : undefined;
	return { ...(rows(organisation) as Omit<Organisation, 'seat'>), seat: seat ?? null };
}

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
