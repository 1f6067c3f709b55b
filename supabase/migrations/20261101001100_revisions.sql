-- What happens after acceptance: figures lock, a correction is a revision with its reason and effect, a decision can be
-- contested, and how completely and how timely everybody files. docs/decisions/revisions.md.

-- ---------------------------------------------------------------- locks

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
create trigger entries_are_not_changed before update on public.entries
  for each row execute function private.refuse_change();
create trigger entries_are_not_emptied before truncate on public.entries
  for each statement execute function private.refuse_change();

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

revoke execute on function private.keep_entries(), private.keep_submissions() from public;

-- ---------------------------------------------------------------- revisions and exceptions

create table public.lock_exceptions (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  reason text not null,
  until date not null,
  granted_by uuid not null,
  granted_at timestamptz not null default now(),
  constraint an_exception_has_its_reason check (char_length(btrim(reason)) >= 5)
);
comment on table public.lock_exceptions is 'The secretariat lets a locked filing be corrected: a revision may be opened up to and including until. Kept and shown to those who may see the filing.';
create index lock_exceptions_by_obligation on public.lock_exceptions (obligation_id, until);
create index lock_exceptions_by_council on public.lock_exceptions (council_id);
create index lock_exceptions_by_organisation on public.lock_exceptions (organisation_id);

create table public.revisions (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  dataset_code text not null references public.datasets (code),
  period text not null,
  number smallint not null,
  replaces_id uuid not null references public.submissions (id),
  reason text not null,
  opened_by uuid not null,
  opened_by_organisation uuid not null references public.organisations (id),
  opened_at timestamptz not null default now(),
  submission_id uuid unique references public.submissions (id),
  accepted_by uuid,
  accepted_by_organisation uuid references public.organisations (id),
  revised_at timestamptz,
  withdrawn_at timestamptz,
  constraint a_revision_has_its_reason check (char_length(btrim(reason)) >= 5),
  constraint it_is_accepted_wholly_or_not check (
    (submission_id is null) = (revised_at is null) and (submission_id is null) = (accepted_by is null)
    and (submission_id is null or withdrawn_at is null)
  ),
  unique (obligation_id, number)
);
comment on table public.revisions is
  'A correction of an accepted filing: opened with its reason by the organisation, or by a reviewer who reopens the filing; ended by the acceptance of the corrected filing (submission_id), or withdrawn where the filing stood its ground. number counts from 1 for each obligation.';
create unique index one_revision_is_open on public.revisions (obligation_id) where submission_id is null and withdrawn_at is null;
create index revisions_by_council on public.revisions (council_id, dataset_code, period) where submission_id is not null;
create index revisions_by_organisation on public.revisions (organisation_id);
create index revisions_by_dataset on public.revisions (dataset_code);
create index revisions_by_replaced on public.revisions (replaces_id);
create index revisions_by_opener on public.revisions (opened_by_organisation);
create index revisions_by_acceptor on public.revisions (accepted_by_organisation);

create table public.revision_effects (
  revision_id uuid not null references public.revisions (id),
  kind text not null,
  code text not null,
  region_code text not null,
  own_before numeric,
  own_after numeric,
  total_before numeric,
  total_after numeric,
  primary key (revision_id, kind, code, region_code),
  constraint the_kind_is_known check (kind in ('measure', 'indicator'))
);
comment on table public.revision_effects is
  'What a revision changed: a measure''s total or an indicator''s value in a region, as the organisation''s own (own_…) and of everybody (total_…, exact, for the regulator only). Written by private.revise.';

create table public.contests (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references public.submissions (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  kind text not null,
  reason text not null,
  contested_by uuid not null,
  contested_at timestamptz not null default now(),
  outcome text,
  decision_reason text,
  decided_by uuid,
  decided_at timestamptz,
  constraint the_kind_is_known check (kind in ('return', 'reopening')),
  constraint the_outcome_is_known check (outcome in ('upheld', 'accepted_as_filed', 'withdrawn')),
  constraint a_contest_has_its_reason check (char_length(btrim(reason)) >= 5),
  constraint a_decision_has_its_reason check (
    (outcome is null) = (decided_at is null)
    and (coalesce(outcome, 'withdrawn') = 'withdrawn' or (char_length(btrim(coalesce(decision_reason, ''))) >= 5 and decided_by is not null))
  )
);
comment on table public.contests is
  'An organisation disagrees with the return or reopening of its filing. Both versions stand side by side until the secretariat decides; withdrawn: the organisation filed a corrected version instead.';
create unique index one_contest_is_open on public.contests (submission_id) where outcome is null;
create index contests_by_council on public.contests (council_id);
create index contests_by_organisation on public.contests (organisation_id);

create trigger lock_exceptions_are_kept before update or delete on public.lock_exceptions
  for each row execute function private.refuse_change();
create trigger revision_effects_are_kept before update or delete on public.revision_effects
  for each row execute function private.refuse_change();

do $$
declare
  kept text;
begin
  foreach kept in array array['lock_exceptions', 'revisions', 'contests'] loop
    execute format('alter table public.%I enable row level security', kept);
    execute format('alter table public.%I force row level security', kept);
    execute format(
      'create policy "organisations and their regulators read what became of their filings" on public.%I for select to authenticated using (
         organisation_id in (select private.organisations_as())
         or (organisation_id in (select private.organisations_regulated()) and council_id in (select private.councils_joined()))
       )', kept);
  end loop;
end $$;
grant select (id, obligation_id, council_id, organisation_id, reason, until, granted_at) on public.lock_exceptions to authenticated;
grant select (id, obligation_id, council_id, organisation_id, dataset_code, period, number, replaces_id, reason, opened_by_organisation, opened_at,
  submission_id, accepted_by_organisation, revised_at, withdrawn_at) on public.revisions to authenticated;
grant select (id, submission_id, council_id, organisation_id, kind, reason, contested_at, outcome, decision_reason, decided_at) on public.contests to authenticated;

alter table public.revision_effects enable row level security;
alter table public.revision_effects force row level security;
create policy "effects are read by those who may read the revision" on public.revision_effects
  for select to authenticated
  using (revision_id in (select r.id from public.revisions r));
grant select (revision_id, kind, code, region_code, own_before, own_after) on public.revision_effects to authenticated;

-- ---------------------------------------------------------------- opening a revision

create function private.require_unlocked(obligation uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (
    select from public.obligations o join public.councils c on c.id = o.council_id
    where o.id = obligation and o.due_on + c.lock_after_days < private.today()
  ) and not exists (
    select from public.lock_exceptions e where e.obligation_id = obligation and e.until >= private.today()
  ) then
    raise sqlstate 'PT409' using message = 'period_is_locked';
  end if;
end $$;
comment on function private.require_unlocked(uuid) is 'Refuses to touch an accepted filing of a locked period without a recorded exception: period_is_locked.';

create function private.require_revision(obligation uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (
    select from public.submissions s where s.obligation_id = obligation and s.status in ('accepted', 'reopened')
  ) and not exists (
    select from public.revisions r where r.obligation_id = obligation and r.submission_id is null and r.withdrawn_at is null
  ) then
    raise sqlstate 'PT409' using message = 'revision_not_opened';
  end if;
end $$;
comment on function private.require_revision(uuid) is 'Refuses another filing after acceptance unless a revision with its reason is open: revision_not_opened.';

create function private.start_revision(replaced public.submissions, reason text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'revision_needs_a_reason';
  end if;
  perform private.require_unlocked(replaced.obligation_id);
  insert into public.revisions (obligation_id, council_id, organisation_id, dataset_code, period, number, replaces_id, reason, opened_by, opened_by_organisation)
  select replaced.obligation_id, replaced.council_id, replaced.organisation_id, replaced.dataset_code, replaced.period,
         coalesce(max(r.number), 0) + 1, replaced.id, private.said(start_revision.reason), private.person_id(), private.acting_organisation()
  from public.revisions r where r.obligation_id = replaced.obligation_id
  returning id into made;
  return made;
exception
  when unique_violation then raise sqlstate 'PT409' using message = 'revision_already_open';
end $$;
comment on function private.start_revision(public.submissions, text) is
  'Opens the revision of an accepted filing for the caller. Refusals: revision_needs_a_reason, period_is_locked, revision_already_open.';

create function public.open_revision(obligation uuid, reason text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  standing public.submissions;
  made uuid;
begin
  select * into o from public.obligations x
  where x.id = obligation and x.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if o.id is null then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;
  select * into standing from public.submissions s where s.obligation_id = o.id and s.status in ('accepted', 'reopened');
  if standing.id is null then
    raise sqlstate 'PT409' using message = 'submission_not_accepted';
  end if;
  made := private.start_revision(standing, reason);
  perform private.record('open_revision', 'submission', standing.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
  return made;
end $$;
comment on function public.open_revision(uuid, text) is
  'A reporter opens the correction of an accepted filing with a reason of at least 5 characters; the corrected version is then filed as usual. Refusals: obligation_not_found, submission_not_accepted, revision_needs_a_reason, period_is_locked, revision_already_open.';

create function public.reopen_submission(submission uuid, reason text) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
begin
  select * into s from public.submissions x
  where x.id = submission and x.status <> 'draft'
    and (
      (x.organisation_id in (select private.organisations_reviewed()) and x.council_id in (select private.councils_joined()))
      or x.council_id in (select private.councils_convened())
    )
  for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'revision_needs_a_reason';
  end if;
  if s.status <> 'accepted' then
    raise sqlstate 'PT409' using message = 'submission_not_accepted';
  end if;
  if s.created_by = private.person_id() then
    raise sqlstate 'PT403' using message = 'nobody_reviews_their_own';
  end if;
  perform private.start_revision(s, reason);
  update public.submissions x set status = 'reopened' where x.id = s.id;
  perform private.record('reopen', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'reopened';
end $$;
comment on function public.reopen_submission(uuid, text) is
  'A reviewer or the secretariat takes an acceptance back, with a reason of at least 5 characters. The figures stand, marked, until a corrected version is accepted. Refusals: submission_not_found, revision_needs_a_reason, submission_not_accepted, nobody_reviews_their_own, period_is_locked, revision_already_open.';

create function public.permit_late_change(obligation uuid, reason text, until date) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  made uuid;
begin
  select * into o from public.obligations x where x.id = obligation;
  perform private.require_secretariat(o.council_id);
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'exception_needs_a_reason';
  end if;
  if until is null or until not between private.today() and private.today() + 90 then
    raise sqlstate 'PT422' using message = 'exception_ends_within_90_days';
  end if;
  insert into public.lock_exceptions (obligation_id, council_id, organisation_id, reason, until, granted_by)
  values (o.id, o.council_id, o.organisation_id, private.said(reason), permit_late_change.until, private.person_id())
  returning id into made;
  perform private.record('permit_late_change', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period, 'until', permit_late_change.until));
  return made;
end $$;
comment on function public.permit_late_change(uuid, text, date) is
  'The secretariat lets a locked filing be corrected up to a day at most 90 days off, with a reason. Refusals: only_the_secretariat, exception_needs_a_reason, exception_ends_within_90_days.';

create function public.set_lock(council uuid, days integer) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_secretariat(council);
  update public.councils c set lock_after_days = days where c.id = council;
  perform private.record('set_lock', 'council', council::text, council, null, 'council', jsonb_build_object('days', days));
exception
  when check_violation or numeric_value_out_of_range then raise sqlstate 'PT422' using message = 'lock_not_valid';
end $$;
comment on function public.set_lock(uuid, integer) is
  'The secretariat says how many days (1 to 3660) after its due date an accepted filing locks; null: never. Refusals: only_the_secretariat, lock_not_valid.';

-- ---------------------------------------------------------------- accepting a revision

create function private.standing(council uuid, organisation uuid, dataset text, period text)
  returns table (kind text, code text, region_code text, own numeric, total numeric)
  language sql stable security definer set search_path = '' as $$
  select 'measure', t.measure_code, t.region_code, sum(t.value) filter (where t.organisation_id = organisation), case when m.additive then sum(t.value) end
  from public.totals t
  join public.measures m on m.code = t.measure_code
  where t.council_id = council and t.period = standing.period and t.occupation = ''
    and t.measure_code in (select dm.measure_code from public.dataset_measures dm where dm.dataset_code = dataset)
  group by t.measure_code, t.region_code, m.additive
  union all
  select 'indicator', f.indicator_code, f.region_code,
         round(o.numerator / case when o.denominator is null then 1 else nullif(o.denominator, 0) end * d.factor, 4), f.value
  from private.figures f
  join public.indicator_definitions d on d.indicator_code = f.indicator_code and d.version = f.version
  left join private.indicator_cells(
    council,
    (select array_agg(distinct dt.indicator_code) from public.definition_terms dt
     join public.dataset_measures dm on dm.measure_code = dt.measure_code and dm.dataset_code = dataset),
    private.period_start(standing.period), private.period_start(standing.period), true, organisation
  ) o on o.indicator_code = f.indicator_code and o.version = f.version and o.region_code = f.region_code and o.period = f.period
  where f.council_id = council and f.exact and f.period = standing.period
    and f.indicator_code in (
      select dt.indicator_code from public.definition_terms dt
      join public.dataset_measures dm on dm.measure_code = dt.measure_code and dm.dataset_code = dataset
    )
$$;
comment on function private.standing(uuid, uuid, text, text) is
  'Every aggregate that a dataset feeds in a period: the organisation''s own and the exact total, by measure and indicator in each region.';

create function private.revise(submission uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  revision uuid;
  before jsonb;
begin
  select * into s from public.submissions x where x.id = submission;
  -- Two acceptances of one period would each count the other's change.
  perform pg_advisory_xact_lock(hashtextextended(s.council_id || s.period, 0));
  update public.revisions r
  set submission_id = s.id, accepted_by = private.person_id(), accepted_by_organisation = private.acting_organisation(), revised_at = now()
  where r.obligation_id = s.obligation_id and r.submission_id is null and r.withdrawn_at is null
  returning r.id into revision;
  if revision is null then
    raise sqlstate 'PT409' using message = 'revision_not_opened';
  end if;
  before := (select jsonb_agg(to_jsonb(x)) from private.standing(s.council_id, s.organisation_id, s.dataset_code, s.period) x);
  perform private.roll_up(s.id);
  insert into public.revision_effects (revision_id, kind, code, region_code, own_before, own_after, total_before, total_after)
  select revision, kind, code, region_code, b.own, a.own, b.total, a.total
  from jsonb_to_recordset(before) as b (kind text, code text, region_code text, own numeric, total numeric)
  full join private.standing(s.council_id, s.organisation_id, s.dataset_code, s.period) a using (kind, code, region_code)
  where (b.own, b.total) is distinct from (a.own, a.total);
end $$;
comment on function private.revise(uuid) is
  'Puts a corrected filing''s totals in the place of the accepted ones'' and records what that changed. Refusal: revision_not_opened.';

-- ---------------------------------------------------------------- contests

create function public.contest_decision(submission uuid, reason text) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  s public.submissions;
  made uuid;
begin
  select * into s from public.submissions x
  where x.id = submission and x.organisation_id in (select private.organisations_as('reporter')) for update;
  if s.id is null then
    raise sqlstate 'PT404' using message = 'submission_not_found';
  end if;
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'contest_needs_a_reason';
  end if;
  if s.status not in ('returned', 'reopened') or exists (
    select from public.submissions x where x.obligation_id = s.obligation_id and x.version > s.version
  ) or exists (
    select from public.obligations o where o.id = s.obligation_id and o.excused_reason is not null
  ) then
    raise sqlstate 'PT409' using message = 'nothing_to_contest';
  end if;
  insert into public.contests (submission_id, council_id, organisation_id, kind, reason, contested_by)
  values (s.id, s.council_id, s.organisation_id, case s.status when 'returned' then 'return' else 'reopening' end, private.said(reason), private.person_id())
  returning id into made;
  perform private.record('contest', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return made;
exception
  when unique_violation then raise sqlstate 'PT409' using message = 'contest_already_open';
end $$;
comment on function public.contest_decision(uuid, text) is
  'A reporter contests the return or reopening of the newest version, with a reason of at least 5 characters. Nothing changes until the secretariat decides. Refusals: submission_not_found, contest_needs_a_reason, nothing_to_contest, contest_already_open.';

create function private.end_contest(obligation uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update public.contests c set outcome = 'withdrawn', decided_at = now()
  from public.submissions s
  where s.obligation_id = obligation and c.submission_id = s.id and c.outcome is null
$$;
comment on function private.end_contest(uuid) is 'Whoever files a corrected version no longer contests the return of the last one.';

create function private.takes_part_in(contest public.contests, person uuid default private.person_id()) returns boolean
  language sql stable security definer set search_path = '' as $$
  select person in (contest.contested_by, s.created_by)
    or exists (
      select from public.reviews r where r.submission_id = s.id and r.decision = 'return' and r.reviewed_by = person
    )
    or exists (
      select from public.revisions r
      where r.replaces_id = s.id and r.submission_id is null and r.withdrawn_at is null and r.opened_by = person
    )
  from public.submissions s where s.id = contest.submission_id
$$;
comment on function private.takes_part_in(public.contests, uuid) is 'Whether a person, the caller if none is named, filed, contested, returned or reopened what is in dispute: such a person does not decide it.';

create function public.decide_contest(contest uuid, outcome text, reason text) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  c public.contests;
  s public.submissions;
begin
  select * into c from public.contests x where x.id = contest;
  perform private.require_secretariat(c.council_id);
  if coalesce(char_length(private.said(reason)), 0) < 5 then
    raise sqlstate 'PT422' using message = 'contest_decision_needs_a_reason';
  end if;
  if outcome is null or outcome not in ('upheld', 'accepted_as_filed') then
    raise sqlstate 'PT422' using message = 'contest_decision_not_valid';
  end if;
  select * into s from public.submissions x where x.id = c.submission_id for update;
  if private.takes_part_in(c) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own_dispute';
  end if;
  update public.contests x
  set outcome = decide_contest.outcome, decision_reason = private.said(decide_contest.reason), decided_by = private.person_id(), decided_at = now()
  where x.id = c.id and x.outcome is null;
  if not found then
    raise sqlstate 'PT409' using message = 'contest_already_decided';
  end if;
  perform private.record('decide_contest', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period, 'outcome', outcome));
  if outcome = 'upheld' then
    return s.status;
  elsif c.kind = 'return' then
    return private.settle(s.id);
  end if;
  update public.revisions r set withdrawn_at = now()
  where r.replaces_id = s.id and r.submission_id is null and r.withdrawn_at is null;
  update public.submissions x set status = 'accepted' where x.id = s.id;
  return 'accepted';
end $$;
comment on function public.decide_contest(uuid, text, text) is
  'The secretariat decides: upheld (the return or reopening stands) or accepted_as_filed (the stage that returned it counts as passed, a reopened filing is accepted again), with a reason. Gives the submission''s status. Refusals: only_the_secretariat, contest_decision_needs_a_reason, contest_decision_not_valid, nobody_decides_their_own_dispute, contest_already_decided.';

-- ---------------------------------------------------------------- what people are told of it

create function private.tell_outcome() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  filers constant public.members[] := private.filers(new.organisation_id);
  review public.reviews;
begin
  if new.status = 'returned' then
    select * into review from public.reviews r
    where r.submission_id = new.id and r.decision = 'return' order by r.reviewed_at desc limit 1;
    perform private.tell(
      filers, case when new.accepted_measures = '{}' then 'returned' else 'partly_accepted' end, new.obligation_id, review.id,
      submission => new.id, cells => jsonb_array_length(review.marks)
    );
  elsif new.status = 'reopened' then
    perform private.tell(
      filers, 'reopened', new.obligation_id,
      (select r.id from public.revisions r where r.replaces_id = new.id and r.submission_id is null and r.withdrawn_at is null),
      submission => new.id
    );
  else
    perform private.tell(filers, 'accepted', new.obligation_id, new.id, submission => new.id);
  end if;
  return null;
end $$;
comment on function private.tell_outcome() is
  'Trigger: who files for an organisation learns what a reviewer decided. What an objection comes to they learn from its decision.';
create trigger filers_learn_of_outcomes after update of status on public.submissions
  for each row when (
    (new.status in ('returned', 'reopened') and old.status <> new.status) or (new.status = 'accepted' and old.status = 'submitted')
  ) execute function private.tell_outcome();

create function private.tell_opened_cells() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    private.filers(s.organisation_id), 'cells_opened', s.obligation_id, new.id, submission => s.id, cells => jsonb_array_length(new.marks)
  )
  from public.submissions s where s.id = new.submission_id;
  return null;
end $$;
comment on function private.tell_opened_cells() is 'Trigger: who files learns that more cells of what came back may be corrected.';
create trigger filers_learn_of_opened_cells after update of marks on public.reviews
  for each row when (jsonb_array_length(new.marks) > jsonb_array_length(old.marks)) execute function private.tell_opened_cells();

create function private.tell_replies() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(
    array(
      select m from public.members m
      where m.person_id = r.reviewed_by and m.organisation_id = r.organisation_id and 'reviewer' = any (m.roles)
    ),
    'replied', s.obligation_id, r.id, submission => s.id,
    cells => (select count(*)::integer from public.mark_replies x where x.review_id = r.id)
  )
  from public.reviews r
  join public.submissions s on s.id = r.submission_id
  where r.id in (select g.review_id from given g);
  return null;
end $$;
comment on function private.tell_replies() is 'Trigger: whoever marked cells learns of answers to the marks.';
create trigger reviewers_learn_of_replies after insert on public.mark_replies
  referencing new table as given for each statement execute function private.tell_replies();

create function private.tell_contest() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  obligation constant uuid := (select s.obligation_id from public.submissions s where s.id = new.submission_id);
  -- Whose decision it is that was contested.
  decided constant public.members[] := array(
    select m from public.members m
    where (m.person_id, m.organisation_id) in (
      select r.reviewed_by, r.organisation_id from public.reviews r
      where new.kind = 'return' and r.submission_id = new.submission_id and r.decision = 'return'
      union
      select r.opened_by, r.opened_by_organisation from public.revisions r
      where new.kind = 'reopening' and r.replaces_id = new.submission_id and r.submission_id is null and r.withdrawn_at is null
    )
  );
begin
  if new.outcome is null then
    perform private.tell(
      array(
        select m from public.councils c
        join public.members m on m.organisation_id = c.convener_id and 'admin' = any (m.roles)
        where c.id = new.council_id and not private.takes_part_in(new, m.person_id)
      ),
      'objection_to_decide', obligation, new.id, submission => new.submission_id
    );
    perform private.tell(decided, 'objected', obligation, new.id, submission => new.submission_id);
  else
    perform private.tell(
      private.filers(new.organisation_id), case new.outcome when 'upheld' then 'objection_upheld' else 'objection_granted' end,
      obligation, new.id, submission => new.submission_id
    );
    perform private.tell(
      decided, case new.outcome when 'upheld' then 'decision_upheld' else 'decision_overruled' end,
      obligation, new.id, submission => new.submission_id
    );
  end if;
  return null;
end $$;
comment on function private.tell_contest() is
  'Trigger: of an objection the secretariat that may decide it and the reviewer learn; of its decision who files and the reviewer.';
create trigger people_learn_of_objections after insert on public.contests
  for each row when (new.outcome is null) execute function private.tell_contest();
create trigger people_learn_of_decided_objections after update of outcome on public.contests
  for each row when (new.outcome in ('upheld', 'accepted_as_filed')) execute function private.tell_contest();

-- ---------------------------------------------------------------- reading

create function public.revision_changes(revision uuid)
  returns table (
    measure_code text, region_code text, occupation text, employment_mode text, old_value numeric, old_missing text, new_value numeric, new_missing text
  )
  language sql stable set search_path = '' as $$
  select measure_code, region_code, occupation, employment_mode, b.value, b.missing_reason, a.value, a.missing_reason
  from (select e.* from public.entries e join public.revisions r on r.replaces_id = e.submission_id where r.id = revision) b
  full join (select e.* from public.entries e join public.revisions r on r.submission_id = e.submission_id where r.id = revision) a
    using (measure_code, region_code, occupation, employment_mode)
  where (b.value, b.missing_reason) is distinct from (a.value, a.missing_reason)
    and exists (select from public.revisions r where r.id = revision and r.submission_id is not null)
  order by 1, 2, 3, 4
  limit 1000
$$;
comment on function public.revision_changes(uuid) is 'The values that an accepted revision changed, at most 1000: old and new. Under the reader''s own rights.';

create function public.obligation_revisions(obligation uuid)
  returns table (
    id uuid, number smallint, replaces_id uuid, submission_id uuid, reason text, opened_by_name text, opened_by_zh text, opened_by_en text, opened_at timestamptz,
    accepted_by_zh text, accepted_by_en text, revised_at timestamptz, withdrawn_at timestamptz, effects jsonb
  )
  language sql stable security definer set search_path = '' as $$
  select r.id, r.number, r.replaces_id, r.submission_id, r.reason,
    -- Who reviews is told as an organisation, as everywhere.
    case when r.opened_by_organisation = r.organisation_id then p.name end, g.name_zh, g.name_en, r.opened_at, a.name_zh, a.name_en, r.revised_at, r.withdrawn_at,
    coalesce((
      select jsonb_agg(jsonb_build_object('kind', e.kind, 'code', e.code, 'region', e.region_code,
          'name_zh', coalesce(m.name_zh, i.name_zh), 'name_en', coalesce(m.name_en, i.name_en), 'decimals', coalesce(i.decimals, 0),
          'region_zh', x.name_zh, 'region_en', x.name_en, 'own_before', e.own_before, 'own_after', e.own_after,
          'total_before', case when private.sees_exactly(r.council_id) then e.total_before end,
          'total_after', case when private.sees_exactly(r.council_id) then e.total_after end)
        order by length(e.region_code), e.kind desc, e.code, e.region_code)
      from public.revision_effects e
      left join public.measures m on e.kind = 'measure' and m.code = e.code
      left join public.indicators i on e.kind = 'indicator' and i.code = e.code
      left join public.regions x on x.code = e.region_code
      where e.revision_id = r.id
    ), '[]')
  from public.revisions r
  join public.organisations g on g.id = r.opened_by_organisation
  left join public.organisations a on a.id = r.accepted_by_organisation
  left join public.people p on p.id = r.opened_by
  where r.obligation_id = obligation
    and (
      r.organisation_id in (select private.organisations_as())
      or (r.organisation_id in (select private.organisations_regulated()) and r.council_id in (select private.councils_joined()))
    )
  order by r.number desc
$$;
comment on function public.obligation_revisions(uuid) is
  'The revisions of an obligation, newest first: why, who, when, and what changed. The exact totals of everybody are told to the council''s regulator only; from the organisation''s own change they follow for nobody else.';

create function public.indicator_revisions(council uuid, indicator text, region text default null)
  returns table (
    period text, revised_at timestamptz, submission_id uuid, organisation_zh text, organisation_en text, reason text,
    own_before numeric, own_after numeric, total_before numeric, total_after numeric, exception text
  )
  language plpgsql stable security definer set search_path = '' as $$
declare
  place text := coalesce(region, (select c.region_code from public.councils c where c.id = council));
  exactly boolean := private.sees_exactly(council);
begin
  perform private.require_seat(council);
  return query
  with revised as (
    select r.*, e.own_before, e.own_after, e.total_before, e.total_after,
           r.organisation_id in (select private.organisations_as()) or r.organisation_id in (select private.organisations_regulated()) as named,
           (select x.reason from public.lock_exceptions x
            where x.obligation_id = r.obligation_id and x.granted_at <= r.opened_at and x.until >= (r.opened_at at time zone 'Asia/Shanghai')::date
            order by x.granted_at desc limit 1) as exception
    from public.revisions r
    join public.revision_effects e on e.revision_id = r.id and e.kind = 'indicator' and e.code = indicator and e.region_code = place
    where r.council_id = council and r.submission_id is not null
  )
  select x.period, x.revised_at, x.submission_id, o.name_zh, o.name_en, x.reason, x.own_before, x.own_after,
         case when exactly then x.total_before end, case when exactly then x.total_after end, x.exception
  from revised x
  join public.organisations o on o.id = x.organisation_id
  where x.named
  union all
  -- How many corrections there were is nobody else's business, and an amount would be one contributor's change.
  select x.period, max(x.revised_at), null::uuid, null::text, null::text, null::text, null::numeric, null::numeric, null::numeric, null::numeric, null::text
  from revised x
  where not x.named
  group by x.period
  order by 1 desc, 2 desc;
end $$;
comment on function public.indicator_revisions(uuid, text, text) is
  'When periods of an indicator were revised in a region (the council''s whole region by default). By whom, why, by how much and by which exception to the lock is told to the organisation itself and its regulator; everybody else learns when last. Refusal: council_not_found.';

-- ---------------------------------------------------------------- completeness and timeliness

create function private.cells(submission uuid, dataset text) returns table (filled integer, required integer, sums jsonb)
  language sql stable security definer set search_path = '' as $$
  with asked as materialized (
    select dm.measure_code from public.dataset_measures dm where dm.dataset_code = dataset and dm.required
  ),
  places as materialized (
    select e.region_code, e.measure_code, count(e.value) as filled, count(*) filter (where e.missing_reason is distinct from 'not_applicable') as required,
           count(*) as entries, sum(e.value) as total
    from public.entries e where e.submission_id = submission group by e.region_code, e.measure_code
  )
  select coalesce(sum(p.filled), 0)::integer, coalesce(sum(coalesce(p.required, 1)), 0)::integer,
         (
           select coalesce(jsonb_object_agg(m.measure_code, jsonb_build_object('total', m.total, 'missing', m.entries - m.filled, 'entries', m.entries)), '{}')
           from (
             select w.measure_code, sum(w.total) as total, sum(w.filled) as filled, sum(w.entries) as entries from places w group by w.measure_code
           ) m
         )
  from (select distinct x.region_code from places x) r
  cross join asked a
  left join places p on p.region_code = r.region_code and p.measure_code = a.measure_code
$$;
comment on function private.cells(uuid, text) is
  'Value completeness of a filing: how many cells of required measures hold a value, of those it holds or lacks. A region without a required measure lacks one cell; a cell that does not apply is not asked for. sums: what submissions.sums keeps.';

create function public.filing_grid(council uuid, periods integer default 12)
  returns table (
    obligation_id uuid, organisation_id uuid, organisation_zh text, organisation_en text, short_zh text, short_en text,
    dataset_code text, dataset_zh text, dataset_en text, period text, due_on date, state text, submission_id uuid, excused boolean, counted boolean, received boolean, late_days integer, approved boolean,
    first_decided text, decisions integer, returns integer, cells_filled integer, cells_required integer
  )
  language sql stable set search_path = '' as $$
  with owed as materialized (
    select v.*, dense_rank() over (partition by v.dataset_code order by v.period desc) as back
    from public.obligation_states v
    where v.council_id = council and v.opens_on <= private.today()
  ),
  versions as materialized (
    select s.obligation_id, s.version, s.status, s.late_days, s.cells_filled, s.cells_required,
           case when s.stage >= d.review_stages then 'accepted'
                when exists (select from public.reviews r where r.submission_id = s.id and r.decision = 'return') then 'returned' end as decided
    from public.submissions s
    join public.datasets d on d.code = s.dataset_code
    where s.council_id = council and s.status <> 'draft'
  ),
  told as (
    select v.obligation_id, (array_agg(v.late_days order by v.version))[1] as late_days, bool_or(v.status = 'accepted') as approved,
           (array_agg(v.decided order by v.version) filter (where v.decided is not null))[1] as first_decided,
           count(v.decided)::integer as decisions, (count(*) filter (where v.decided = 'returned'))::integer as returns,
           (array_agg(v.cells_filled order by v.version desc))[1] as cells_filled, (array_agg(v.cells_required order by v.version desc))[1] as cells_required
    from versions v
    group by v.obligation_id
  ),
  asked as (
    select dm.dataset_code, count(*)::integer as measures from public.dataset_measures dm where dm.required group by dm.dataset_code
  ),
  cells as (
    select o.*, t.obligation_id is not null as received,
           case when t.obligation_id is null then greatest(private.today() - o.due_on, 0) else t.late_days end as late,
           coalesce(t.approved, false) as approved, t.first_decided, coalesce(t.decisions, 0) as decisions, coalesce(t.returns, 0) as returns,
           coalesce(t.cells_filled, 0) as filled,
           coalesce(t.cells_required, max(t.cells_required) over earlier, a.measures) as required
    from owed o
    left join told t on t.obligation_id = o.id
    left join asked a on a.dataset_code = o.dataset_code
    window earlier as (partition by o.organisation_id, o.dataset_code order by o.period rows between unbounded preceding and 1 preceding)
  )
  select c.id, c.organisation_id, c.organisation_zh, c.organisation_en, c.short_zh, c.short_en, c.dataset_code, c.dataset_zh, c.dataset_en, c.period, c.due_on, c.state,
         c.submission_id, c.state = 'excused', c.state <> 'excused' and (c.received or c.due_on < private.today()), c.received, c.late, c.approved,
         c.first_decided, c.decisions, c.returns, c.filled, c.required
  from cells c
  where c.back <= filing_grid.periods
  order by c.dataset_code, c.organisation_zh, c.period
$$;
comment on function public.filing_grid(uuid, integer) is
  'Each obligation of a dataset''s newest opened periods, under the reader''s own rights: whether it counts (due or received, not excused), was received and how many days late (its first version; of one not received, so far), is approved, how it was first decided, and its cells: of the newest version those that hold a value and those it should; of nothing received as many as the organisation''s largest earlier filing had.';

create function public.filing_rates(council uuid, periods integer default 12)
  returns table (
    organisation_id uuid, organisation_zh text, organisation_en text, dataset_code text, expected integer, excused integer, received integer,
    on_time integer, approved integer, cells_filled bigint, cells_required bigint, first_decided integer, first_passed integer, decisions bigint, returns bigint
  )
  language sql stable set search_path = '' as $$
  select g.organisation_id, g.organisation_zh, g.organisation_en, g.dataset_code,
         (count(*) filter (where g.counted))::integer, (count(*) filter (where g.excused))::integer,
         (count(*) filter (where g.counted and g.received))::integer, (count(*) filter (where g.counted and g.received and g.late_days = 0))::integer,
         (count(*) filter (where g.counted and g.approved))::integer,
         coalesce(sum(g.cells_filled) filter (where g.counted), 0), coalesce(sum(g.cells_required) filter (where g.counted), 0),
         (count(g.first_decided) filter (where g.counted))::integer, (count(*) filter (where g.counted and g.first_decided = 'accepted'))::integer,
         coalesce(sum(g.decisions) filter (where g.counted), 0), coalesce(sum(g.returns) filter (where g.counted), 0)
  from public.filing_grid(council, periods) g
  group by g.organisation_id, g.organisation_zh, g.organisation_en, g.dataset_code
  order by g.dataset_code, g.organisation_zh
$$;
comment on function public.filing_rates(uuid, integer) is
  'The grid by organisation and dataset, as numerators and denominators: value completeness (cells_filled of cells_required), timeliness (on_time of expected), first pass (first_passed of first_decided) and returns (returns of decisions).';

-- ---------------------------------------------------------------- what waits for me

create function public.my_tasks()
  returns table (kind text, subject_id text, title_zh text, title_en text, organisation_zh text, organisation_en text, period text, due_on date, status text)
  language sql stable security definer set search_path = '' as $$
  -- figures to file
  select 'file', o.id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, o.period, o.due_on, coalesce(last.status, 'open')
  from public.obligations o
  join public.datasets d on d.code = o.dataset_code
  join public.organisations g on g.id = o.organisation_id
  left join lateral (
    select case when s.status = 'returned' and s.accepted_measures <> '{}' then 'partly_accepted' else s.status end as status
    from public.submissions s where s.obligation_id = o.id and s.status <> 'draft' order by s.version desc limit 1
  ) last on true
  where o.organisation_id in (select private.organisations_as('reporter')) and o.excused_reason is null
    and o.opens_on <= private.today() and (last.status is null or last.status in ('returned', 'partly_accepted', 'reopened'))
  union all
  -- submissions to review
  select 'review', q.submission_id::text, q.dataset_zh, q.dataset_en, g.short_zh, g.short_en, q.period, q.due_on, 'submitted'
  from public.review_queue() q
  join public.organisations g on g.id = q.organisation_id
  union all
  -- votes to cast
  select 'vote', r.meeting_id::text, a.title_zh, a.title_en, null, null, null, (m.scheduled_at at time zone 'Asia/Shanghai')::date, r.status
  from public.resolutions r
  join public.agenda_items a on a.id = r.agenda_item_id
  join public.meetings m on m.id = r.meeting_id
  join public.council_seats s on s.council_id = r.council_id and s.standing = 'voting' and (s.until is null or s.until > private.today())
    and s.organisation_id in (select private.organisations_as('delegate'))
  where r.status = 'voting' and not exists (select 1 from public.votes v where v.resolution_id = r.id and v.organisation_id = s.organisation_id)
  union all
  -- action items to work on
  select 'act', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accepting_id
  where a.status in ('assigned', 'in_progress')
    and a.accountable_id in (select private.organisations_as('reporter') union select private.organisations_as('admin'))
  union all
  -- completions to accept
  select 'accept', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, a.due_on, a.status
  from public.action_items a
  join public.organisations g on g.id = a.accountable_id
  where a.status = 'reported'
    and a.accepting_id in (
      select private.organisations_as('reviewer') union select private.organisations_as('delegate') union select private.organisations_as('admin')
    )
  union all
  -- proposals to schedule
  select 'schedule', a.id::text, a.title_zh, a.title_en, g.short_zh, g.short_en, null, null, a.status
  from public.agenda_items a
  join public.organisations g on g.id = a.proposed_by_organisation
  where a.status = 'proposed' and a.council_id in (select private.councils_convened())
  union all
  -- objections to decide
  select 'contest', c.submission_id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, s.period, null, c.kind
  from public.contests c
  join public.submissions s on s.id = c.submission_id
  join public.datasets d on d.code = s.dataset_code
  join public.organisations g on g.id = c.organisation_id
  where c.outcome is null and c.council_id in (select private.councils_convened()) and not private.takes_part_in(c)
  order by 8 nulls last, 1
$$;
comment on function public.my_tasks() is
  'What waits for the caller in the organisation they act for: file, review, vote, act, accept, schedule, contest. subject_id is an obligation, submission, meeting, action item or agenda item.';

revoke execute on function
  private.require_unlocked(uuid), private.require_revision(uuid), private.start_revision(public.submissions, text), private.standing(uuid, uuid, text, text),
  private.revise(uuid), private.end_contest(uuid), private.takes_part_in(public.contests, uuid), private.cells(uuid, text),
  private.tell_outcome(), private.tell_opened_cells(), private.tell_replies(), private.tell_contest()
  from public;

grant execute on function
  public.open_revision(uuid, text), public.reopen_submission(uuid, text), public.permit_late_change(uuid, text, date), public.set_lock(uuid, integer),
  public.contest_decision(uuid, text), public.decide_contest(uuid, text, text),
  public.revision_changes(uuid), public.obligation_revisions(uuid), public.indicator_revisions(uuid, text, text),
  public.filing_grid(uuid, integer), public.filing_rates(uuid, integer),
  public.my_tasks()
  to authenticated;
