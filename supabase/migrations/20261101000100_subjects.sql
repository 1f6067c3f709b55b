-- What every domain gives to the pages that unite them: the home page, what happened, the search box, notifications, files.
--
-- A domain gives it by a function with a name that is agreed here; nothing outside the domain lists it.

-- ---------------------------------------------------------------- subjects: private.subjects_<subject type>(ids text[])

create type private.subject as (
  id text, council_id uuid, organisation_id uuid, title_zh text, title_en text, period text, parent_id uuid
);
comment on type private.subject is
  'A row that others hang on. organisation_id: whose it is, where it is somebody''s. parent_id: the row on whose page it stands, where it has none of its own.';

create function private.uuids(texts text[]) returns uuid[]
  language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_agg(t::uuid), '{}') from unnest(texts) t where t ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
$$;
comment on function private.uuids(text[]) is 'Those of the texts that are ids; the others are left out.';
grant execute on function private.uuids(text[]) to authenticated;

create function private.subjects(subject_type text, ids text[]) returns setof private.subject
  language plpgsql stable set search_path = '' as $$
begin
  if to_regprocedure(format('private.%I(text[])', 'subjects_' || coalesce(subject_type, ''))) is not null then
    return query execute format('select * from private.%I($1)', 'subjects_' || subject_type) using ids;
  end if;
end $$;
comment on function private.subjects(text, text[]) is
  'Those of the rows that the caller may read, with what they are called; none of a type that is no subject. Under the reader''s own rights.';
grant execute on function private.subjects(text, text[]) to authenticated;

create function public.subjects(types text[], ids text[])
  returns table (type text, id text, council_id uuid, organisation_id uuid, title_zh text, title_en text, period text, parent_id uuid)
  language sql stable set search_path = '' as $$
  select w.type, s.*
  from (
    select x.type, array_agg(distinct x.id) as ids from unnest(types[1:200], ids[1:200]) x (type, id) group by x.type
  ) w
  cross join lateral private.subjects(w.type, w.ids) s
$$;
comment on function public.subjects(text[], text[]) is
  'What rows are called, as far as the caller may read them: each by its type and, at the same place, its id; at most 200. Under the reader''s own rights.';
revoke execute on function public.subjects(text[], text[]) from public, anon;
grant execute on function public.subjects(text[], text[]) to authenticated;

create function private.require_subject(subject_type text, subject_id text, council uuid) returns void
  language plpgsql stable security definer set search_path = '' as $$
begin
  if (subject_type is null) <> (subject_id is null) or (subject_type is not null and not exists (
    select 1 from private.subjects(subject_type, array[subject_id]) s where coalesce(s.council_id = council, true)
  )) then
    raise sqlstate 'PT422' using message = 'subject_not_found';
  end if;
end $$;
comment on function private.require_subject(text, text, uuid) is
  'Refuses what is no row of this council: for what may be about any row, or about none (both null). Who may read the row is asked where it is shown.';

-- ---------------------------------------------------------------- tasks, links, what is found: private.tasks_<domain>(), …

create type private.task as (
  kind text, subject_id text, title_zh text, title_en text, organisation_zh text, organisation_en text, period text, due_on date, status text
);
comment on type private.task is 'Something that waits for the caller in the organisation they act for. organisation: whom it comes from, or for whom it is done.';

create type private.link as (
  kind text, id uuid, parent_id uuid, number text, title_zh text, title_en text, status text, day date,
  organisation_zh text, organisation_en text, progress smallint, region_code text, expected_value numeric
);
comment on type private.link is 'What was decided about a row, or is done about it. day: when it takes effect, or is due.';

create type private.finding as (kind text, id text, parent_id uuid, title_zh text, title_en text, note_zh text, note_en text, words text);
comment on type private.finding is 'A row that the search box finds by its words.';

create function private.of_every_domain(gives text, arguments text default '') returns text
  language sql stable set search_path = '' as $$
  select string_agg(format('select * from private.%I(%s)', p.proname, arguments), ' union all ' order by p.proname)
  from pg_catalog.pg_proc p
  where p.pronamespace = 'private'::regnamespace and starts_with(p.proname, gives || '_')
$$;
comment on function private.of_every_domain(text, text) is 'The query that unites what the functions private.<gives>_<domain> return.';
grant execute on function private.of_every_domain(text, text) to authenticated;
