-- An organisation disagrees with the return or reopening of its filing.

create table public.objections (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references public.submissions (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  kind text not null,
  reason text not null,
  objected_by uuid not null,
  objected_at timestamptz not null default private.now(),
  outcome text,
  decision_reason text,
  decided_by uuid,
  decided_at timestamptz,
  constraint the_kind_is_known check (kind in ('return', 'reopening')),
  constraint the_outcome_is_known check (outcome in ('upheld', 'accepted_as_filed', 'withdrawn')),
  constraint a_objection_has_its_reason check (private.is_reason(reason)),
  constraint a_decision_has_its_reason check (
    (outcome is null) = (decided_at is null)
    and (coalesce(outcome, 'withdrawn') = 'withdrawn' or (private.is_reason(decision_reason) and decided_by is not null))
  )
);
comment on table public.objections is
  'An organisation disagrees with the return or reopening of its filing. Both versions stand side by side until the secretariat decides; withdrawn: the organisation filed a corrected version instead.';
create unique index one_objection_is_open on public.objections (submission_id) where outcome is null;
create index objections_by_council on public.objections (council_id);
create index objections_by_organisation on public.objections (organisation_id);

alter table public.objections enable row level security;
alter table public.objections force row level security;
create policy "organisations and their regulators read what became of a filing" on public.objections
  for select to authenticated
  using ((organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a));
grant select (id, submission_id, council_id, organisation_id, kind, reason, objected_at, outcome, decision_reason, decided_at) on public.objections to authenticated;

create function public.raise_objection(submission uuid, reason text) returns uuid
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
  perform private.require_reason(reason, 'objection_needs_a_reason');
  if s.status not in ('returned', 'reopened') or exists (
    select from public.submissions x where x.obligation_id = s.obligation_id and x.version > s.version
  ) or exists (
    select from public.obligations o where o.id = s.obligation_id and o.excused_reason is not null
  ) then
    raise sqlstate 'PT409' using message = 'nothing_to_object_to';
  end if;
  insert into public.objections (submission_id, council_id, organisation_id, kind, reason, objected_by)
  values (s.id, s.council_id, s.organisation_id, case s.status when 'returned' then 'return' else 'reopening' end, private.said(reason), private.person_id())
  returning id into made;
  perform private.record('raise_objection', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period));
  return made;
exception
  when unique_violation then raise sqlstate 'PT409' using message = 'objection_already_open';
end $$;
comment on function public.raise_objection(uuid, text) is
  'A reporter objects to the return or reopening of the newest version, with a reason of at least 5 characters. Nothing changes until the secretariat decides. Refusals: submission_not_found, objection_needs_a_reason, nothing_to_object_to, objection_already_open.';
grant execute on function public.raise_objection(uuid, text) to authenticated;

create function private.end_objection(obligation uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  update public.objections c set outcome = 'withdrawn', decided_at = private.now()
  from public.submissions s
  where s.obligation_id = obligation and c.submission_id = s.id and c.outcome is null
$$;
comment on function private.end_objection(uuid) is 'Whoever files a corrected version no longer objects to the return of the last one.';

create function private.takes_part_in(objection public.objections, person uuid default private.person_id()) returns boolean
  language sql stable security definer set search_path = '' as $$
  select person = objection.objected_by or private.interest_in(s, person) is not null
    or exists (
      select from public.reviews r where r.submission_id = s.id and r.decision = 'return' and r.reviewed_by = person
    )
    or exists (
      select from public.revisions r
      where r.replaces_id = s.id and r.submission_id is null and r.withdrawn_at is null and r.opened_by = person
    )
  from public.submissions s where s.id = objection.submission_id
$$;
comment on function private.takes_part_in(public.objections, uuid) is 'Whether a person, the caller if none is named, has an interest in what is in dispute, or objected to it, returned or reopened it: such a person does not decide it.';

create function public.decide_objection(objection uuid, outcome text, reason text) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  c public.objections;
  s public.submissions;
begin
  select * into c from public.objections x where x.id = objection;
  perform private.require_secretariat(c.council_id);
  perform private.require_reason(reason, 'objection_decision_needs_a_reason');
  if outcome is null or outcome not in ('upheld', 'accepted_as_filed') then
    raise sqlstate 'PT422' using message = 'objection_decision_not_valid';
  end if;
  select * into s from public.submissions x where x.id = c.submission_id for update;
  if private.takes_part_in(c) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own_dispute';
  end if;
  update public.objections x
  set outcome = decide_objection.outcome, decision_reason = private.said(decide_objection.reason), decided_by = private.person_id(), decided_at = private.now()
  where x.id = c.id and x.outcome is null;
  if not found then
    raise sqlstate 'PT409' using message = 'objection_already_decided';
  end if;
  perform private.record('decide_objection', 'submission', s.id::text, s.council_id, s.organisation_id, 'organisation',
    jsonb_build_object('dataset', s.dataset_code, 'period', s.period, 'outcome', outcome));
  if outcome = 'upheld' then
    return s.status;
  elsif c.kind = 'return' then
    return private.settle(s.id);
  end if;
  update public.revisions r set withdrawn_at = private.now()
  where r.replaces_id = s.id and r.submission_id is null and r.withdrawn_at is null;
  update public.submissions x set status = 'accepted' where x.id = s.id;
  return 'accepted';
end $$;
comment on function public.decide_objection(uuid, text, text) is
  'The secretariat decides: upheld (the return or reopening stands) or accepted_as_filed (the stage that returned it counts as passed, a reopened filing is accepted again), with a reason. Gives the submission''s status. Refusals: only_the_secretariat, objection_decision_needs_a_reason, objection_decision_not_valid, nobody_decides_their_own_dispute, objection_already_decided.';
grant execute on function public.decide_objection(uuid, text, text) to authenticated;

create function private.tasks_revisions() returns setof private.task
  language sql stable security definer set search_path = '' as $$
  select 'objection', c.submission_id::text, d.name_zh, d.name_en, g.short_zh, g.short_en, s.period, null::date, c.kind
  from public.objections c
  join public.submissions s on s.id = c.submission_id
  join public.datasets d on d.code = s.dataset_code
  join public.organisations g on g.id = c.organisation_id
  where c.outcome is null and c.council_id in (select private.councils_convened()) and not private.takes_part_in(c)
$$;
comment on function private.tasks_revisions() is 'Objections to decide; subject_id is the submission.';
