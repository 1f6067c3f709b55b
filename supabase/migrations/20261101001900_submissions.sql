-- What is filed: submissions with their entries, and the state of each obligation.

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
  created_at timestamptz not null default private.now(),
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
comment on table public.submissions is
  'What an organisation filed for an obligation. draft → submitted → accepted or returned → superseded; reopened: no longer accepted, but its figures stand until a corrected version is. A status changes only through a verb. stage counts reviews passed.';
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
create trigger entries_are_not_changed before update on public.entries
  for each row execute function private.refuse_change();
create trigger entries_are_not_emptied before truncate on public.entries
  for each statement execute function private.refuse_change();

-- ---------------------------------------------------------------- what was filed is kept

create function private.keep_entries() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from public.submissions s where s.id in (select distinct c.submission_id from changed c) and s.status <> 'draft'
  ) then
    raise sqlstate 'PT409' using message = 'record_is_kept';
  end if;
  return null;
end $$;
comment on function private.keep_entries() is 'Trigger: what was filed is neither added to nor deleted, whoever asks; only a draft is.';
create trigger filed_entries_are_not_added_to after insert on public.entries
  referencing new table as changed for each statement execute function private.keep_entries();
create trigger filed_entries_are_not_deleted after delete on public.entries
  referencing old table as changed for each statement execute function private.keep_entries();

create function private.keep_submissions() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if old.status <> 'draft' and (
    tg_op = 'DELETE'
    or (new.obligation_id, new.council_id, new.organisation_id, new.dataset_code, new.dataset_version, new.period, new.version, new.created_by)
       is distinct from
       (old.obligation_id, old.council_id, old.organisation_id, old.dataset_code, old.dataset_version, old.period, old.version, old.created_by)
    or (new.file_name, new.file_sha256, new.reading_sha256, new.values_sha256, new.row_count, new.warnings, new.corrections, new.submitted_at, new.cells_filled, new.cells_required, new.sums)
       is distinct from
       (old.file_name, old.file_sha256, old.reading_sha256, old.values_sha256, old.row_count, old.warnings, old.corrections, old.submitted_at, old.cells_filled, old.cells_required, old.sums)
    or (old.status in ('accepted', 'reopened') and new.status not in ('accepted', 'reopened', 'superseded'))
  ) then
    raise sqlstate 'PT409' using message = 'record_is_kept';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
comment on function private.keep_submissions() is
  'Trigger: of a filing only status, stage and the time of the decision move on; an accepted one is replaced by a corrected one and never undone.';
create trigger filed_submissions_are_kept before update or delete on public.submissions
  for each row execute function private.keep_submissions();

-- ---------------------------------------------------------------- who may see what

alter table public.submissions enable row level security;
alter table public.submissions force row level security;
create policy "organisations read their submissions, regulators the filed ones" on public.submissions
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or (status <> 'draft' and (organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a))
  );
grant select (
  id, obligation_id, council_id, organisation_id, dataset_code, dataset_version, rules_version, period, version, status, stage, file_name, file_sha256, file_size,
  row_count, values_sha256, warnings, corrections, created_by, created_at, submitted_at, late_days, decided_at, accepted_measures,
  cells_filled, cells_required
) on public.submissions to authenticated;

alter table public.entries enable row level security;
alter table public.entries force row level security;
create policy "entries are read by those who may read their submission" on public.entries
  for select to authenticated
  using (submission_id in (select s.id from public.submissions s));
grant select on public.entries to authenticated;

create function private.readable_submission(submission uuid) returns setof public.submissions
  language sql stable security definer set search_path = '' as $$
  select s.* from public.submissions s
  where s.id = readable_submission.submission and s.status <> 'draft'
    and (s.organisation_id, s.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
$$;
comment on function private.readable_submission(uuid) is 'A filed submission, for its organisation and its regulators; nothing for everybody else.';

create view public.obligation_states with (security_invoker = true) as
select o.id, o.council_id, o.organisation_id, g.name_zh as organisation_zh, g.name_en as organisation_en, g.short_zh, g.short_en,
       o.dataset_code, d.name_zh as dataset_zh, d.name_en as dataset_en, d.frequency, o.period, o.opens_on, o.due_on, o.original_due_on, o.excused_reason,
       s.id as submission_id, s.version, s.status as submission_status, s.submitted_at, s.late_days, s.row_count,
       case
         when o.excused_reason is not null then 'excused'
         when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted'
         when s.status is not null then s.status
         when o.opens_on > (select private.today()) then 'not_open'
         when o.due_on < (select private.today()) then 'overdue'
         when o.due_on <= (select private.today()) + 5 then 'due_soon'
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

-- ---------------------------------------------------------------- receipts

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

create function public.submission_receipt(submission uuid) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select private.receipt(s.id)
  from public.submissions s
  where s.id = submission and s.status <> 'draft'
    and (s.organisation_id, s.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
$$;
comment on function public.submission_receipt(uuid) is 'The receipt of a filed submission, for its organisation and its regulator; null for everybody else.';
grant execute on function public.submission_receipt(uuid) to authenticated;

create function private.subjects_submission(ids text[]) returns setof private.subject
  language sql stable set search_path = '' as $$
  select s.id::text, s.council_id, s.organisation_id, d.name_zh, d.name_en, s.period, null::uuid
  from public.submissions s
  join public.datasets d on d.code = s.dataset_code
  where s.id = any (private.uuids(ids))
$$;
comment on function private.subjects_submission(text[]) is 'Submissions, by the name of their dataset, as private.subjects gives them.';
grant execute on function private.subjects_submission(text[]) to authenticated;

create function private.tasks_submissions() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'file', o.id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, o.period, o.due_on, coalesce(last.status, 'open')
  from public.obligations o
  join public.datasets d on d.code = o.dataset_code
  join public.organisations g on g.id = o.organisation_id
  left join lateral (
    select case when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted' else s.status end as status
    from public.submissions s where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1
  ) last on true
  where o.organisation_id in (select private.organisations_as('reporter')) and o.excused_reason is null
    and o.opens_on <= (select private.today()) and (last.status is null or last.status in ('returned', 'partly_accepted', 'reopened'))
$$;
comment on function private.tasks_submissions() is 'Figures to file; subject_id is the obligation.';
