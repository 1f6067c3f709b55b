-- Files that hang on a row: what they are called, who may read them, their bytes.

create table public.files (
  id uuid primary key default gen_random_uuid(),
  subject_type text not null,
  subject_id text not null,
  council_id uuid references public.councils (id),
  organisation_id uuid references public.organisations (id),
  name text not null,
  media_type text not null,
  size integer not null,
  sha256 text not null,
  added_by uuid not null,
  added_at timestamptz not null default private.moment(),
  constraint a_file_has_at_most_10_megabytes check (size between 1 and 10485760),
  constraint the_media_type_is_allowed check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
  constraint the_name_is_one_of_a_file check (char_length(name) between 1 and 200 and name !~ '[/\\[:cntrl:]]')
);
comment on table public.files is
  'A file that hangs on a row of any kind (subject_type, subject_id), and is kept with it. organisation_id: who added it. The bytes are private.file_contents.';
create index files_by_subject on public.files (subject_type, subject_id, added_at);
create index files_by_council on public.files (council_id);
create index files_by_organisation on public.files (organisation_id);
create trigger files_are_kept before update or delete on public.files
  for each row execute function private.refuse_change();
create trigger files_are_not_emptied before truncate on public.files
  for each statement execute function private.refuse_change();

create table private.file_contents (
  file_id uuid primary key references public.files (id),
  content bytea not null,
  constraint a_content_has_at_most_10_megabytes check (octet_length(content) between 1 and 10485760)
);
comment on table private.file_contents is 'The bytes of a file. A set-up that keeps them elsewhere keeps none here.';
-- Pictures and archives are packed already.
alter table private.file_contents alter column content set storage external;
create trigger file_contents_are_kept before update or delete on private.file_contents
  for each row execute function private.refuse_change();
create trigger file_contents_are_not_emptied before truncate on private.file_contents
  for each statement execute function private.refuse_change();

-- ---------------------------------------------------------------- who may see what

alter table public.files enable row level security;
alter table public.files force row level security;
create policy "files are read by whoever may read the row they hang on" on public.files
  for select to authenticated
  using (exists (select from private.subjects(subject_type, array[subject_id])));
grant select on public.files to authenticated;

alter table private.file_contents enable row level security;
alter table private.file_contents force row level security;
create policy "bytes are read by whoever reads their file" on private.file_contents
  for select to authenticated
  using (exists (select from public.files f where f.id = file_id));
grant select on private.file_contents to authenticated;

create function public.file_content(file uuid)
  returns table (name text, media_type text, size integer, sha256 text, content_base64 text)
  language sql stable set search_path = '' as $$
  select f.name, f.media_type, f.size, f.sha256, encode(c.content, 'base64')
  from public.files f
  join private.file_contents c on c.file_id = f.id
  where f.id = file
$$;
comment on function public.file_content(uuid) is 'A file with its bytes (base64) for those who may read the row it hangs on; no row for everybody else. Under the reader''s own rights.';
grant execute on function public.file_content(uuid) to authenticated;

-- ---------------------------------------------------------------- verbs

create function private.attach_file(
  subject_type text, subject_id text, council uuid, organisation uuid, file_name text, media_type text, content_base64 text
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  bytes bytea;
  made uuid;
begin
  bytes := decode(content_base64, 'base64');
  if octet_length(bytes) > 10485760 then
    raise sqlstate 'PT413' using message = 'file_too_large';
  end if;
  insert into public.files (subject_type, subject_id, council_id, organisation_id, name, media_type, size, sha256, added_by)
  values (attach_file.subject_type, attach_file.subject_id, council, organisation, private.said(file_name), attach_file.media_type,
          octet_length(bytes), encode(sha256(bytes), 'hex'), private.person_id())
  returning id into made;
  insert into private.file_contents (file_id, content) values (made, bytes);
  return made;
exception
  when check_violation or not_null_violation or invalid_parameter_value then
    raise sqlstate 'PT422' using message = 'file_not_valid';
end $$;
comment on function private.attach_file(text, text, uuid, uuid, text, text, text) is
  'Hangs a file (base64) on a row, for a verb that has tested the right to do so and records it. Refusals: file_too_large, file_not_valid.';
