-- What everything stands on: schemas, what is open by default (nothing), who is asking, days and periods.

create schema if not exists private;
comment on schema private is 'Helpers of policies and verbs. Never exposed by the API.';

-- Supabase grants everything on new objects by default; here nothing is open unless a line says so.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
alter default privileges revoke execute on functions from public;
grant usage on schema public to anon, authenticated;
grant usage on schema private to anon, authenticated;

-- ---------------------------------------------------------------- who is asking

create function private.claim(name text) returns text
  language sql stable parallel safe set search_path = '' as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> name
$$;
comment on function private.claim(text) is 'One claim of the caller''s token, or null.';
grant execute on function private.claim(text) to authenticated, anon;

create function private.person_id() returns uuid
  language sql stable parallel safe set search_path = '' as $$
  select nullif(private.claim('sub'), '')::uuid
$$;
comment on function private.person_id() is 'The person who asks, by the token; null for nobody.';
grant execute on function private.person_id() to authenticated, anon;

-- ---------------------------------------------------------------- words and values

create function private.said(words text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select nullif(btrim(words, E' \t\n\r\u00a0\u3000'), '')
$$;
comment on function private.said(text) is 'What somebody wrote, without the space around it; null when that is all.';

create function private.is_reason(words text, at_most integer default 4000) returns boolean
  language sql immutable parallel safe set search_path = '' as $$
  select coalesce(char_length(private.said(words)) between 5 and at_most, false)
$$;
comment on function private.is_reason(text, integer) is 'Whether somebody gave a reason: at least 5 characters, and no more than are read.';

create function private.require_reason(words text, refusal text, at_most integer default 4000) returns void
  language plpgsql immutable parallel safe set search_path = '' as $$
begin
  if not private.is_reason(words, at_most) then
    raise sqlstate 'PT422' using message = refusal;
  end if;
end $$;
comment on function private.require_reason(text, text, integer) is 'Refuses, in the words of the given refusal, what is no reason.';

create function private.unwrap(value jsonb) returns jsonb
  language sql immutable parallel safe set search_path = '' as $$
  select case when jsonb_typeof(value) = 'string' then (value #>> '{}')::jsonb else value end
$$;
comment on function private.unwrap(jsonb) is 'The embedded API hands jsonb arguments over as JSON strings; PostgREST does not. Both come out alike.';
grant execute on function private.unwrap(jsonb) to authenticated;

create function private.token_hash(token text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select encode(sha256(convert_to(token, 'UTF8')), 'hex')
$$;
comment on function private.token_hash(text) is 'What is kept of a link''s token: its SHA-256 in hexadecimal.';

-- ---------------------------------------------------------------- days and periods

create function private.now() returns timestamptz
  language sql stable parallel safe set search_path = '' as $$
  select case
    when coalesce(current_setting('xiezhi.clock', true), '') = '' then now()
    when session_user = (select pg_get_userbyid(n.nspowner) from pg_namespace n where n.nspname = 'private')
      then current_setting('xiezhi.clock')::timestamptz
    else now() end
$$;
comment on function private.now() is
  'The time of this transaction. A session of the owner may say another by the setting xiezhi.clock, to tell a story at its own hours; whoever else sets it is not heard.';
grant execute on function private.now() to authenticated;

create function private.moment() returns timestamptz
  language sql volatile parallel safe set search_path = '' as $$
  select private.now() + (clock_timestamp() - now())
$$;
comment on function private.moment() is 'This very moment, for what must keep its order within a transaction.';

create function private.day_of(moment timestamptz) returns date
  language sql immutable parallel safe set search_path = '' as $$
  select (moment at time zone 'Asia/Shanghai')::date
$$;
comment on function private.day_of(timestamptz) is 'The day of a moment in the business time zone, whatever the server says.';
grant execute on function private.day_of(timestamptz) to authenticated;

create function private.today() returns date
  language sql stable parallel safe set search_path = '' as $$
  select private.day_of(private.now())
$$;
comment on function private.today() is 'Today in the business time zone.';
grant execute on function private.today() to authenticated;

create function private.period_start(period text) returns date
  language sql immutable parallel safe set search_path = '' as $$
  select case
    when period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' then make_date(left(period, 4)::int, right(period, 2)::int, 1)
    when period ~ '^[0-9]{4}-Q[1-4]$' then make_date(left(period, 4)::int, right(period, 1)::int * 3 - 2, 1)
    when period ~ '^[0-9]{4}-H[12]$' then make_date(left(period, 4)::int, right(period, 1)::int * 6 - 5, 1)
    when period ~ '^[0-9]{4}$' then make_date(period::int, 1, 1)
  end
$$;
comment on function private.period_start(text) is 'First day of a period (2026-03, 2026-Q1, 2026-H1, 2026); null when it is none.';

create function private.period_end(period text) returns date
  language sql immutable parallel safe set search_path = '' as $$
  select (private.period_start(period) + case
    when period like '%-Q%' then interval '3 months'
    when period like '%-H%' then interval '6 months'
    when period like '%-%' then interval '1 month'
    else interval '1 year' end - interval '1 day')::date
$$;
comment on function private.period_end(text) is 'Last day of a period; null when it is none.';

create function private.period_frequency(period text) returns text
  language sql immutable parallel safe set search_path = '' as $$
  select case
    when private.period_start(period) is null then null
    when period like '%-Q%' then 'quarter'
    when period like '%-H%' then 'half_year'
    when period like '%-%' then 'month'
    else 'year' end
$$;
comment on function private.period_frequency(text) is 'month, quarter, half_year or year; null when the text is no period.';

-- ---------------------------------------------------------------- records

create function private.refuse_change() returns trigger
  language plpgsql set search_path = '' as $$
begin
  raise sqlstate 'PT409' using message = 'record_is_kept';
end $$;
comment on function private.refuse_change() is 'Trigger: rows of this table are added and never changed.';
