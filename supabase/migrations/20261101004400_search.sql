-- One box that finds, by the words of its name, whatever the reader may see.

create function public.search(words text, at_most integer default 10)
returns table (kind text, id text, meeting_id uuid, title_zh text, title_en text, note_zh text, note_en text, place integer, found integer)
language sql
stable
parallel safe
set search_path = ''
as $$
  with wanted as (
    select array_agg(w.word) as words
    from (select distinct word from regexp_split_to_table(lower(left(words, 100)), '\s+') as word where word <> '' limit 8) w
  ),
  named (kind, id, meeting_id, title_zh, title_en, note_zh, note_en, text) as (
    select 'indicator', i.code, null::uuid, i.name_zh, i.name_en, i.code, i.code, concat_ws(' ', i.code, i.name_zh, i.name_en)
    from public.indicators i
    union all
    select 'organisation', o.id::text, null, o.name_zh, o.name_en, o.short_zh, o.short_en,
      concat_ws(' ', o.name_zh, o.name_en, o.short_zh, o.short_en)
    from public.organisations o
    union all
    select 'meeting', m.id::text, m.id, m.title_zh, m.title_en, m.number::text, m.number::text, concat_ws(' ', m.title_zh, m.title_en)
    from public.meetings m
    union all
    select 'resolution', r.id::text, r.meeting_id, r.text_zh, r.text_en, coalesce(r.number, ''), coalesce(r.number, ''),
      concat_ws(' ', r.number, r.text_zh, r.text_en)
    from public.resolutions r
    union all
    select 'action_item', a.id::text, null, a.title_zh, a.title_en, o.short_zh, o.short_en,
      concat_ws(' ', a.title_zh, a.title_en)
    from public.action_items a
    join public.organisations o on o.id = a.accountable_id
  ),
  matching as (
    select n.*, strpos(lower(n.text), w.words[1]) as first_at
    from named n, wanted w
    where w.words is not null
      and not exists (select from unnest(w.words) word where strpos(lower(n.text), word) = 0)
  ),
  placed as (
    select m.*, row_number() over (partition by m.kind order by m.first_at, length(m.title_zh), m.id)::integer as place,
      count(*) over (partition by m.kind)::integer as found
    from matching m
  )
  select p.kind, p.id, p.meeting_id, p.title_zh, p.title_en, p.note_zh, p.note_en, p.place, p.found
  from placed p
  where p.place <= least(greatest(at_most, 1), 100)
  order by p.kind, p.place
$$;
comment on function public.search(text, integer) is
  'Indicators, organisations, meetings, resolutions and action items in whose name every one of the words stands (at most eight, of the first 100 characters), at most so many of each kind, with how many were found. Row-level security decides what is searched.';
revoke execute on function public.search(text, integer) from public, anon;
grant execute on function public.search(text, integer) to authenticated;
