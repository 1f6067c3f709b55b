-- What is filed: datasets, calendar, obligations, submissions with their entries, reviews, and the totals kept on acceptance.

-- ---------------------------------------------------------------- datasets

create table public.datasets (
  code text primary key,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  description_zh text not null,
  description_en text not null,
  frequency text not null,
  due_working_days smallint not null,
  review_stages smallint not null default 1,
  region_level text not null,
  version smallint not null default 1,
  rules_version integer not null default 1,
  notice_days smallint not null default 90,
  constraint the_kind_is_known check (kind in ('government', 'platform', 'party', 'social', 'community', 'union')),
  constraint the_frequency_is_known check (frequency in ('month', 'quarter', 'half_year', 'year')),
  constraint the_level_is_known check (region_level in ('county', 'street')),
  constraint one_or_two_stages check (review_stages in (1, 2)),
  constraint the_delay_is_positive check (due_working_days between 1 and 60),
  constraint notice_is_given check (notice_days between 30 and 730)
);
comment on table public.datasets is
  'What one kind of organisation files at one frequency. review_stages 2: a district reviewer, then a city reviewer of another organisation.';

create table public.dataset_measures (
  dataset_code text not null references public.datasets (code),
  measure_code text not null references public.measures (code),
  position smallint not null,
  required boolean not null default true,
  value_type text not null default 'count',
  minimum numeric,
  maximum numeric,
  decimals smallint not null default 0,
  since smallint not null default 1,
  primary key (dataset_code, measure_code),
  constraint the_type_is_known check (value_type in ('count', 'amount', 'number'))
);
comment on table public.dataset_measures is
  'The measures of a dataset, in the order of its template. since: the version of the dataset that asks for it; before, it may be filed and need not be.';
create index dataset_measures_by_measure on public.dataset_measures (measure_code);

create table public.dataset_rules (
  dataset_code text not null references public.datasets (code),
  code text not null,
  version smallint not null default 1,
  kind text not null,
  severity text not null,
  params jsonb not null,
  message_zh text not null default '',
  message_en text not null default '',
  since integer not null default 1,
  until integer,
  saved_at timestamptz not null default now(),
  saved_by uuid,
  primary key (dataset_code, code, version),
  constraint a_rule_has_a_code check (code ~ '^[a-z][a-z0-9_]{2,99}$'),
  constraint the_severity_is_known check (severity in ('error', 'warning')),
  constraint the_kind_is_known check (
    kind in ('part_le_whole', 'parts_eq_total', 'range', 'jump', 'z_score', 'peer_outlier', 'cross_file')
  ),
  constraint it_holds_before_it_ends check (until > since),
  constraint a_message_is_a_sentence_in_both_languages_or_none check (
    (message_zh = '') = (message_en = '') and char_length(message_zh) <= 300 and char_length(message_en) <= 600
  ),
  constraint what_is_only_unusual_never_blocks check (severity = 'warning' or kind not in ('jump', 'z_score', 'peer_outlier'))
);
comment on table public.dataset_rules is
  'Rules between values, as data, in all their versions. An error blocks; a warning asks for an explanation that travels with the value. since and until (exclusive; null: still) are rules_version of the dataset: a filing keeps the one it was checked with. saved_by is null for what came with the software.';
create unique index one_version_of_a_rule_holds on public.dataset_rules (dataset_code, code) where until is null;

create table public.calendar_days (
  day date primary key,
  working boolean not null,
  name_zh text not null,
  name_en text not null
);
comment on table public.calendar_days is 'Public holidays and make-up working days by the State Council''s yearly notice. Days not listed: Monday to Friday work.';

-- ---------------------------------------------------------------- obligations

create table public.obligations (
  id uuid primary key default gen_random_uuid(),
  council_id uuid not null references public.councils (id),
  dataset_code text not null references public.datasets (code),
  organisation_id uuid not null references public.organisations (id),
  period text not null,
  opens_on date not null,
  due_on date not null,
  original_due_on date,
  excused_reason text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  changes smallint not null default 0,
  unique (organisation_id, council_id, dataset_code, period),
  constraint it_opens_before_it_is_due check (opens_on <= due_on),
  constraint more_time_is_a_later_date check (original_due_on < due_on),
  constraint the_period_is_one check (private.period_start(period) is not null)
);
comment on table public.obligations is
  'Dataset × organisation × period, with its due date. Changing the calendar never edits a past due date (private.follow_calendar). original_due_on: the first one, where a decision moved it; changes counts what happened to the date, for calendars.';
create index obligations_by_council on public.obligations (council_id, dataset_code, period);
create index obligations_by_dataset on public.obligations (dataset_code);

-- ---------------------------------------------------------------- submissions

create table public.submissions (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  dataset_code text not null references public.datasets (code),
  dataset_version smallint not null,
  rules_version integer not null default 1,
  period text not null,
  version smallint,
  status text not null default 'draft',
  stage smallint not null default 0,
  file_name text not null,
  file_sha256 text not null,
  reading_sha256 text not null default '',
  file_size bigint not null,
  idempotency_key text,
  row_count integer,
  values_sha256 text,
  warnings jsonb not null default '[]',
  accepted_measures text[] not null default '{}',
  corrections jsonb not null default '[]',
  created_by uuid not null,
  created_at timestamptz not null default now(),
  submitted_at timestamptz,
  late_days integer,
  decided_at timestamptz,
  cells_filled integer,
  cells_required integer,
  sums jsonb not null default '{}',
  constraint the_status_is_known check (status in ('draft', 'submitted', 'accepted', 'returned', 'superseded', 'reopened')),
  constraint a_filed_submission_has_its_receipt check (
    status = 'draft' or (version is not null and row_count is not null and values_sha256 is not null and submitted_at is not null)
  ),
  constraint a_hash_has_64_digits check (file_sha256 ~ '^[0-9a-f]{64}$' and reading_sha256 ~ '^([0-9a-f]{64})?$'),
  unique (obligation_id, version),
  unique (organisation_id, idempotency_key)
);
comment on column public.submissions.reading_sha256 is
  'Hash of what a person added to the file (columns'' meaning, corrected cells, explanations); empty for the file as it is. The same file read otherwise is another filing.';
comment on column public.submissions.corrections is
  'Cells of the file that were corrected on the page before it was filed: [{cell, from, to}]. The hash stays that of the file as it was uploaded.';
comment on column public.submissions.accepted_measures is
  'Measures of a returned submission that were accepted all the same: they count at once, and the next version may not change them.';
comment on column public.submissions.cells_required is
  'Cells of required measures that the filing holds or lacks, without those that do not apply; cells_filled: how many of them hold a value.';
comment on column public.submissions.sums is
  'What submission_summary tells, as filing computed it: by measure {total, missing, entries}. Read through that function only.';
comment on table public.submissions is
  'What an organisation filed for an obligation. draft → submitted → accepted or returned → superseded; reopened: no longer accepted, but its figures stand until a corrected version is. A status changes only through a verb. stage counts reviews passed.';
create index submissions_by_organisation on public.submissions (organisation_id, period desc);
create index submissions_by_council on public.submissions (council_id, status);
create index submissions_by_dataset on public.submissions (dataset_code);
create index submissions_begun on public.submissions (created_at) where status = 'draft';

create table public.entries (
  submission_id uuid not null,
  position integer not null,
  measure_code text not null,
  region_code text not null,
  occupation text not null default '',
  employment_mode text not null default '',
  value numeric,
  missing_reason text,
  explanation text,
  cell text,
  primary key (submission_id, position),
  constraint the_value_is_finite check (value > -1e15 and value < 1e15),
  constraint a_missing_value_has_its_reason check (
    (value is null) = (missing_reason is not null)
    and missing_reason in ('not_applicable', 'not_collected', 'late', 'confidential')
  )
);
comment on table public.entries is
  'One value: measure × region × breakdown. No foreign key per row, for speed: add_entries and submit_submission check whole sets, and a test proves that no orphan can exist. position is the order in the filing; cell is where it stood in the file.';

create table public.reviews (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references public.submissions (id),
  stage smallint not null,
  organisation_id uuid not null references public.organisations (id),
  reviewed_by uuid not null,
  reviewed_at timestamptz not null default now(),
  decision text not null,
  reason text,
  marks jsonb not null default '[]',
  constraint the_decision_is_known check (decision in ('accept', 'return')),
  constraint a_return_has_its_reason check (decision = 'accept' or char_length(btrim(reason)) >= 5),
  constraint one_organisation_decides_once unique (submission_id, organisation_id)
);
comment on table public.reviews is
  'A reviewer''s decision on a submission. marks: the single cells that must be corrected, [{position, code, note, opens, added_at?}]; opens: cell, row, measure or rules.';

-- ---------------------------------------------------------------- totals

create table public.totals (
  council_id uuid not null,
  measure_code text not null,
  period text not null,
  starts_on date not null,
  region_code text not null,
  organisation_id uuid not null,
  occupation text not null default '',
  value numeric,
  missing_count integer not null default 0,
  submission_id uuid not null,
  dataset_code text not null,
  primary key (council_id, measure_code, period, region_code, organisation_id, occupation)
);
comment on table public.totals is
  'Accepted figures summed per measure × period × region (county, and the council''s whole region) × organisation × occupation ('''' is all). Written only by roll_up. Statistics that cannot be summed stand only where they were reported.';
create index totals_by_region on public.totals (council_id, measure_code, region_code, occupation, starts_on);
create index totals_by_organisation on public.totals (organisation_id, period);
create index totals_by_submission on public.totals (submission_id);
create index totals_of_organisation on public.totals (organisation_id, region_code, starts_on) where occupation = '';

create function private.roll_up(submission uuid, measures text[] default null) returns void
  language sql volatile security definer set search_path = '' as $$
  delete from public.totals t using public.submissions s
  where s.id = submission and t.council_id = s.council_id and t.organisation_id = s.organisation_id
    and t.period = s.period and t.dataset_code = s.dataset_code
    and (roll_up.measures is null or t.measure_code = any (roll_up.measures));

  insert into public.totals (council_id, measure_code, period, starts_on, region_code, organisation_id, occupation, value, missing_count, submission_id, dataset_code)
  select s.council_id, e.measure_code, s.period, private.period_start(s.period), place.code, s.organisation_id, part.occupation,
         sum(e.value), count(*) filter (where e.value is null), s.id, s.dataset_code
  from public.submissions s
  join public.councils c on c.id = s.council_id
  join public.entries e on e.submission_id = s.id
  join public.measures m on m.code = e.measure_code
  cross join lateral (
    select c.region_code as code where m.additive or e.region_code = c.region_code
    union
    select left(e.region_code, 6) where length(e.region_code) >= 6 and (m.additive or length(e.region_code) = 6)
  ) place
  cross join lateral (
    select '' as occupation where m.additive or e.occupation = ''
    union
    select e.occupation where e.occupation <> ''
  ) part
  where s.id = submission and (m.additive or e.employment_mode = '')
    and (roll_up.measures is null or e.measure_code = any (roll_up.measures))
  group by s.council_id, e.measure_code, s.period, place.code, s.organisation_id, part.occupation, s.id, s.dataset_code;
$$;
comment on function private.roll_up(uuid, text[]) is
  'Replaces the totals of the submission''s organisation, dataset and period by this submission''s; of the given measures only, if any are given.';
revoke execute on function private.roll_up(uuid, text[]) from public;

-- ---------------------------------------------------------------- who may see what

do $$
declare
  registry text;
begin
  foreach registry in array array['datasets', 'dataset_measures', 'dataset_rules', 'calendar_days'] loop
    execute format('alter table public.%I enable row level security', registry);
    execute format('alter table public.%I force row level security', registry);
    execute format('create policy "everybody reads what is to be filed" on public.%I for select to anon, authenticated using (true)', registry);
  end loop;
end $$;
grant select on public.datasets, public.dataset_measures, public.calendar_days to anon, authenticated;
-- Without saved_by.
grant select (dataset_code, code, version, kind, severity, params, message_zh, message_en, since, until, saved_at)
  on public.dataset_rules to anon, authenticated;

alter table public.obligations enable row level security;
alter table public.obligations force row level security;
create policy "organisations and their regulators read their obligations" on public.obligations
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
  );
grant select on public.obligations to authenticated;

alter table public.submissions enable row level security;
alter table public.submissions force row level security;
create policy "organisations read their submissions, regulators the filed ones" on public.submissions
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (
      status <> 'draft'
      and organisation_id in (select private.organisations_regulated())
      and council_id in (select private.councils_joined())
    )
  );
grant select (
  id, obligation_id, council_id, organisation_id, dataset_code, dataset_version, period, version, status, stage, file_name, file_sha256, file_size,
  row_count, values_sha256, warnings, corrections, created_by, created_at, submitted_at, late_days, decided_at, accepted_measures,
  cells_filled, cells_required
) on public.submissions to authenticated;

alter table public.entries enable row level security;
alter table public.entries force row level security;
create policy "entries are read by those who may read their submission" on public.entries
  for select to authenticated
  using (submission_id in (select s.id from public.submissions s));
grant select on public.entries to authenticated;

alter table public.reviews enable row level security;
alter table public.reviews force row level security;
create policy "reviews are read by those who may read the submission" on public.reviews
  for select to authenticated
  using (submission_id in (select s.id from public.submissions s));
grant select on public.reviews to authenticated;

alter table public.totals enable row level security;
alter table public.totals force row level security;
create policy "organisations and their regulators read their totals" on public.totals
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
  );
grant select on public.totals to authenticated;

-- ---------------------------------------------------------------- calendar

create function private.due_date(after date, working_days integer) returns date
  language sql stable set search_path = '' as $$
  select g.at::date
  from generate_series(after + 1, after + working_days * 3 + 40, interval '1 day') as g (at)
  left join public.calendar_days c on c.day = g.at::date
  where coalesce(c.working, extract(isodow from g.at) < 6)
  order by g.at
  offset working_days - 1 limit 1
$$;
comment on function private.due_date(date, integer) is 'The n-th working day after a date, by the State Council''s holiday table.';
revoke execute on function private.due_date(date, integer) from public;

create function public.open_obligations(council uuid, dataset text, period text) returns integer
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  opened integer;
  d public.datasets;
begin
  perform private.require_secretariat(council);
  select * into d from public.datasets where code = dataset;
  if d.code is null or private.period_frequency(open_obligations.period) is distinct from d.frequency then
    raise sqlstate 'PT422' using message = 'period_does_not_fit_dataset';
  end if;
  insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
  select council, d.code, o.id, open_obligations.period,
         private.period_end(open_obligations.period) + 1,
         private.due_date(private.period_end(open_obligations.period), d.due_working_days)
  from public.council_seats s
  join public.organisations o on o.id = s.organisation_id and o.kind = d.kind
  where s.council_id = council and (s.until is null or s.until > private.today())
  on conflict (organisation_id, council_id, dataset_code, period) do nothing;
  get diagnostics opened = row_count;
  perform private.record('open_obligations', 'dataset', d.code, council, null, 'council',
    jsonb_build_object('period', open_obligations.period, 'count', opened));
  return opened;
end $$;
comment on function public.open_obligations(uuid, text, text) is
  'The secretariat opens a period: one obligation for each seated organisation of the dataset''s kind. Returns how many are new. Refusals: only_the_secretariat, period_does_not_fit_dataset.';

-- ---------------------------------------------------------------- filing

create function private.receipt(submission uuid) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'submission', s.id, 'status', s.status, 'version', s.version, 'dataset', s.dataset_code, 'period', s.period,
    'organisation_zh', o.name_zh, 'organisation_en', o.name_en,
    'file_name', s.file_name, 'file_sha256', s.file_sha256, 'values_sha256', s.values_sha256, 'row_count', s.row_count,
    'submitted_at', s.submitted_at, 'submitted_by', p.name, 'late_days', s.late_days, 'corrections', s.corrections
  )
  from public.submissions s
  join public.organisations o on o.id = s.organisation_id
  left join public.people p on p.id = s.created_by
  where s.id = submission
$$;
revoke execute on function private.receipt(uuid) from public;

create function private.drop_drafts(drafts uuid[]) returns void
  language sql volatile security definer set search_path = '' as $$
  -- The row first: add_entries may be holding it, and what it added must go too.
  delete from public.submissions s where s.id = any (drafts) and s.status = 'draft';
  delete from public.entries e where e.submission_id = any (drafts)
    and not exists (select 1 from public.submissions s where s.id = e.submission_id);
$$;
comment on function private.drop_drafts(uuid[]) is 'Removes drafts with their entries; whatever is filed stays.';
revoke execute on function private.drop_drafts(uuid[]) from public;

create function public.start_submission(
  obligation uuid, file_name text, file_sha256 text, file_size bigint, idempotency_key text default null, reading_sha256 text default ''
) returns jsonb
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  known public.submissions;
  made uuid;
begin
  -- Locked first, as in submit_submission: filings of one obligation begin and end one after the other.
  select * into o from public.obligations
  where id = obligation and organisation_id in (select private.organisations_as('reporter'))
  for update;
  if o.id is null then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;

  if start_submission.idempotency_key is not null then
    select * into known from public.submissions s
    where s.organisation_id = o.organisation_id and s.idempotency_key = start_submission.idempotency_key;
    if known.id is not null and (known.file_sha256 <> start_submission.file_sha256 or known.obligation_id <> o.id) then
      raise sqlstate 'PT409' using message = 'idempotency_key_reused';
    end if;
    if known.status = 'draft' then
      -- An earlier attempt that broke off, or still runs elsewhere: its draft goes, so that entries on their way to it
      -- are refused instead of mixed with these.
      perform private.drop_drafts(array[known.id]);
    elsif known.id is not null then
      return private.receipt(known.id) || '{"repeated": true}';
    end if;
  end if;

  select * into known from public.submissions s
  where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1;
  if (known.file_sha256, known.reading_sha256) = (start_submission.file_sha256, start_submission.reading_sha256) then
    return private.receipt(known.id) || '{"repeated": true}';
  end if;
  if o.opens_on > private.today() then
    raise sqlstate 'PT409' using message = 'obligation_not_open_yet';
  elsif o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_is_excused';
  end if;
  perform private.require_revision(o.id);

  -- What interrupted uploads left behind, anybody's, was never acknowledged; nobody else would come to clear it.
  perform private.drop_drafts(array(
    select s.id from public.submissions s
    where s.status = 'draft' and s.created_at < now() - interval '1 hour'
    order by s.created_at limit 10 for update skip locked
  ));

  insert into public.submissions
    (obligation_id, council_id, organisation_id, dataset_code, dataset_version, rules_version, period, file_name, file_sha256, reading_sha256, file_size, idempotency_key, created_by)
  select o.id, o.council_id, o.organisation_id, o.dataset_code, private.dataset_version(o.dataset_code, o.period), d.rules_version, o.period,
         left(start_submission.file_name, 200), start_submission.file_sha256, start_submission.reading_sha256, start_submission.file_size,
         start_submission.idempotency_key, private.person_id()
  from public.datasets d where d.code = o.dataset_code
  returning id into made;
  return jsonb_build_object('submission', made, 'status', 'draft');
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'submission_not_valid';
  when unique_violation then raise sqlstate 'PT409' using message = 'submission_under_way';
end $$;
comment on function public.start_submission(uuid, text, text, bigint, text, text) is
  'Begins a filing: returns {submission, status: draft}, or the first receipt with repeated: true when this file, read the same way, or this idempotency key was filed already. A draft that an earlier attempt under the same key left is replaced. Refusals: obligation_not_found, obligation_not_open_yet, obligation_is_excused, revision_not_opened, idempotency_key_reused, submission_under_way, submission_not_valid.';

create function public.add_entries(submission uuid, entries jsonb, first integer default 1) returns integer
  -- A plan for the very arrays of one call would hold them packed, and walk to each element from the first.
  language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  given jsonb := private.unwrap(entries);
  texts text[];
  measure integer[];
  region integer[];
  occupation integer[];
  employment_mode integer[];
  value numeric[];
  missing_reason integer[];
  explanation text[];
  cell text[];
begin
  -- Shared: batches of one draft come side by side, and submit_submission waits for them.
  perform 1 from public.submissions s
  where s.id = submission and s.status = 'draft' and s.created_by = private.person_id()
    and s.organisation_id in (select private.organisations_as('reporter'))
  for share;
  if not found then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_entries';
  end if;
  texts := array(select jsonb_array_elements_text(given -> 'texts'));
  measure := given ->> 'measure';
  region := given ->> 'region';
  occupation := given ->> 'occupation';
  employment_mode := given ->> 'employment_mode';
  value := given ->> 'value';
  missing_reason := given ->> 'missing_reason';
  explanation := array(select jsonb_array_elements_text(given -> 'explanation'));
  cell := given ->> 'cell';
  if not coalesce(
    cardinality(measure) = all (array[cardinality(region), cardinality(occupation), cardinality(employment_mode), cardinality(value), cardinality(cell)]), false
  ) then
    raise sqlstate 'PT422' using message = 'entries_not_valid';
  end if;
  insert into public.entries (submission_id, position, measure_code, region_code, occupation, employment_mode, value, missing_reason, explanation, cell)
  select submission, first - 1 + i, texts[measure[i]], texts[region[i]], texts[occupation[i]], texts[employment_mode[i]],
         value[i], texts[missing_reason[i]], explanation[i], cell[i]
  from generate_series(1, cardinality(measure)) as i;
  return cardinality(measure);
exception
  when check_violation or not_null_violation or invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value then
    raise sqlstate 'PT422' using message = 'entries_not_valid';
  when unique_violation then
    raise sqlstate 'PT409' using message = 'submission_under_way';
end $$;
comment on function public.add_entries(uuid, jsonb, integer) is
  'Adds entries to the caller''s own draft, at the positions from first on. entries: {texts, measure, region, occupation, employment_mode, value, cell} and, where there are any, missing_reason and explanation. texts and explanation are lists, the others equally long arrays in Postgres''s writing: value of numbers, cell of texts, the rest of places in texts from 1. Returns how many were added. Refusals: submission_not_open_for_entries, submission_under_way (a position was taken already), entries_not_valid.';

create function public.submit_submission(submission uuid, expected integer, warnings jsonb default '[]') returns jsonb
  -- Room for the sets that are checked: 100,000 entries take 30 MB.
  language plpgsql security definer set search_path = '' set work_mem = '64MB' as $$
declare
  s public.submissions;
  o public.obligations;
  d public.datasets;
  jurisdiction text;
  counted integer;
  foreign_entry boolean;
  out_of_range boolean;
  counted_twice boolean;
  measure_missing boolean;
  first_day date;
  filed public.submissions;
  explained jsonb := coalesce(private.unwrap(warnings), '[]');
begin
  if jsonb_typeof(explained) <> 'array' then
    raise sqlstate 'PT422' using message = 'submission_not_valid';
  end if;
  select b.* into o from public.obligations b
  where b.id = (select x.obligation_id from public.submissions x where x.id = submission and x.created_by = private.person_id())
  for update;
  select * into s from public.submissions x
  where x.id = submission and x.created_by = private.person_id()
    and x.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if s.status <> 'draft' then
    return private.receipt(s.id) || '{"repeated": true}';
  end if;
  -- The same file sent twice at the same moment: one is filed, the other gets its receipt.
  select * into filed from public.submissions x where x.obligation_id = o.id and x.status <> 'draft' order by x.version desc limit 1;
  if (filed.file_sha256, filed.reading_sha256) = (s.file_sha256, s.reading_sha256) then
    perform private.drop_drafts(array[s.id]);
    return private.receipt(filed.id) || '{"repeated": true}';
  end if;
  -- Excused since the filing began.
  if o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_is_excused';
  end if;
  select * into d from public.datasets where code = s.dataset_code;
  select x.region_code into jurisdiction from public.organisations x where x.id = s.organisation_id;
  first_day := private.period_start(s.period);

  -- Whole sets instead of a foreign key per row.
  with places as materialized (
    select e.measure_code, e.region_code, count(*) as entries, min(e.value) as least, max(e.value) as most,
           bool_or(e.occupation = '') and bool_or(e.occupation <> '') as occupations_twice,
           bool_or(e.employment_mode = '') and bool_or(e.employment_mode <> '') as modes_twice
    from public.entries e where e.submission_id = s.id
    group by e.measure_code, e.region_code
  ),
  parts as materialized (
    select distinct e.occupation, e.employment_mode from public.entries e where e.submission_id = s.id
  )
  select
    (select coalesce(sum(x.entries), 0) from places x),
    exists (
      select 1 from (select distinct x.measure_code from places x) x
      where x.measure_code not in (select m.measure_code from public.dataset_measures m where m.dataset_code = s.dataset_code)
    ) or exists (
      select 1 from (select distinct x.region_code from places x) x
      left join public.regions r on r.code = x.region_code and r.level = d.region_level
        and (r.valid_to is null or r.valid_to > first_day)
      where r.code is null or r.code not like jurisdiction || '%'
    ) or exists (
      select 1 from parts x
      where x.occupation <> '' and x.occupation not in (select c.code from public.occupations c)
        or x.employment_mode <> '' and x.employment_mode not in (select c.code from public.employment_modes c)
    ),
    exists (
      select 1 from places x
      join public.dataset_measures m on m.dataset_code = s.dataset_code and m.measure_code = x.measure_code
      where x.least < coalesce(m.minimum, case when m.value_type = 'count' then 0 end) or x.most > m.maximum
    ),
    exists (select 1 from places x where x.occupations_twice or x.modes_twice) or exists (
      select 1 from public.entries e where e.submission_id = s.id
      group by e.measure_code, e.region_code, e.occupation, e.employment_mode having count(*) > 1
    ),
    exists (
      select 1 from public.dataset_measures m
      where m.dataset_code = s.dataset_code and m.required and m.since <= s.dataset_version and m.measure_code not in (select x.measure_code from places x)
    )
  into counted, foreign_entry, out_of_range, counted_twice, measure_missing;
  if counted = 0 or counted is distinct from expected then
    raise sqlstate 'PT409' using message = 'submission_not_complete';
  elsif foreign_entry then
    raise sqlstate 'PT422' using message = 'entries_not_in_dataset';
  elsif out_of_range then
    raise sqlstate 'PT422' using message = 'entries_out_of_range';
  elsif counted_twice then
    raise sqlstate 'PT422' using message = 'entries_counted_twice';
  elsif measure_missing then
    raise sqlstate 'PT422' using message = 'required_measure_missing';
  elsif private.changes_locked_cells(s.id, o.id) then
    raise sqlstate 'PT422' using message = 'locked_cells_changed';
  end if;

  perform private.require_revision(o.id);
  perform private.end_contest(o.id);
  -- A version that still waits for review is replaced by this one.
  update public.submissions x set status = 'superseded', decided_at = now()
  where x.obligation_id = o.id and x.status = 'submitted';

  update public.submissions x
  set status = 'submitted',
      version = (select coalesce(max(v.version), 0) + 1 from public.submissions v where v.obligation_id = o.id),
      row_count = counted,
      warnings = explained,
      values_sha256 = (
        select encode(sha256(convert_to(string_agg(
          concat_ws('|', e.measure_code, e.region_code, e.occupation, e.employment_mode, coalesce(e.value::text, e.missing_reason)), E'\n' order by e.position
        ), 'UTF8')), 'hex')
        from public.entries e where e.submission_id = s.id
      ),
      (cells_filled, cells_required, sums) = (select c.filled, c.required, c.sums from private.cells(s.id, s.dataset_code) c),
      submitted_at = clock_timestamp(),
      late_days = greatest(private.today() - o.due_on, 0)
  where x.id = s.id;
  perform private.record('submit', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return private.receipt(s.id);
end $$;
comment on function public.submit_submission(uuid, integer, jsonb) is
  'Files a draft: checks its entries as whole sets, fixes version and hashes, returns the receipt; of the file that stands already, its first receipt with repeated: true. expected: how many entries the caller sent. Refusals: submission_not_found, submission_not_valid, submission_not_complete, obligation_is_excused, revision_not_opened, entries_not_in_dataset, entries_out_of_range, entries_counted_twice, required_measure_missing, locked_cells_changed.';

create function public.abandon_submission(submission uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.submissions s
  where s.id = submission and s.status = 'draft' and s.created_by = private.person_id()
    and s.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if not found then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_entries';
  end if;
  perform private.drop_drafts(array[submission]);
end $$;
comment on function public.abandon_submission(uuid) is
  'Takes the caller''s own draft away with all its entries, as if it had never begun; what is filed stays. Refusals: submission_not_open_for_entries.';

create function public.submission_receipt(submission uuid) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select private.receipt(s.id)
  from public.submissions s
  where s.id = submission and s.status <> 'draft'
    and (
      s.organisation_id in (select private.organisations_as())
      or s.organisation_id in (select private.organisations_regulated())
    )
$$;
comment on function public.submission_receipt(uuid) is 'The receipt of a filed submission, for its organisation and its regulator; null for everybody else.';

-- ---------------------------------------------------------------- review

create function private.open_for_review(submission uuid) returns public.submissions
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
begin
  select * into s from public.submissions x
  where x.id = submission and x.status <> 'draft'
    and x.organisation_id in (select private.organisations_reviewed())
    and x.council_id in (select private.councils_joined())
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if s.status <> 'submitted' then
    raise sqlstate 'PT409' using message = 'submission_not_open_for_review';
  end if;
  if s.created_by = private.person_id() then
    raise sqlstate 'PT403' using message = 'nobody_reviews_their_own';
  end if;
  if exists (
    select 1 from public.reviews r where r.submission_id = s.id and r.organisation_id in (select private.organisations_as())
  ) then
    raise sqlstate 'PT409' using message = 'another_organisation_decides_next';
  end if;
  -- Two stages: first a body below the council's region (a district), then one of the whole region (the city).
  if exists (
    select 1
    from public.datasets d, public.councils c, public.organisations me
    where d.code = s.dataset_code and d.review_stages = 2 and c.id = s.council_id
      and me.id in (select private.organisations_as())
      and (s.stage = 0) is distinct from (length(me.region_code) > length(c.region_code))
  ) then
    raise sqlstate 'PT409' using message = 'another_organisation_decides_next';
  end if;
  return s;
end $$;
comment on function private.open_for_review(uuid) is 'Locks a submission that the caller may decide on now, or refuses with the reason.';
revoke execute on function private.open_for_review(uuid) from public;

create function private.settle(submission uuid) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  replaced uuid;
begin
  select * into s from public.submissions x where x.id = submission;
  if s.stage + 1 < (select d.review_stages from public.datasets d where d.code = s.dataset_code) then
    update public.submissions x set status = 'submitted', stage = x.stage + 1, decided_at = null where x.id = s.id;
    perform private.record('endorse', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
      jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
    return 'submitted';
  end if;
  update public.submissions x set status = 'superseded'
  where x.obligation_id = s.obligation_id and x.status in ('accepted', 'reopened')
  returning x.id into replaced;
  update public.submissions x set status = 'accepted', stage = x.stage + 1, decided_at = now() where x.id = s.id;
  if replaced is null then
    perform private.roll_up(s.id);
  else
    perform private.revise(s.id);
  end if;
  perform private.record('accept', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'accepted';
end $$;
comment on function private.settle(uuid) is
  'A submission passes a stage of its review; the last one makes it accepted and its totals count. Gives the new status.';
revoke execute on function private.settle(uuid) from public;

create function public.accept_submission(submission uuid, note text default null) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions := private.open_for_review(submission);
begin
  insert into public.reviews (submission_id, stage, organisation_id, reviewed_by, decision, reason)
  values (s.id, s.stage + 1, private.acting_organisation(), private.person_id(), 'accept', private.said(note));
  return private.settle(s.id);
end $$;
comment on function public.accept_submission(uuid, text) is
  'A reviewer accepts. The last stage makes the submission accepted and rolls its totals up in the same transaction; returns the new status. Refusals: submission_not_found, submission_not_open_for_review, nobody_reviews_their_own, another_organisation_decides_next.';

create function private.read_marks(submission uuid, marks jsonb) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  given jsonb := coalesce(private.unwrap(marks), '[]');
begin
  if jsonb_typeof(given) <> 'array' or jsonb_array_length(given) > 1000 or exists (
    select 1 from jsonb_array_elements(given) as mark
    where not exists (
      select 1 from public.entries e where e.submission_id = read_marks.submission and e.position::text = mark ->> 'position'
    )
  ) then
    raise sqlstate 'PT422' using message = 'marked_cell_not_found';
  end if;
  if exists (
    select 1 from jsonb_array_elements(given) as mark
    where coalesce(mark ->> 'code', '') not in
        ('out_of_line_with_history', 'contradicts_other_cell', 'wrong_unit', 'wrong_region', 'missing_explanation', 'other')
      or coalesce(char_length(private.said(mark ->> 'note')), 0) not between 5 and 2000
      or coalesce(mark ->> 'opens', 'cell') not in ('cell', 'row', 'measure', 'rules')
  ) then
    raise sqlstate 'PT422' using message = 'mark_needs_a_reason';
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'position', (mark ->> 'position')::integer, 'code', mark ->> 'code', 'note', private.said(mark ->> 'note'),
      'opens', coalesce(mark ->> 'opens', 'cell')
    ) order by (mark ->> 'position')::integer), '[]')
    from jsonb_array_elements(given) as mark
  );
end $$;
comment on function private.read_marks(uuid, jsonb) is
  'Marks as they are kept: [{position, code, note, opens}], each with a reason code and a sentence. Refusals: marked_cell_not_found, mark_needs_a_reason.';
revoke execute on function private.read_marks(uuid, jsonb) from public;

create function private.marks_accepted(submission uuid, marks jsonb, accepted text[]) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from jsonb_array_elements(marks) as mark
    join public.entries e on e.submission_id = marks_accepted.submission and e.position = (mark ->> 'position')::integer
    where e.measure_code = any (accepted)
  )
$$;
comment on function private.marks_accepted(uuid, jsonb, text[]) is 'Whether a mark stands on a value of a measure that was accepted already.';
revoke execute on function private.marks_accepted(uuid, jsonb, text[]) from public;

create function public.return_submission(
  submission uuid, reason text, marks jsonb default '[]', accept_rest boolean default false
) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  given jsonb;
  accepted text[];
begin
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'return_needs_a_reason';
  end if;
  s := private.open_for_review(submission);
  given := private.read_marks(s.id, marks);
  -- What an earlier return accepted stays accepted.
  accepted := coalesce((select b.accepted_measures from private.binding_return(s.obligation_id) b), '{}');
  if private.marks_accepted(s.id, given, accepted) then
    raise sqlstate 'PT409' using message = 'accepted_measure_is_locked';
  end if;
  insert into public.reviews (submission_id, stage, organisation_id, reviewed_by, decision, reason, marks)
  values (s.id, s.stage + 1, private.acting_organisation(), private.person_id(), 'return', private.said(reason), given);
  if accept_rest then
    accepted := private.accept_unmarked(s, accepted);
  end if;
  update public.submissions x set status = 'returned', decided_at = now(), accepted_measures = accepted where x.id = s.id;
  perform private.record(case when accept_rest then 'accept_partly' else 'return' end, 'submission', s.id::text, s.council_id, s.organisation_id,
    'organisation', jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'returned';
end $$;
comment on function public.return_submission(uuid, text, jsonb, boolean) is
  'A reviewer returns, with a reason of at least 5 characters and the marked cells [{position, code, note, opens}]: only what they open may change in the next version. accept_rest: at the last stage, the measures without an open cell are accepted at once. Refusals: return_needs_a_reason, marked_cell_not_found, mark_needs_a_reason, accepted_measure_is_locked, partial_acceptance_is_last, revision_is_accepted_wholly, nothing_left_to_accept, and those of accept_submission.';

create function public.review_queue()
  returns table (
    submission_id uuid, organisation_id uuid, organisation_zh text, organisation_en text, dataset_code text, dataset_zh text, dataset_en text,
    period text, version smallint, stage smallint, review_stages smallint, row_count integer, warning_count integer,
    submitted_at timestamptz, due_on date, late_days integer, returned_before boolean, accepted_before integer, first_filing boolean, fired jsonb, risk integer
  )
  language sql stable security definer set search_path = '' as $$
  select s.id, g.id, g.name_zh, g.name_en, d.code, d.name_zh, d.name_en, s.period, s.version, s.stage, d.review_stages, s.row_count,
         jsonb_array_length(s.warnings), s.submitted_at, o.due_on, s.late_days, past.returned, coalesce(part.accepted, 0), past.none, warned.fired,
         warned.points + case when s.late_days > 0 then 2 else 0 end + case when past.returned then 3 else 0 end
           + case when past.none then 2 else 0 end as risk
  from public.submissions s
  join public.datasets d on d.code = s.dataset_code
  join public.obligations o on o.id = s.obligation_id
  join public.organisations g on g.id = s.organisation_id
  join public.councils c on c.id = s.council_id
  join public.organisations me on me.id in (select private.organisations_as('reviewer'))
  cross join lateral (
    select exists (select 1 from public.submissions x where x.obligation_id = s.obligation_id and x.status = 'returned') as returned,
           not exists (
             select 1 from public.submissions x
             where x.organisation_id = s.organisation_id and x.council_id = s.council_id and x.dataset_code = s.dataset_code
               and x.period <> s.period and x.status in ('accepted', 'reopened')
           ) as none
  ) past
  left join lateral (
    select case decided.status when 'returned' then cardinality(decided.accepted_measures) end as accepted
    from public.submissions decided
    where decided.obligation_id = s.obligation_id and decided.status in ('returned', 'accepted', 'reopened')
    order by decided.version desc limit 1
  ) part on true
  cross join lateral (
    select coalesce(jsonb_object_agg(k.kind, k.warnings), '{}') as fired,
           coalesce(sum(k.warnings * case when k.kind in ('jump', 'z_score', 'peer_outlier', 'cross_file') then 3 else 1 end), 0)::integer as points
    from (
      -- The version of the rule that the filing was checked with; an earlier one may have been of another kind.
      select coalesce(r.kind, 'other') as kind, count(*) as warnings
      from jsonb_array_elements(s.warnings) as warning
      left join public.dataset_rules r on r.dataset_code = s.dataset_code and r.code = warning ->> 'rule'
        and r.since <= s.rules_version and (r.until is null or s.rules_version < r.until)
      group by 1
    ) k
  ) warned
  where s.status = 'submitted' and s.organisation_id in (select private.organisations_reviewed())
    and s.council_id in (select private.councils_joined()) and s.created_by <> private.person_id()
    and not exists (select 1 from public.reviews r where r.submission_id = s.id and r.organisation_id = me.id)
    and (d.review_stages = 1 or (s.stage = 0) = (length(me.region_code) > length(c.region_code)))
  order by risk desc, s.submitted_at
$$;
comment on function public.review_queue() is
  'Submissions on which the caller may decide now, by risk, then by age. accepted_before: how many measures the return before it accepted. fired: how many warnings of each kind of rule, other: of no rule that is kept. risk: 3 for each warning that compares with history, peers or another filing, 1 for each other, 2 if late, 2 if no other period of the dataset was accepted before, 3 if a version came back before.';

create function private.readable_submission(submission uuid) returns setof public.submissions
  language sql stable security definer set search_path = '' as $$
  select s.* from public.submissions s
  where s.id = readable_submission.submission and s.status <> 'draft'
    and (
      s.organisation_id in (select private.organisations_as())
      or (s.organisation_id in (select private.organisations_regulated()) and s.council_id in (select private.councils_joined()))
    )
$$;
comment on function private.readable_submission(uuid) is 'A filed submission, for its organisation and its regulators; nothing for everybody else.';
revoke execute on function private.readable_submission(uuid) from public;

create function public.submission_summary(submission uuid)
  returns table (
    measure_code text, "position" smallint, name_zh text, name_en text, unit text, additive boolean,
    total numeric, missing_count integer, entry_count integer, previous_version_total numeric, history jsonb
  )
  language sql stable security definer set search_path = '' as $$
  with this as (
    select s.organisation_id, s.council_id, s.dataset_code, s.period, c.region_code, s.sums,
           (select p.sums from public.submissions p
            where p.obligation_id = s.obligation_id and p.version < s.version order by p.version desc limit 1) as previous
    from private.readable_submission(submission) s
    join public.councils c on c.id = s.council_id
  ),
  past as (
    select x.measure_code, jsonb_agg(jsonb_build_object('period', x.period, 'value', x.value) order by x.period) as history
    from (
      select t.measure_code, t.period, t.value, row_number() over (partition by t.measure_code order by t.starts_on desc) as back
      from this join public.totals t on t.organisation_id = this.organisation_id and t.council_id = this.council_id
        and t.dataset_code = this.dataset_code and t.region_code = this.region_code and t.occupation = '' and t.period < this.period
    ) x
    where x.back <= 12
    group by x.measure_code
  )
  select m.code, dm.position, m.name_zh, m.name_en, m.unit, m.additive, case when m.additive then (this.sums -> m.code ->> 'total')::numeric end,
         coalesce((this.sums -> m.code ->> 'missing')::integer, 0), coalesce((this.sums -> m.code ->> 'entries')::integer, 0),
         case when m.additive then (this.previous -> m.code ->> 'total')::numeric end, coalesce(p.history, '[]')
  from this
  join public.dataset_measures dm on dm.dataset_code = this.dataset_code
  join public.measures m on m.code = dm.measure_code
  left join past p on p.measure_code = m.code
  order by dm.position
$$;
comment on function public.submission_summary(uuid) is
  'A submission by measure: its total, the previous version''s, missing values, and the last 12 accepted totals. For its organisation and its regulators; empty for everybody else.';

create view public.obligation_states with (security_invoker = true) as
select o.id, o.council_id, o.organisation_id, g.name_zh as organisation_zh, g.name_en as organisation_en, g.short_zh, g.short_en,
       o.dataset_code, d.name_zh as dataset_zh, d.name_en as dataset_en, d.frequency, o.period, o.opens_on, o.due_on, o.original_due_on, o.excused_reason,
       s.id as submission_id, s.version, s.status as submission_status, s.submitted_at, s.late_days, s.row_count,
       case
         when o.excused_reason is not null then 'excused'
         when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted'
         when s.status is not null then s.status
         when o.opens_on > private.today() then 'not_open'
         when o.due_on < private.today() then 'overdue'
         when o.due_on <= private.today() + 5 then 'due_soon'
         else 'open' end as state,
       o.due_on + c.lock_after_days as locks_on,
       exists (select from public.submissions x where x.obligation_id = o.id and x.status in ('accepted', 'reopened')) as accepted_before
from public.obligations o
join public.councils c on c.id = o.council_id
join public.organisations g on g.id = o.organisation_id
join public.datasets d on d.code = o.dataset_code
left join lateral (
  select x.id, x.version, x.status, x.submitted_at, x.late_days, x.row_count, x.accepted_measures
  from public.submissions x
  where x.obligation_id = o.id and x.status in ('submitted', 'accepted', 'returned', 'reopened')
  order by x.version desc limit 1
) s on true;
comment on view public.obligation_states is 'Each obligation the reader may see with its newest filing and its state: not_open, open, due_soon, overdue, submitted, returned, partly_accepted (returned, but for some measures), reopened, accepted, excused. locks_on: from the next day on an accepted filing changes by exception only. accepted_before: another filing is a correction and needs an open revision.';
grant select on public.obligation_states to authenticated;
-- Without it Postgres would answer a write with "cannot be done" instead of "not allowed", which the API words as its own fault.
create trigger obligation_states_are_read_only instead of insert or update or delete on public.obligation_states
  for each row execute function private.refuse_change();

grant execute on function
  public.review_queue(), public.submission_summary(uuid),
  public.open_obligations(uuid, text, text),
  public.start_submission(uuid, text, text, bigint, text, text),
  public.add_entries(uuid, jsonb, integer),
  public.submit_submission(uuid, integer, jsonb),
  public.abandon_submission(uuid),
  public.submission_receipt(uuid),
  public.accept_submission(uuid, text),
  public.return_submission(uuid, text, jsonb, boolean)
  to authenticated;
