-- The first set-up of an empty instance.

create table private.setup_tokens (
  token_hash text primary key,
  created_at timestamptz not null default private.now(),
  used_at timestamptz
);
comment on table private.setup_tokens is 'Hash (SHA-256, hexadecimal) of the link that sets up an empty instance; single use.';

alter table private.setup_tokens enable row level security;
alter table private.setup_tokens force row level security;

create function private.setup_open(token text) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.setup_tokens t where t.token_hash = private.token_hash(token) and t.used_at is null)
     and not exists (select 1 from public.organisations)
$$;
comment on function private.setup_open(text) is 'Whether this link may still set the instance up.';
grant execute on function private.setup_open(text) to xiezhi_identity;

create function private.set_up(
  token text, organisation_zh text, organisation_en text, council_zh text, council_en text, region text,
  person_name text, email text, password_hash text
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  organisation uuid;
  council uuid;
  person uuid;
begin
  update private.setup_tokens t set used_at = private.now()
  where t.token_hash = private.token_hash(token) and t.used_at is null
    and not exists (select 1 from public.organisations);
  if not found then
    raise sqlstate 'PT410' using message = 'setup_not_open';
  end if;
  if not exists (select 1 from public.regions r where r.code = region and r.valid_to is null) then
    raise sqlstate 'PT422' using message = 'region_not_known';
  end if;

  person := private.open_account(person_name, email, password_hash);
  insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code)
  values ('government', organisation_zh, organisation_en, organisation_zh, organisation_en, region)
  returning id into organisation;
  insert into public.councils (name_zh, name_en, region_code, convener_id)
  values (council_zh, council_en, region, organisation)
  returning id into council;
  insert into public.council_seats (council_id, organisation_id, standing) values (council, organisation, 'voting');
  insert into public.members (person_id, organisation_id, roles) values (person, organisation, array['admin']);
  insert into public.audit_events (council_id, organisation_id, subject_organisation_id, person_id, audience, verb, subject_type, subject_id)
  values (council, organisation, organisation, person, 'council', 'set_up', 'council', council::text);
  return organisation;
exception
  when check_violation or not_null_violation then raise sqlstate 'PT422' using message = 'setup_not_valid';
end $$;
comment on function private.set_up(text, text, text, text, text, text, text, text, text) is
  'An empty instance gets its convener, its council and its first administrator, all or nothing. Refusals: setup_not_open, region_not_known, account_not_valid, setup_not_valid.';
grant execute on function private.set_up(text, text, text, text, text, text, text, text, text) to xiezhi_identity;
