-- What a hosted Supabase has before the first migration: roles, schemas, claims and default grants.
-- Run by the superuser at every start; everything here may run again.

do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      -- The owner of the product's objects. As on Supabase no superuser, so that migrations run there too.
      ('postgres', 'login createrole createdb bypassrls replication'),
      -- The API's login: owns nothing, inherits nothing, and may become only the two roles of requests.
      ('xiezhi_api', 'login noinherit nocreaterole nocreatedb nobypassrls')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end $$;

grant anon, authenticated, service_role to postgres with admin option;
grant anon, authenticated to xiezhi_api with inherit false, set true;
alter role xiezhi_api set statement_timeout = '60s';
alter role xiezhi_api set idle_in_transaction_session_timeout = '60s';

alter database postgres owner to postgres;
alter schema public owner to postgres;
revoke create on schema public from public;
revoke connect, temporary on database postgres from public;
grant connect on database postgres to xiezhi_api;

create schema if not exists extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
alter database postgres set search_path = "$user", public, extensions;

create schema if not exists auth;
grant usage on schema auth to postgres, anon, authenticated, service_role;

create or replace function auth.jwt() returns jsonb
  language sql stable parallel safe as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

create or replace function auth.uid() returns uuid
  language sql stable parallel safe as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

create or replace function auth.role() returns text
  language sql stable parallel safe as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

create or replace function auth.email() returns text
  language sql stable parallel safe as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;

-- Supabase opens new objects of `public` to every role. The same here, so that a migration that forgets to
-- close something is found on this machine. Only once: migrations change these defaults.
do $$
begin
  if to_regnamespace('supabase_migrations') is null then
    create schema supabase_migrations authorization postgres;
    grant usage on schema public to anon, authenticated, service_role;
    alter default privileges for role postgres in schema public
      grant all on tables to anon, authenticated, service_role;
    alter default privileges for role postgres in schema public
      grant all on sequences to anon, authenticated, service_role;
    alter default privileges for role postgres in schema public
      grant execute on functions to anon, authenticated, service_role;
  end if;
end $$;
