-- Entry by form: what an organisation has typed for an obligation and not filed yet.

create table public.form_drafts (
  obligation_id uuid primary key references public.obligations (id),
  organisation_id uuid not null references public.organisations (id),
  fields jsonb not null,
  revision integer not null default 1,
  saved_by uuid not null references public.people (id),
  saved_at timestamptz not null default private.now(),
  constraint fields_are_a_small_object check (jsonb_typeof(fields) = 'object' and octet_length(fields::text) <= 524288)
);
comment on table public.form_drafts is
  'One form per organisation and obligation, so that a colleague can go on with it: measure|region|occupation|mode → {value, reason, explanation}, as typed. revision counts the savings; whoever saves names the one they started from. Gone once filed.';
create index form_drafts_by_organisation on public.form_drafts (organisation_id);
create index form_drafts_by_person on public.form_drafts (saved_by);

alter table public.form_drafts enable row level security;
alter table public.form_drafts force row level security;
create policy "reporters read what their organisation has not filed yet" on public.form_drafts
  for select to authenticated using (organisation_id in (select private.organisations_as('reporter')));
grant select on public.form_drafts to authenticated;

-- Nothing goes into the audit log here: a draft binds nobody, and it is saved while somebody types.
create function public.save_form_draft(obligation uuid, fields jsonb, revision integer) returns jsonb
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  given jsonb;
  saved public.form_drafts;
begin
  if not exists (
    select 1 from public.obligations o
    where o.id = save_form_draft.obligation and o.organisation_id in (select private.organisations_as('reporter'))
  ) then
    raise sqlstate 'PT404' using message = 'obligation_not_found';
  end if;
  given := private.unwrap(save_form_draft.fields);
  if jsonb_typeof(given) is distinct from 'object' or exists (
    select 1 from jsonb_each(given) as field
    where field.key !~ '^[A-Za-z0-9_]{1,64}\|[0-9]{6,12}\|[a-z0-9_]{0,64}\|[a-z0-9_]{0,64}$' or jsonb_typeof(field.value) <> 'object'
  ) then
    raise sqlstate 'PT422' using message = 'form_draft_not_valid';
  end if;
  if save_form_draft.revision = 0 then
    insert into public.form_drafts (obligation_id, organisation_id, fields, saved_by)
    select o.id, o.organisation_id, given, private.person_id() from public.obligations o where o.id = save_form_draft.obligation
    on conflict (obligation_id) do nothing
    returning * into saved;
  else
    update public.form_drafts d
    set fields = d.fields || given, revision = d.revision + 1, saved_by = private.person_id(), saved_at = private.now()
    where d.obligation_id = save_form_draft.obligation and d.revision = save_form_draft.revision
    returning * into saved;
  end if;
  if saved.obligation_id is null then
    raise sqlstate 'PT409' using message = 'form_draft_changed';
  end if;
  return jsonb_build_object('revision', saved.revision, 'saved_at', saved.saved_at);
exception
  when check_violation or not_null_violation or invalid_text_representation or invalid_parameter_value then
    raise sqlstate 'PT422' using message = 'form_draft_not_valid';
end $$;
comment on function public.save_form_draft(uuid, jsonb, integer) is
  'Saves fields of a form over those of the given revision (0: nothing was saved yet); the other fields stay. Returns {revision, saved_at}. Refusals: obligation_not_found, form_draft_not_valid, form_draft_changed (somebody else saved since).';
grant execute on function public.save_form_draft(uuid, jsonb, integer) to authenticated;

create function public.discard_form_draft(obligation uuid, revision integer) returns boolean
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  delete from public.form_drafts d
  where d.obligation_id = discard_form_draft.obligation and d.revision = discard_form_draft.revision
    and d.organisation_id in (select private.organisations_as('reporter'));
  return found;
end $$;
comment on function public.discard_form_draft(uuid, integer) is
  'Takes a form away once it is filed; false, and without effect, where somebody saved since or there is none.';
grant execute on function public.discard_form_draft(uuid, integer) to authenticated;
