-- The record of what was done.

create table public.audit_events (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default private.moment(),
  council_id uuid references public.councils (id),
  organisation_id uuid references public.organisations (id),
  subject_organisation_id uuid references public.organisations (id),
  person_id uuid,
  audience text not null default 'organisation',
  verb text not null,
  subject_type text not null,
  subject_id text not null,
  details jsonb not null default '{}',
  constraint the_audience_is_known check (audience in ('organisation', 'council'))
);
comment on table public.audit_events is
  'What was done, by which organisation, to what. Never holds a figure. audience council: every seat may read it; organisation: the acting and the concerned organisation only.';
create index audit_events_by_council on public.audit_events (council_id, at desc);
create index audit_events_by_organisation on public.audit_events (organisation_id, at desc);
create index audit_events_by_subject_organisation on public.audit_events (subject_organisation_id, at desc);
create trigger audit_events_are_kept before update or delete on public.audit_events
  for each row execute function private.refuse_change();
create trigger audit_events_are_not_emptied before truncate on public.audit_events
  for each statement execute function private.refuse_change();

alter table public.audit_events enable row level security;
alter table public.audit_events force row level security;
create policy "organisations read what they did and what concerned them or all" on public.audit_events
  for select to authenticated
  using (
    organisation_id in (select private.organisations_as())
    or subject_organisation_id in (select private.organisations_as())
    or (audience = 'council' and council_id in (select private.councils_joined()))
    or council_id in (
      select c.id from public.councils c where c.convener_id in (select private.organisations_as('auditor'))
    )
  );
grant select on public.audit_events to authenticated;

create function private.record(
  verb text, subject_type text, subject_id text,
  council uuid default null, subject_organisation uuid default null,
  audience text default 'organisation', details jsonb default '{}'
) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into public.audit_events (council_id, organisation_id, subject_organisation_id, person_id, audience, verb, subject_type, subject_id, details)
  values (council, private.acting_organisation(), subject_organisation, private.person_id(), audience, verb, subject_type, subject_id, details)
$$;
comment on function private.record(text, text, text, uuid, uuid, text, jsonb) is 'Writes one audit event in the transaction of the act itself.';
