import type { Client } from 'pg';
import { planOf } from './filing-plan.ts';
import type { Plan } from './filing-versions.ts';
import { parties, partyOf, type Party } from './parties.ts';
import { personOf, type Role } from './people.ts';
import type { Row } from './store.ts';
import type { Person, Scene } from './tell.ts';
import type { Calendar } from './time.ts';

/** A dataset as it stands in the database. */
export type Dataset = {
	code: string;
	kind: string;
	name_zh: string;
	measures: { code: string; additive: boolean; required: boolean }[];
	/** Rules of kind part_le_whole that ask for an explanation. */
	warnings: { code: string; part: string; whole: string; params: Row }[];
};

/** What a party owes for a period, and how it files it. */
export type Owed = {
	dataset: Dataset;
	party: Party;
	period: string;
	/** The period's place among those that are told, from 0. */
	at: number;
	/** The day it is due at first. */
	due: string;
	plan: Plan;
	/** What its obligation is called. */
	name: string;
};

type Story = {
	calendar: Calendar;
	owed: Owed[];
	/** The days on which somebody is reminded. */
	reminders: string[];
};

/** What one domain contributes: its scenes, in any order. */
export type Chapter = (story: Story) => Scene[];

/** Who acts in a role for a party. */
export function who(party: string, role: Role): Person {
	return { person: personOf(party, role), organisation: partyOf(party).id };
}

export const secretariat = who('convener', 'admin');

/** What everybody owes in the periods of the calendar, by the datasets and holidays of the database. */
export async function beginStory(client: Client, calendar: Calendar): Promise<Story> {
	const { rows: datasets } = await client.query<Dataset>(
		`select d.code, d.kind, d.name_zh,
			(select json_agg(json_build_object('code', m.code, 'additive', m.additive, 'required', dm.required) order by dm.position)
			 from public.dataset_measures dm join public.measures m on m.code = dm.measure_code where dm.dataset_code = d.code) as measures,
			(select coalesce(json_agg(json_build_object('code', r.code, 'part', r.params ->> 'part', 'whole', r.params ->> 'whole', 'params', json_build_object('message_zh', r.message_zh, 'message_en', r.message_en))), '[]')
			 from public.dataset_rules r where r.dataset_code = d.code and r.kind = 'part_le_whole' and r.severity = 'warning') as warnings
		 from public.datasets d where d.kind in ('platform', 'community', 'party') order by d.code`
	);
	const { rows: dates } = await client.query<{ key: string; due: string }>(
		`select d.code || ' ' || p as key, private.due_date(private.period_end(p), d.due_working_days)::text as due
		 from public.datasets d, unnest($1::text[]) as p where private.period_frequency(p) = d.frequency`,
		[[...calendar.months, ...calendar.quarters]]
	);
	const dueOn = new Map(dates.map(({ key, due }) => [key, due]));
	const owed = datasets.flatMap((dataset) =>
		(dataset.kind === 'party' ? calendar.quarters : calendar.months).flatMap((period, at) =>
			parties
				.filter(({ kind }) => kind === dataset.kind)
				.map((party): Owed => {
					const due = dueOn.get(`${dataset.code} ${period}`) ?? '';
					const name = `obligation ${dataset.code} ${party.key} ${period}`;
					return {
						dataset,
						party,
						period,
						at,
						due,
						name,
						plan: planOf(party, at, period, due, calendar)
					};
				})
		)
	);
	return { calendar, owed, reminders: await remindersOf(client, owed) };
}

async function remindersOf(client: Client, owed: Owed[]): Promise<string[]> {
	const due = new Set(owed.map((one) => one.plan.extension?.answer?.due ?? one.due));
	const { rows } = await client.query<{ day: string }>(
		`select distinct x.day::text as day
		 from unnest($1::date[]) as due,
			lateral unnest(array[private.working_day_before(due, 5), private.working_day_before(due, 1), due + 1, private.due_date(due, 5)]) as x (day)
		 order by 1`,
		[[...due]]
	);
	return rows.map(({ day }) => day);
}
