-- What happens after acceptance: figures lock, and are revised with a reason and effect.
-- docs/decisions/revisions.md.

create table public.lock_exceptions (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  reason text not null,
  until date not null,
  granted_by uuid not null,
  granted_at timestamptz not null default private.now(),
  constraint an_exception_has_its_reason check (private.is_reason(reason))
);
comment on table public.lock_exceptions is 'An exception to the lock by the secretariat: a revision may be opened up to and including until. Kept and shown to those who may see the filing.';
create index lock_exceptions_by_obligation on public.lock_exceptions (obligation_id, until);
create index lock_exceptions_by_council on public.lock_exceptions (council_id);
create index lock_exceptions_by_organisation on public.lock_exceptions (organisation_id);
create trigger lock_exceptions_are_kept before update or delete on public.lock_exceptions
  for each row execute function private.refuse_change();

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
  opened_at timestamptz not null default private.now(),
  submission_id uuid unique references public.submissions (id),
  accepted_by uuid,
  accepted_by_organisation uuid references public.organisations (id),
  revised_at timestamptz,
  withdrawn_at timestamptz,
  constraint a_revision_has_its_reason check (private.is_reason(reason)),
  constraint it_is_accepted_wholly_or_not check (
    (submission_id is null) = (revised_at is null) and (submission_id is null) = (accepted_by is null)
    and (submission_id is null or withdrawn_at is null)
  ),
  unique (obligation_id, number)
);
comment on table public.revisions is
  'A revision of an accepted filing: opened with its reason by the organisation, or by a reviewer who reopens the filing; ended by the acceptance of the revised filing (submission_id), or withdrawn where the filing stood its ground. number counts from 1 for each obligation.';
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
create trigger revision_effects_are_kept before update or delete on public.revision_effects
  for each row execute function private.refuse_change();

-- ---------------------------------------------------------------- who may see what

alter table public.lock_exceptions enable row level security;
alter table public.lock_exceptions force row level security;
create policy "organisations and their regulators read what became of a filing" on public.lock_exceptions
  for select to authenticated
  using ((organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a));
grant select (id, obligation_id, council_id, organisation_id, reason, until, granted_at) on public.lock_exceptions to authenticated;

alter table public.revisions enable row level security;
alter table public.revisions force row level security;
create policy "organisations and their regulators read what became of a filing" on public.revisions
  for select to authenticated
  using ((organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a));
grant select (id, obligation_id, council_id, organisation_id, dataset_code, period, number, replaces_id, reason, opened_by_organisation, opened_at,
  submission_id, accepted_by_organisation, revised_at, withdrawn_at) on public.revisions to authenticated;

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
  perform private.require_reason(reason, 'revision_needs_a_reason');
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
  accepted public.submissions;
  made uuid;
begin
  select * into o from public.obligations x
  where x.id = obligation and x.organisation_id in (select private.organisations_as('reporter'))
  for update;
  if o.id is null then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;
  select * into accepted from public.submissions s where s.obligation_id = o.id and s.status in ('accepted', 'reopened');
  if accepted.id is null then
    raise sqlstate 'PT409' using message = 'submission_not_accepted';
  end if;
  made := private.start_revision(accepted, reason);
  perform private.record('open_revision', 'submission', accepted.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
  return made;
end $$;
comment on function public.open_revision(uuid, text) is
  'A reporter opens the revision of an accepted filing with a reason of at least 5 characters; the revised version is then filed as usual. Refusals: obligation_not_found, submission_not_accepted, revision_needs_a_reason, period_is_locked, revision_already_open.';
grant execute on function public.open_revision(uuid, text) to authenticated;

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
  perform private.require_reason(reason, 'revision_needs_a_reason');
  if s.status <> 'accepted' then
    raise sqlstate 'PT409' using message = 'submission_not_accepted';
  end if;
  if private.interest_in(s) is not null then
    raise sqlstate 'PT403' using message = private.interest_in(s);
  end if;
  perform private.start_revision(s, reason);
  update public.submissions x set status = 'reopened' where x.id = s.id;
  perform private.record('reopen', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return 'reopened';
end $$;
comment on function public.reopen_submission(uuid, text) is
  'A reviewer or the secretariat takes an acceptance back, with a reason of at least 5 characters. The figures stand, marked, until a revised version is accepted. Refusals: submission_not_found, revision_needs_a_reason, submission_not_accepted, nobody_reviews_their_own, nobody_reviews_their_key, nobody_reviews_their_organisation, period_is_locked, revision_already_open.';
grant execute on function public.reopen_submission(uuid, text) to authenticated;

create function public.grant_exception(obligation uuid, reason text, until date) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
  made uuid;
begin
  select * into o from public.obligations x where x.id = obligation;
  perform private.require_secretariat(o.council_id);
  perform private.require_reason(reason, 'exception_needs_a_reason');
  if until is null or until not between private.today() and private.today() + 90 then
    raise sqlstate 'PT422' using message = 'exception_ends_within_90_days';
  end if;
  insert into public.lock_exceptions (obligation_id, council_id, organisation_id, reason, until, granted_by)
  values (o.id, o.council_id, o.organisation_id, private.said(reason), grant_exception.until, private.person_id())
  returning id into made;
  perform private.record('grant_exception', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period, 'until', grant_exception.until));
  return made;
end $$;
comment on function public.grant_exception(uuid, text, date) is
  'The secretariat grants an exception to the lock: an accepted filing may be revised up to a day at most 90 days off, with a reason. Refusals: only_the_secretariat, exception_needs_a_reason, exception_ends_within_90_days.';
grant execute on function public.grant_exception(uuid, text, date) to authenticated;

-- ---------------------------------------------------------------- accepting a revision

create function private.fed_aggregates(council uuid, organisation uuid, dataset text, period text)
  returns table (kind text, code text, region_code text, own numeric, total numeric)
  language sql stable security definer set search_path = '' as $$
  select 'measure', t.measure_code, t.region_code, sum(t.value) filter (where t.organisation_id = organisation), case when m.additive then sum(t.value) end
  from public.totals t
  join public.measures m on m.code = t.measure_code
  where t.council_id = council and t.period = fed_aggregates.period and t.occupation = ''
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
    private.period_start(fed_aggregates.period), private.period_start(fed_aggregates.period), true, organisation
  ) o on o.indicator_code = f.indicator_code and o.version = f.version and o.region_code = f.region_code and o.period = f.period
  where f.council_id = council and f.exact and f.period = fed_aggregates.period
    and f.indicator_code in (
      select dt.indicator_code from public.definition_terms dt
      join public.dataset_measures dm on dm.measure_code = dt.measure_code and dm.dataset_code = dataset
    )
$$;
comment on function private.fed_aggregates(uuid, uuid, text, text) is
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
  set submission_id = s.id, accepted_by = private.person_id(), accepted_by_organisation = private.acting_organisation(), revised_at = private.now()
  where r.obligation_id = s.obligation_id and r.submission_id is null and r.withdrawn_at is null
  returning r.id into revision;
  if revision is null then
    raise sqlstate 'PT409' using message = 'revision_not_opened';
  end if;
  perform private.keep_figures_due(s.council_id, s.period);
  before := (select jsonb_agg(to_jsonb(x)) from private.fed_aggregates(s.council_id, s.organisation_id, s.dataset_code, s.period) x);
  perform private.roll_up(s.id);
  perform private.keep_figures_due(s.council_id, s.period);
  insert into public.revision_effects (revision_id, kind, code, region_code, own_before, own_after, total_before, total_after)
  select revision, kind, code, region_code, b.own, a.own, b.total, a.total
  from jsonb_to_recordset(before) as b (kind text, code text, region_code text, own numeric, total numeric)
  full join private.fed_aggregates(s.council_id, s.organisation_id, s.dataset_code, s.period) a using (kind, code, region_code)
  where (b.own, b.total) is distinct from (a.own, a.total);
end $$;
comment on function private.revise(uuid) is
  'Puts a revised filing''s totals in the place of the accepted ones'' and records what that changed. Refusal: revision_not_opened.';

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
grant execute on function public.revision_changes(uuid) to authenticated;

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
    and (r.organisation_id, r.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
  order by r.number desc
$$;
comment on function public.obligation_revisions(uuid) is
  'The revisions of an obligation, newest first: why, who, when, and what changed. The exact totals of everybody are told to the council''s regulator only; from the organisation''s own change they follow for nobody else.';
grant execute on function public.obligation_revisions(uuid) to authenticated;

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
            where x.obligation_id = r.obligation_id and x.granted_at <= r.opened_at and x.until >= private.day_of(r.opened_at)
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
  -- How many revisions there were is nobody else's business, and an amount would be one contributor's change.
  select x.period, max(x.revised_at), null::uuid, null::text, null::text, null::text, null::numeric, null::numeric, null::numeric, null::numeric, null::text
  from revised x
  where not x.named
  group by x.period
  order by 1 desc, 2 desc;
end $$;
comment on function public.indicator_revisions(uuid, text, text) is
  'When periods of an indicator were revised in a region (the council''s whole region by default). By whom, why, by how much and by which exception to the lock is told to the organisation itself and its regulator; everybody else learns when last. Refusal: council_not_found.';
grant execute on function public.indicator_revisions(uuid, text, text) to authenticated;
