-- Calendar addresses: an organisation's due dates for a person's own calendar.

create table public.calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  person_id uuid not null references public.people (id),
  token_hash text not null unique,
  created_at timestamptz not null default private.now(),
  revoked_at timestamptz,
  revoked_by uuid references public.people (id),
  constraint a_hash_has_64_digits check (token_hash ~ '^[0-9a-f]{64}$')
);
comment on table public.calendar_feeds is
  'An address that shows a member''s calendar program the due dates of their organisation. Shown once; only the SHA-256 of its token is kept. It ends with the membership.';
create index calendar_feeds_by_organisation on public.calendar_feeds (organisation_id, created_at desc);
create index calendar_feeds_by_person on public.calendar_feeds (person_id);
create index calendar_feeds_by_revoker on public.calendar_feeds (revoked_by);

alter table public.calendar_feeds enable row level security;
alter table public.calendar_feeds force row level security;
create policy "members read their calendar addresses, administrators all" on public.calendar_feeds
  for select to authenticated
  using (
    (person_id = (select private.person_id()) and organisation_id in (select private.organisations_as()))
    or organisation_id in (select private.organisations_as('admin'))
  );
-- Without token_hash.
grant select (id, organisation_id, person_id, created_at, revoked_at, revoked_by) on public.calendar_feeds to authenticated;

create function public.make_calendar_feed() returns text
  language plpgsql security definer set search_path = '' as $$
declare
  most constant integer := 5;
  token constant text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  organisation constant uuid := private.acting_organisation();
  made uuid;
begin
  if organisation is null then
    raise sqlstate 'PT403' using message = 'not_a_member';
  end if;
  perform 1 from public.people p where p.id = private.person_id() for update;
  if (
    select count(*) from public.calendar_feeds f
    where f.person_id = private.person_id() and f.organisation_id = organisation and f.revoked_at is null
  ) >= most then
    raise sqlstate 'PT409' using message = 'too_many_calendar_feeds';
  end if;
  insert into public.calendar_feeds (organisation_id, person_id, token_hash)
  values (organisation, private.person_id(), private.token_hash(token))
  returning id into made;
  perform private.record('make_calendar_feed', 'calendar_feed', made::text, null, organisation);
  return token;
end $$;
comment on function public.make_calendar_feed() is
  'A member makes a calendar address for the organisation they act for; returns its token, which is kept nowhere. Refusals: not_a_member, too_many_calendar_feeds.';
grant execute on function public.make_calendar_feed() to authenticated;

create function public.revoke_calendar_feed(feed uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
begin
  update public.calendar_feeds f set revoked_at = private.now(), revoked_by = private.person_id()
  where f.id = feed and f.revoked_at is null
    and (
      (f.person_id = private.person_id() and f.organisation_id in (select private.organisations_as()))
      or f.organisation_id in (select private.organisations_as('admin'))
    )
  returning f.organisation_id into organisation;
  if not found then
    raise sqlstate 'PT409' using message = 'calendar_feed_not_live';
  end if;
  perform private.record('revoke_calendar_feed', 'calendar_feed', feed::text, null, organisation);
end $$;
comment on function public.revoke_calendar_feed(uuid) is
  'Its maker or an administrator of the organisation ends a calendar address. Refusals: calendar_feed_not_live.';
grant execute on function public.revoke_calendar_feed(uuid) to authenticated;

create function private.calendar_of(token text) returns jsonb
  language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'name_zh', g.name_zh, 'name_en', g.name_en,
    'days', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', o.id, 'dataset_zh', d.name_zh, 'dataset_en', d.name_en, 'period', o.period, 'due_on', o.due_on,
        'original_due_on', o.original_due_on, 'excused', o.excused_reason is not null, 'changes', o.changes, 'changed_at', o.changed_at
      ) order by o.due_on, o.id)
      from public.obligations o
      join public.datasets d on d.code = o.dataset_code
      where o.organisation_id = g.id and o.due_on > (select private.today()) - 400
    ), '[]')
  )
  from public.calendar_feeds f
  join public.members m on m.person_id = f.person_id and m.organisation_id = f.organisation_id and m.ended_at is null
  join public.organisations g on g.id = f.organisation_id
  where f.token_hash = private.token_hash(token) and f.revoked_at is null
$$;
comment on function private.calendar_of(text) is
  'Due dates of the organisation behind a calendar address, of the last 400 days and to come; null if the address was revoked or its maker''s membership ended.';
grant execute on function private.calendar_of(text) to xiezhi_identity;
