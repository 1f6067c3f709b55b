-- What happened, and what was decided about a row of any domain.

create function public.recent_events(at_most integer default 12)
  returns table (
    id uuid, at timestamptz, verb text, subject_type text, subject_id text,
    organisation_zh text, organisation_en text, subject_organisation_zh text, subject_organisation_en text,
    title_zh text, title_en text, period text, parent_id uuid
  )
  language sql stable set search_path = '' as $$
  with latest as materialized (
    select e.* from public.audit_events e order by e.at desc limit least(greatest(at_most, 1), 100)
  ),
  named as (
    select k.subject_type, s.*
    from (select l.subject_type, array_agg(distinct l.subject_id) as ids from latest l group by l.subject_type) k
    cross join lateral private.subjects(k.subject_type, k.ids) s
  )
  select l.id, l.at, l.verb, l.subject_type, l.subject_id, g.short_zh, g.short_en, o.short_zh, o.short_en,
         coalesce(n.title_zh, d.name_zh), coalesce(n.title_en, d.name_en), l.details ->> 'period', n.parent_id
  from latest l
  left join named n on n.subject_type = l.subject_type and n.id = l.subject_id
  left join public.organisations g on g.id = l.organisation_id
  left join public.organisations o on o.id = l.subject_organisation_id and o.id is distinct from l.organisation_id
  -- What was filed may be secret where that it was filed is not.
  left join public.datasets d on d.code = l.details ->> 'dataset'
  order by l.at desc
$$;
comment on function public.recent_events(integer) is
  'The newest events the caller may read, with the names of who acted and of what it was about, as far as the caller may read those too. Under the reader''s own rights.';
grant execute on function public.recent_events(integer) to authenticated;

-- ---------------------------------------------------------------- what hangs on a row

create function public.links(council uuid, about_type text, about_id text) returns setof private.link
  language plpgsql stable set search_path = '' as $$
begin
  return query execute format('select * from (%s) l order by l.day desc, l.title_zh, l.id', private.of_every_domain('links', '$1, $2, $3'))
    using council, about_type, about_id;
end $$;
comment on function public.links(uuid, text, text) is
  'What was decided about a row of any domain and what is done about it, newest first: what each private.links_<domain> gives. Under the reader''s own rights.';
grant execute on function public.links(uuid, text, text) to authenticated;
