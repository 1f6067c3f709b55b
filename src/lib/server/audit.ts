import type { AuditEvent } from '#lib/audit/event.ts';
import type { AuditFilter } from '#lib/audit/list.ts';
import type { Listed } from '#lib/kernel/list.ts';
import { rows, type Db } from './db.ts';
import { remember } from '#lib/server/process/remember.ts';

const party = 'id, name_zh, name_en, short_zh, short_en';
const fields = `id, at, verb, subject_type, subject_id, details, person_id,
	organisation:organisations!audit_events_organisation_id_fkey(${party}), subject_organisation:organisations!audit_events_subject_organisation_id_fkey(${party})`;

/** Events the reader may see, newest first, from `from` up to `count` of them; and how many there are. */
export async function list(
	db: Db,
	filter: AuditFilter,
	from: number,
	count: number
): Promise<Listed<AuditEvent>> {
	let query = db
		.from('audit_events')
		.select(fields, { count: 'exact' })
		.order('at', { ascending: false })
		.order('id')
		.range(from, from + count - 1);
	if (filter.verb) query = query.eq('verb', filter.verb);
	if (filter.organisation) {
		query = query.or(
			`organisation_id.eq.${filter.organisation},subject_organisation_id.eq.${filter.organisation}`
		);
	}
	if (filter.since) query = query.gte('at', `${filter.since}T00:00:00+08:00`);
	if (filter.until) query = query.lte('at', `${filter.until}T23:59:59.999+08:00`);

	const answer = await query;
	const events = rows(answer) as (Omit<AuditEvent, 'person' | 'dataset'> & {
		person_id: string | null;
	})[];
	const [people, datasets] = await Promise.all([
		names(db, [...new Set(events.flatMap((event) => event.person_id ?? []))]),
		datasetNames(db)
	]);
	return {
		total: answer.count ?? events.length,
		rows: events.map(({ person_id, ...event }) => ({
			...event,
			dataset: datasets.get(String(event.details['dataset'])) ?? null,
			person: (person_id && people.get(person_id)) ?? null
		}))
	};
}

const datasetNames = (db: Db) =>
	remember(db, 'audit datasets', async () => {
		const all = rows(await db.from('datasets').select('code, name_zh, name_en'));
		return new Map(all.map(({ code, name_zh, name_en }) => [code, { name_zh, name_en }]));
	});

async function names(db: Db, ids: string[]): Promise<Map<string, string>> {
	if (!ids.length) return new Map();
	const found = rows<{ id: string; name: string }[]>(
		await db.from('people').select('id, name').in('id', ids)
	);
	return new Map(found.map((person) => [person.id, person.name]));
}

/** The newest events under a filter, fetched in steps because the API hands out a thousand at a time. */
export async function newest(db: Db, filter: AuditFilter, atMost: number): Promise<AuditEvent[]> {
	const step = 1000;
	const found: AuditEvent[] = [];
	while (found.length < atMost) {
		const { rows: events } = await list(
			db,
			filter,
			found.length,
			Math.min(step, atMost - found.length)
		);
		found.push(...events);
		if (events.length < step) break;
	}
	return found;
}
