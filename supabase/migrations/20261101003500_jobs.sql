-- The login and the schema of the job queue.

do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'xiezhi_jobs') then
    create role xiezhi_jobs nologin noinherit;
  end if;
  -- The owner reads the queue too: for backups, and to make the schema over.
  execute format('grant xiezhi_jobs to %I', current_user);
end $$;
alter role xiezhi_jobs set search_path = jobs;
comment on role xiezhi_jobs is
  'The app''s login for the job queue: owns schema jobs, whose tables pg-boss makes and keeps up to date itself, and may remind and mail. The operator gives it LOGIN and a password.';
create schema if not exists jobs authorization xiezhi_jobs;
comment on schema jobs is 'The job queue (pg-boss). Holds times and ids, no personal data. Never exposed by the API.';
grant usage on schema private to xiezhi_jobs;
