-- Periods that need not be filed, by decision.

create table public.excuses (
  id uuid primary key default gen_random_uuid(),
  obligation_id uuid not null references public.obligations (id),
  council_id uuid not null references public.councils (id),
  organisation_id uuid not null references public.organisations (id),
  reason text not null,
  excused_by uuid not null references public.people (id),
  excused_by_organisation uuid not null references public.organisations (id),
  excused_at timestamptz not null default private.now(),
  ended_reason text,
  ended_by uuid references public.people (id),
  ended_by_organisation uuid references public.organisations (id),
  ended_at timestamptz,
  constraint an_excuse_has_its_reason check (private.is_reason(reason, 1000)),
  constraint its_end_has_a_reason check (
    (ended_at is null) = (ended_reason is null) and (ended_reason is null or private.is_reason(ended_reason, 1000))
  )
);
comment on table public.excuses is
  'Periods that an organisation need not file, by decision; they leave the denominator of completeness. An ended excuse stays as a row.';
create unique index one_excuse_at_a_time on public.excuses (obligation_id) where ended_at is null;
create index excuses_by_obligation on public.excuses (obligation_id, excused_at desc);
create index excuses_by_council on public.excuses (council_id);
create index excuses_by_organisation on public.excuses (organisation_id);
create index excuses_by_excuser on public.excuses (excused_by);
create index excuses_by_excusing_organisation on public.excuses (excused_by_organisation);
create index excuses_by_ender on public.excuses (ended_by);
create index excuses_by_ending_organisation on public.excuses (ended_by_organisation);

alter table public.excuses enable row level security;
alter table public.excuses force row level security;
create policy "organisations, their regulators and who decides read it" on public.excuses
  for select to authenticated
  using (
    (organisation_id, council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
    or (council_id, organisation_id) in (select d.council_id, d.organisation_id from private.due_dates_decided() d)
  );
grant select on public.excuses to authenticated;

create function private.keep_ended() returns trigger
  language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null then
    raise sqlstate 'PT409' using message = 'record_is_kept';
  end if;
  return new;
end $$;
comment on function private.keep_ended() is 'Trigger: an excuse changes only once, by its end.';
create trigger ended_excuses_are_kept before update or delete on public.excuses
  for each row execute function private.keep_ended();

create function private.require_excuser(o public.obligations) returns void
  language plpgsql stable security definer set search_path = '' as $$
declare
  convener constant uuid := (select c.convener_id from public.councils c where c.id = o.council_id);
begin
  if not exists (
    select from private.deciders_for_convener() d
    where o.organisation_id = convener and d.council_id = o.council_id and d.organisation_id in (select private.organisations_as('reviewer'))
  ) then
    perform private.require_secretariat(o.council_id);
  end if;
  if o.organisation_id = convener and not exists (select from private.due_date_deciders(o.council_id, convener)) then
    raise sqlstate 'PT409' using message = 'excuse_nobody_decides';
  end if;
  if private.belonged_to(o.organisation_id) then
    raise sqlstate 'PT403' using message = 'nobody_decides_their_own';
  end if;
end $$;
comment on function private.require_excuser(public.obligations) is
  'Refuses everybody but the secretariat, and on the convener''s own periods everybody but a reviewer of another authority; and whoever belongs or lately belonged to the organisation.';

create function public.excuse_obligation(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = excuse_obligation.obligation for update;
  perform private.require_excuser(o);
  if o.excused_reason is not null then
    raise sqlstate 'PT409' using message = 'obligation_already_excused';
  end if;
  if exists (
    select 1 from public.submissions s
    where s.obligation_id = o.id
      and (
        s.status in ('submitted', 'accepted', 'reopened')
        -- What was accepted of it counts, and an objection may still make the rest count.
        or (s.status = 'returned' and s.accepted_measures <> '{}')
        or exists (select 1 from public.objections c where c.submission_id = s.id and c.outcome is null)
      )
  ) then
    raise sqlstate 'PT409' using message = 'obligation_already_filed';
  end if;
  insert into public.excuses (obligation_id, council_id, organisation_id, reason, excused_by, excused_by_organisation)
  values (o.id, o.council_id, o.organisation_id, private.said(excuse_obligation.reason), private.person_id(), private.acting_organisation());
  update public.obligations x set excused_reason = private.said(excuse_obligation.reason), changed_at = private.now(), changes = x.changes + 1
  where x.id = o.id;
  perform private.record('excuse_obligation', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.excuse_obligation(uuid, text) is
  'The secretariat, for the convener itself a reviewer of another authority, excuses an organisation from a period that it has not filed, with a reason of 5 to 1000 characters; the cell leaves the denominator. Refusals: only_the_secretariat, nobody_decides_their_own, excuse_nobody_decides (the convener''s own, and no other authority has a seat), obligation_already_excused, obligation_already_filed, excuse_needs_a_reason.';
grant execute on function public.excuse_obligation(uuid, text) to authenticated;

create function public.end_excuse(obligation uuid, reason text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  o public.obligations;
begin
  select * into o from public.obligations x where x.id = end_excuse.obligation for update;
  perform private.require_excuser(o);
  if o.excused_reason is null then
    raise sqlstate 'PT409' using message = 'obligation_not_excused';
  end if;
  perform private.require_reason(end_excuse.reason, 'excuse_needs_a_reason');
  update public.excuses x
  set ended_reason = private.said(end_excuse.reason), ended_by = private.person_id(),
      ended_by_organisation = private.acting_organisation(), ended_at = private.now()
  where x.obligation_id = o.id and x.ended_at is null;
  update public.obligations x set excused_reason = null, changed_at = private.now(), changes = x.changes + 1 where x.id = o.id;
  perform private.record('end_excuse', 'obligation', o.id::text, o.council_id, o.organisation_id, 'organisation',
    jsonb_build_object('dataset', o.dataset_code, 'period', o.period));
exception
  when check_violation then raise sqlstate 'PT422' using message = 'excuse_needs_a_reason';
end $$;
comment on function public.end_excuse(uuid, text) is
  'Whoever may excuse takes an excuse back, with a reason; the period counts again. Refusals: only_the_secretariat, nobody_decides_their_own, excuse_nobody_decides, obligation_not_excused, excuse_needs_a_reason.';
grant execute on function public.end_excuse(uuid, text) to authenticated;
