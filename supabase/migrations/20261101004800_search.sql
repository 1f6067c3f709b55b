-- One box that finds, by the words of its name, whatever the reader may see.

create function public.search(words text, at_most integer default 10)
returns table (kind text, id text, parent_id uuid, title_zh text, title_en text, note_zh text, note_en text, place integer, found integer)
language plpgsql
stable
set search_path = ''
as $$
declare
  wanted constant text[] := array(
    select distinct word from regexp_split_to_table(lower(left(words, 100)), '\s+') as word where word <> '' limit 8
  );
begin
  if wanted = '{}' then
    return;
  end if;
  return query execute format(
    $query$
      with matching as (
        select f.*, strpos(lower(f.words), $1[1]) as first_at
        from (%s) f
        where not exists (select from unnest($1) word where strpos(lower(f.words), word) = 0)
      ),
      placed as (
        select m.*, row_number() over (partition by m.kind order by m.first_at, length(m.title_zh), m.id)::integer as place,
          count(*) over (partition by m.kind)::integer as found
        from matching m
      )
      select p.kind, p.id, p.parent_id, p.title_zh, p.title_en, p.note_zh, p.note_en, p.place, p.found
      from placed p
      where p.place <= $2
      order by p.kind, p.place
    $query$,
    private.of_every_domain('found')
  ) using wanted, least(greatest(at_most, 1), 100);
end $$;
comment on function public.search(text, integer) is
  'Rows in whose name every one of the words stands (at most eight, of the first 100 characters), at most so many of each kind, with how many were found: of what each private.found_<domain> gives. Under the reader''s own rights.';
revoke execute on function public.search(text, integer) from public, anon;
grant execute on function public.search(text, integer) to authenticated;
