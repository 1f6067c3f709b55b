-- What the secretariat does for its council: organisations take and leave their seats, filings lock.

create function public.register_organisation(
  council uuid, kind text, name_zh text, name_en text, short_zh text, short_en text, region_code text, standing text
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform private.require_secretariat(council);
  if not exists (
    select 1 from public.regions r
    join public.councils c on c.id = council and r.code like c.region_code || '%'
    where r.code = register_organisation.region_code and r.valid_to is null
  ) then
    raise sqlstate 'PT422' using message = 'region_not_in_council';
  end if;
  insert into public.organisations (kind, name_zh, name_en, short_zh, short_en, region_code, is_demo)
  select register_organisation.kind, register_organisation.name_zh, register_organisation.name_en,
         register_organisation.short_zh, register_organisation.short_en, register_organisation.region_code, c.is_demo
  from public.councils c where c.id = council
  returning id into made;
  insert into public.council_seats (council_id, organisation_id, standing) values (council, made, register_organisation.standing);
  perform private.record('register_organisation', 'organisation', made::text, council, made, 'council');
  return made;
exception
  when check_violation then raise sqlstate 'PT422' using message = 'organisation_not_valid';
end $$;
comment on function public.register_organisation(uuid, text, text, text, text, text, text, text) is
  'The secretariat registers an organisation and gives it a seat. Refusals: only_the_secretariat, region_not_in_council, organisation_not_valid.';
grant execute on function public.register_organisation(uuid, text, text, text, text, text, text, text) to authenticated;

create function public.end_seat(council uuid, organisation uuid) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_secretariat(council);
  update public.council_seats s set until = private.today()
  where s.council_id = council and s.organisation_id = organisation and s.until is null
    and organisation <> (select c.convener_id from public.councils c where c.id = council);
  if not found then
    raise sqlstate 'PT409' using message = 'seat_not_open';
  end if;
  perform private.record('end_seat', 'organisation', organisation::text, council, organisation, 'council');
end $$;
comment on function public.end_seat(uuid, uuid) is 'The secretariat ends an organisation''s seat from today. The convener''s own seat stays. Refusals: only_the_secretariat, seat_not_open.';
grant execute on function public.end_seat(uuid, uuid) to authenticated;

create function public.set_lock(council uuid, days integer) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_secretariat(council);
  update public.councils c set lock_after_days = days where c.id = council;
  perform private.record('set_lock', 'council', council::text, council, null, 'council', jsonb_build_object('days', days));
exception
  when check_violation or numeric_value_out_of_range then raise sqlstate 'PT422' using message = 'lock_not_valid';
end $$;
comment on function public.set_lock(uuid, integer) is
  'The secretariat says how many days (1 to 3660) after its due date an accepted filing locks; null: never. Refusals: only_the_secretariat, lock_not_valid.';
grant execute on function public.set_lock(uuid, integer) to authenticated;
