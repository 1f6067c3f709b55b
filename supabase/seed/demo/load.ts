import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { makeFilings, type Dataset } from './filings.ts';
import { makeMeetings, type Meetings } from './meetings.ts';
import { councilId, city, parties, partyOf } from './parties.ts';
import { makeAccounts, personOf, seats, type Account } from './people.ts';
import { publishReleases } from './releases.ts';
import { explained } from './rules-broken.ts';
import { insertEntries, insertRows, type Row } from './store.ts';
import { makeTasks } from './tasks.ts';
import { at, calendarOf, type Calendar } from './time.ts';

export type LoadOptions = {
	/** The login that owns the database. */
	ownerUrl: string;
	/** Where demo-accounts.json goes. */
	dataDir: string;
	log?: (line: string) => void;
	/** The day the demonstration is told from; tests use other days. */
	now?: Date;
};

/**
 * Loads the demonstration once, in one transaction: a load that is killed leaves nothing, and the next one starts
 * anew. False when it was there already. The accounts file (mode 600) is in place before the commit, so that
 * whoever finds the demonstration finds its passwords.
 */
export async function loadDemo({
	ownerUrl,
	dataDir,
	log = () => undefined,
	now = new Date()
}: LoadOptions): Promise<boolean> {
	const started = Date.now();
	const client = new Client({ connectionString: ownerUrl });
	await client.connect();
	client.on('error', () => undefined);
	try {
		await client.query('begin');
		await client.query(`set local work_mem = '64MB'`);
		// Two starts at the same moment: the second waits, then finds everything there.
		await client.query('lock table public.councils in share row exclusive mode');
		const known = await client.query('select from public.councils where id = $1', [councilId]);
		if (known.rowCount) {
			await client.query('rollback');
			return false;
		}
		const hashing = makeAccounts();
		// A failure elsewhere must not leave this one unheard.
		hashing.catch(() => undefined);
		const calendar = calendarOf(now);
		await insertParties(client, calendar);
		const { entries, corrections } = await insertFilings(client, calendar);
		const meetings = await insertMeetings(client, calendar, corrections);
		await notify(client, calendar);
		await publishReleases(client, calendar);
		const { accounts, hashes } = await hashing;
		await insertPasswords(client, hashes);
		writeAccounts(dataDir, accounts);
		await client.query('commit');
		await client.query(
			'analyze public.entries, public.totals, public.submissions, public.obligations, public.audit_events'
		);
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		log(
			`demonstration data: ${parties.length} organisations, ${entries} entries, ${meetings} meetings in ${seconds} s`
		);
		return true;
	} catch (error) {
		await client.query('rollback').catch(() => undefined);
		throw error;
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function insertParties(client: Client, calendar: Calendar) {
	const founded = at(`${calendar.months[0]}-01`, '09:00');
	await insertRows(
		client,
		'public.organisations',
		parties.map((party) => ({
			id: party.id,
			kind: party.kind,
			name_zh: party.name_zh,
			name_en: party.name_en,
			short_zh: party.short_zh,
			short_en: party.short_en,
			region_code: party.region_code,
			is_demo: true,
			created_at: founded
		}))
	);
	const people = new Map(seats.map((seat) => [seat.person, seat]));
	// public.people follows by trigger.
	await insertRows(
		client,
		'identity."user"',
		[...people.values()].map(({ person, name, email }) => ({
			id: person,
			name,
			email,
			email_verified: true,
			created_at: founded,
			updated_at: founded
		}))
	);
	await insertRows(
		client,
		'public.members',
		seats.map((seat) => ({
			person_id: seat.person,
			organisation_id: partyOf(seat.party).id,
			roles: seat.roles,
			created_at: founded
		}))
	);
	const convener = partyOf('convener').id;
	await insertRows(client, 'public.councils', [
		{
			id: councilId,
			name_zh: '上海市新就业群体治理联席会议',
			name_en: 'Shanghai Joint Meeting on New Forms of Employment',
			region_code: city,
			convener_id: convener,
			is_demo: true,
			created_at: founded
		}
	]);
	await insertRows(
		client,
		'public.council_seats',
		parties.map((party) => ({
			council_id: councilId,
			organisation_id: party.id,
			standing: party.standing,
			since: `${calendar.months[0]}-01`
		}))
	);
	await insertRows(
		client,
		'public.audit_events',
		parties.map((party) => ({
			at: founded,
			council_id: councilId,
			organisation_id: convener,
			subject_organisation_id: party.id,
			person_id: personOf('convener', 'admin'),
			audience: 'council',
			verb: 'register_organisation',
			subject_type: 'organisation',
			subject_id: party.id
		}))
	);
}

async function insertFilings(
	client: Client,
	calendar: Calendar
): Promise<{ entries: number; corrections: Corrections }> {
	const { rows: datasets } = await client.query<Dataset>(
		`select d.code, d.kind, d.name_zh, d.version,
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
	const due = new Map(dates.map((row) => [row.key, row.due]));
	const made = makeFilings(
		calendar,
		datasets,
		(dataset, period) => due.get(`${dataset} ${period}`) ?? ''
	);
	await insertRows(client, 'public.obligations', made.obligations);
	await client.query(
		`insert into public.excuses (obligation_id, council_id, organisation_id, reason, excused_by, excused_by_organisation, excused_at)
		 select o.id, o.council_id, o.organisation_id, o.excused_reason, $2, $3, o.created_at
		 from public.obligations o where o.council_id = $1 and o.excused_reason is not null`,
		[councilId, personOf('convener', 'admin'), partyOf('convener').id]
	);
	await insertEntries(client, made.entries);
	await insertRows(client, 'public.submissions', await withReceipts(client, made.submissions));
	const corrections = made.revisions.flatMap(({ row, revised }) =>
		revised ? [{ ...revised, replaces: String(row['replaces_id']) }] : []
	);
	await rollUp(client, corrections);
	const unusual: Row[] = [];
	for (const { submission, obligation, entries } of made.unusual) {
		unusual.push({ ...submission, ...(await explained(client, submission, obligation, entries)) });
		await insertEntries(client, entries);
	}
	await insertRows(client, 'public.submissions', await withReceipts(client, unusual));
	await insertRows(client, 'public.reviews', made.reviews);
	await insertRows(client, 'public.mark_replies', made.replies);
	await insertRows(client, 'public.extension_requests', made.requests);
	await insertRows(client, 'public.lock_exceptions', made.exceptions);
	await insertRows(
		client,
		'public.revisions',
		made.revisions.map(({ row }) => row)
	);
	await insertRows(client, 'public.contests', made.contests);
	await insertRows(client, 'public.audit_events', made.audit);
	// As return_submission does it: what no mark opens counts at once.
	await client.query(
		`update public.submissions s set accepted_measures = private.accept_unmarked(s, '{}') where s.id = any ($1)`,
		[made.partly]
	);
	await client.query(
		'analyze public.totals, public.entries, public.submissions, public.obligations'
	);
	return { entries: made.entries.length, corrections };
}

/** Corrected filings, what they replaced, and since when. */
type Corrections = { by: string; replaces: string; at: Date }[];

/** Puts what was corrected until a moment in the place of what it replaced, as its acceptance does. */
async function revise(client: Client, corrections: Corrections, until: Date) {
	const reviewer = { sub: personOf('labour', 'reviewer'), org: partyOf('labour').id };
	for (const { by, at: revisedAt } of corrections.filter(({ at: moment }) => moment <= until)) {
		await client.query(`select set_config('request.jwt.claims', $1, true)`, [
			JSON.stringify(reviewer)
		]);
		await client.query('select private.revise($1)', [by]);
		await client.query(`select set_config('request.jwt.claims', '', true)`);
		await client.query('update public.revisions set revised_at = $2 where submission_id = $1', [
			by,
			revisedAt
		]);
	}
}

/** What people were told: of decisions then, of what is due now. Much of it unread, as with everybody. */
async function notify(client: Client, calendar: Calendar) {
	await client.query(
		`insert into public.notifications (person_id, organisation_id, subject_type, subject_id, kind, due_on, event_id, created_at)
		 select r.asked_by, r.organisation_id, 'obligation', r.obligation_id::text, 'extension_' || r.status, coalesce(r.due_after, r.due_before), r.id, r.decided_at
		 from public.extension_requests r where r.council_id = $1 and r.status in ('approved', 'declined')`,
		[councilId]
	);
	// Triggers told of requests, objections, answers, meetings and action items as they were put in, here with the time of the deed.
	await client.query(
		`update public.notifications n set created_at = coalesce(
			(select r.asked_at from public.extension_requests r where r.id = n.event_id),
			(select c.contested_at from public.contests c where c.id = n.event_id),
			(select max(p.replied_at) from public.mark_replies p where p.review_id = n.event_id),
			(select r.written_at from public.action_reports r where r.id = n.event_id),
			(select m.created_at from public.meetings m where m.id::text = n.subject_id),
			(select a.proposed_at from public.agenda_items a where a.id::text = n.subject_id),
			(select a.assigned_at from public.action_items a where a.id::text = n.subject_id),
			n.created_at
		 )
		 where n.kind in ('extension_asked', 'objected', 'objection_to_decide', 'replied')
			or n.subject_type in ('meeting', 'agenda_item', 'action_item')`
	);
	// What became of the filings of the last three months: whoever files each month was told of an acceptance in them.
	await client.query(
		`insert into public.notifications (person_id, organisation_id, subject_type, subject_id, kind, event_id, cells, created_at)
		 select m.person_id, m.organisation_id, 'submission', s.id::text, happened.kind, happened.event_id, happened.cells, happened.at
		 from public.submissions s
		 cross join lateral (
			select case when s.accepted_measures = '{}' then 'returned' else 'partly_accepted' end as kind, r.id as event_id,
			       jsonb_array_length(r.marks) as cells, r.reviewed_at as at
			from public.reviews r where r.submission_id = s.id and r.decision = 'return' and s.status = 'returned'
			union all
			select 'accepted', null, null, s.decided_at where s.status = 'accepted'
			union all
			select 'reopened', r.id, null, r.opened_at from public.revisions r
			where r.replaces_id = s.id and s.status = 'reopened' and r.submission_id is null and r.withdrawn_at is null
			union all
			select case c.outcome when 'upheld' then 'objection_upheld' else 'objection_granted' end, c.id, null, c.decided_at
			from public.contests c where c.submission_id = s.id and c.outcome in ('upheld', 'accepted_as_filed')
		 ) happened
		 cross join lateral unnest(private.filers(s.organisation_id)) m
		 where s.council_id = $1 and (happened.at > $2::date - 92 or happened.kind not in ('accepted', 'returned'))`,
		[councilId, calendar.today]
	);
	await client.query('select private.remind($1)', [calendar.today]);
	// Reminded when each was due, not all today.
	await client.query(
		`update public.notifications n
		 set created_at = least(now(), (case
			when n.kind like '%due_in_5' then private.working_day_before(n.due_on, 5)
			when n.kind like '%due_in_1' then private.working_day_before(n.due_on, 1)
			when n.kind like '%overdue' then n.due_on + 1
			else private.due_date(n.due_on, 5)
		 end + time '08:00') at time zone 'Asia/Shanghai')
		 where n.kind ~ '(due_in_.|overdue|escalated)$'`
	);
	await client.query(
		`update public.notifications n set read_at = least(now(), n.created_at + interval '1 hour')
		 where n.id not in (select x.id from private.notifications(array(select t from public.notifications t)) x where not x.passed)
			or (n.kind in ('accepted', 'objection_granted', 'action_item_accepted', 'action_item_cancelled') and n.created_at < $1::date - 35)
			or (n.kind ~ '(overdue|escalated)$' and n.created_at < $1::date - 30)`,
		[calendar.today]
	);
}

/** Submissions with what submit_submission computes of their entries. */
async function withReceipts(client: Client, submissions: Row[]): Promise<Row[]> {
	const { rows } = await client.query<Row>(
		`select s.id, x.hash as values_sha256, c.filled as cells_filled, c.required as cells_required, c.sums
		 from json_to_recordset($1) as s (id uuid, dataset_code text)
		 join (
			select e.submission_id, encode(sha256(convert_to(string_agg(
				concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode, coalesce(e.value::text, e.missing_reason)), E'\\n' order by e.position
			), 'UTF8')), 'hex') as hash
			from public.entries e
			where e.submission_id in (select w.id from json_to_recordset($1) as w (id uuid))
			group by e.submission_id
		 ) x on x.submission_id = s.id
		 cross join lateral private.cells(s.id, s.dataset_code) c`,
		[JSON.stringify(submissions.map(({ id, dataset_code }) => ({ id, dataset_code })))]
	);
	const receipts = new Map(rows.map(({ id, ...receipt }) => [id, receipt]));
	const none = { values_sha256: null, cells_filled: null, cells_required: null, sums: {} };
	return submissions.map((one) => ({ ...one, ...none, ...receipts.get(one.id) }));
}

/**
 * What private.roll_up makes of every accepted submission, in one statement: a test holds them to the same result.
 * Of corrected ones what they replaced: `revise` puts them in their place when their time has come.
 */
async function rollUp(client: Client, corrections: Corrections) {
	await client.query(
		`insert into public.totals
			(council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
		 select s.council_id, t.measure_code, s.period, private.period_start(s.period), t.region_code, s.organisation_id, t.occupation,
			t.value, t.missing_count, s.id, s.dataset_code
		 from public.submissions s
		 join public.councils c on c.id = s.council_id
		 cross join lateral (
			select e.measure_code, g.region_code, g.occupation, sum(e.value) as value, sum(e.missing_count) as missing_count
			from (
				-- Employment modes and streets first: what remains to be placed is a third.
				select x.measure_code, m.additive, left(x.region_code, 6) as county, length(x.region_code) = 6 as is_county, x.occupation,
					sum(x.value) as value, count(*) filter (where x.value is null) as missing_count
				from public.entries x
				join public.measures m on m.code = x.measure_code
				where x.submission_id = s.id and (m.additive or x.employment_mode = '')
				group by x.measure_code, m.additive, left(x.region_code, 6), length(x.region_code) = 6, x.occupation
			) e
			cross join lateral (
				select place.code as region_code, part.occupation
				from (
					select c.region_code as code where e.additive
					union all
					select e.county where e.additive or e.is_county
				) place
				cross join (
					select '' as occupation where e.additive or e.occupation = ''
					union all
					select e.occupation where e.occupation <> ''
				) part
			) g
			group by e.measure_code, g.region_code, g.occupation
		 ) t
		 where s.council_id = $1 and (s.status in ('accepted', 'reopened') and s.id <> all ($2) or s.id = any ($3))
		 order by s.period, s.id`,
		[councilId, corrections.map(({ by }) => by), corrections.map(({ replaces }) => replaces)]
	);
}

async function insertMeetings(
	client: Client,
	calendar: Calendar,
	corrections: Corrections
): Promise<number> {
	const made = makeMeetings(calendar);
	await insertRows(client, 'public.meetings', made.meetings);
	await insertRows(client, 'public.agenda_items', made.agenda_items);
	await insertRows(client, 'public.resolutions', made.resolutions);
	await insertRows(client, 'public.votes', made.votes);
	await insertRows(client, 'public.targets', made.targets);
	// A snapshot holds what stood on its day; what was corrected later is a mark beside it.
	let revised = corrections;
	const reviseUntil = async (moment: Date) => {
		await revise(client, revised, moment);
		revised = revised.filter(({ at: revisedAt }) => revisedAt > moment);
	};
	for (const snapshot of made.snapshots) {
		await reviseUntil(snapshot.taken_at);
		await freeze(client, snapshot);
	}
	await reviseUntil(calendar.now);
	const tasks = makeTasks(calendar, made.decided);
	await insertRows(client, 'public.action_items', tasks.action_items);
	await insertRows(client, 'public.action_reports', tasks.action_reports);
	await insertRows(client, 'public.evidence_files', tasks.evidence_files);
	await insertRows(client, 'public.audit_events', [...made.audit, ...tasks.audit]);
	return made.meetings.length;
}

/** What open_meeting freezes, with the figures that a past meeting had: no later ones, and the targets of its day. */
async function freeze(client: Client, { meeting, taken_at, until }: Meetings['snapshots'][number]) {
	const { rows } = await client.query<{ content: Row; canonical: string; sha256: string }>(
		`with m as (select * from public.meetings where id = $1),
		 chosen as (
			select array_agg(distinct a.indicator_code) as codes from public.agenda_items a
			where a.meeting_id = $1 and a.status = 'scheduled' and a.indicator_code is not null
		 ),
		 figures as (
			select x.*, f.expected
			from m, chosen
			cross join lateral private.disclosed(m.council_id, chosen.codes, ($3::date - interval '25 months')::date, $3::date, true, false) x
			left join (
				select c.code, e.period, e.expected
				from m, chosen, unnest(chosen.codes) as c (code)
				cross join lateral private.expected_filings(m.council_id, c.code) e
			) f on f.code = x.indicator_code and f.period = x.period
			where private.period_end(x.period) <= $3::date and (
				x.region_code = (select c.region_code from public.councils c where c.id = m.council_id)
				or x.region_code in (select a.region_code from public.agenda_items a where a.meeting_id = $1)
				or x.starts_on = date_trunc('month', $3::date)::date
			)
		 ),
		 frozen as (
			select jsonb_build_object(
				'council', m.council_id, 'meeting', m.id, 'number', m.number,
				'taken_at', to_char($2::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
				'figures', coalesce((
					select jsonb_agg(jsonb_build_object(
						'indicator', g.indicator_code, 'definition_version', g.version, 'region', g.region_code, 'period', g.period,
						'numerator', g.numerator, 'denominator', g.denominator, 'value', g.value, 'hidden', g.hidden,
						'contributors', g.contributors, 'expected', g.expected
					) order by g.indicator_code, g.region_code, g.starts_on)
					from figures g
				), '[]'),
				'targets', coalesce((
					select jsonb_agg(jsonb_build_object('indicator', t.indicator_code, 'region', t.region_code, 'period', t.period, 'kind', t.kind,
						'value', t.value, 'upper_value', t.upper_value) order by t.indicator_code, t.region_code, t.period)
					from public.targets t, chosen
					where t.council_id = m.council_id and t.organisation_id is null and t.indicator_code = any (chosen.codes)
						and t.set_at <= $2 and (t.superseded_at is null or t.superseded_at > $2)
				), '[]')
			) as content from m
		 )
		 insert into public.snapshots (meeting_id, taken_at, content, canonical, sha256)
		 select $1, $2, f.content, f.content::text, encode(sha256(convert_to(f.content::text, 'UTF8')), 'hex') from frozen f
		 returning sha256`,
		[meeting, taken_at, until]
	);
	const convener = partyOf('convener').id;
	await insertRows(client, 'public.audit_events', [
		{
			at: taken_at,
			council_id: councilId,
			organisation_id: convener,
			person_id: personOf('convener', 'admin'),
			audience: 'council',
			verb: 'open_meeting',
			subject_type: 'meeting',
			subject_id: meeting,
			details: { sha256: rows[0]?.sha256 }
		}
	]);
}

async function insertPasswords(client: Client, hashes: Map<string, string>) {
	await insertRows(
		client,
		'identity.account',
		[...hashes].map(([person, password]) => ({
			account_id: person,
			provider_id: 'credential',
			user_id: person,
			password
		}))
	);
}

/** Whole or not at all, and never readable by others, not even for a moment. */
function writeAccounts(dataDir: string, accounts: Account[]) {
	mkdirSync(dataDir, { recursive: true });
	const file = join(dataDir, 'demo-accounts.json');
	writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, '\t')}\n`, { mode: 0o600 });
	chmodSync(`${file}.new`, 0o600);
	renameSync(`${file}.new`, file);
}
