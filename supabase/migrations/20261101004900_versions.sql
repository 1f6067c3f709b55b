-- The version by which an answer may be kept: it moves with every change of a table.

create table private.versions (
  slot uuid primary key default gen_random_uuid(),
  topic text not null,
  changes bigint not null default 1,
  changed_in xid8 not null default pg_current_xact_id(),
  constraint the_topic_is_known check (topic in ('registry', 'council'))
);
comment on table private.versions is
  'How often something changed: registry, what everybody reads alike; council, everything else. The number is the sum of a topic''s rows: who writes takes a row that nobody holds, so that no writer waits for another, and a change counts for whoever sees it. changed_in: the transaction that moved it last.';

alter table private.versions enable row level security;
alter table private.versions force row level security;

create function private.note_change() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  -- Others see all of a transaction or nothing of it: one move is enough, and of a thousand each would read past all before it.
  -- A row that came from a backup names a transaction of elsewhere; it is older than this one.
  if exists (
    select from private.versions v where v.topic = tg_argv[0] and v.changed_in = pg_current_xact_id() and age(v.xmin) <= 0
  ) then
    return null;
  end if;
  update private.versions v set changes = v.changes + 1, changed_in = pg_current_xact_id()
  where v.slot = (select f.slot from private.versions f where f.topic = tg_argv[0] limit 1 for update skip locked);
  if not found then
    insert into private.versions (topic) values (tg_argv[0]);
  end if;
  return null;
end $$;
comment on function private.note_change() is 'Trigger: what was read before a statement that writes this table is no longer the newest. Argument: the topic.';

create function private.current_versions(out registry text, out council text)
  language sql stable security definer set search_path = '' as $$
  select coalesce(sum(v.changes) filter (where v.topic = 'registry'), 0)::text,
         concat_ws(' ', coalesce(sum(v.changes), 0), private.today())
  from private.versions v
$$;
comment on function private.current_versions() is
  'The versions as they stand, to be read before what is kept by them. council counts the registry too, and the day, on which states of filings and seats depend.';

revoke execute on function private.note_change(), private.current_versions() from public;
grant execute on function private.current_versions() to xiezhi_identity;

-- A table of a later migration brings its trigger along; a test asks it of every one.
create trigger versions_follow after insert or update or delete or truncate on public.regions
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.organisations
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.people
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.members
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.councils
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.council_seats
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.audit_events
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.files
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.invitations
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.api_keys
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.units
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.occupations
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.employment_modes
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.measures
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.indicators
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.indicator_definitions
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.definition_terms
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.sources
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.reference_values
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.public_series
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.public_observations
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.series_breaks
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.targets
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.datasets
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.dataset_measures
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.calendar_days
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.obligations
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.dataset_versions
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.dataset_rules
  for each statement execute function private.note_change('registry');
create trigger versions_follow after insert or update or delete or truncate on public.submissions
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.entries
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.column_mappings
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.form_drafts
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.totals
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.reviews
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.mark_replies
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.lock_exceptions
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.revisions
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.revision_effects
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.objections
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.releases
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.release_figures
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.extension_requests
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.excuses
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.calendar_feeds
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.notifications
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.calendar_moves
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.meetings
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.agenda_items
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.snapshots
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.resolutions
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.votes
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.action_items
  for each statement execute function private.note_change('council');
create trigger versions_follow after insert or update or delete or truncate on public.action_reports
  for each statement execute function private.note_change('council');
