-- What happened, and what was decided about an indicator.

create function public.recent_events(at_most integer default 12)
  returns table (
    id uuid, at timestamptz, verb text, subject_type text, subject_id text,
    organisation_zh text, organisation_en text, subject_organisation_zh text, subject_organisation_en text,
    title_zh text, title_en text, period text, meeting_id uuid
  )
  language sql stable set search_path = '' as $$
  with latest as materialized (
    select e.*, case when e.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then e.subject_id::uuid end as subject
    from public.audit_events e order by e.at desc limit least(greatest(at_most, 1), 100)
  )
  select l.id, l.at, l.verb, l.subject_type, l.subject_id, g.short_zh, g.short_en, o.short_zh, o.short_en,
         coalesce(d.name_zh, i.name_zh, m.title_zh, a.title_zh, n.title_zh, t.title_zh, r.title_zh),
         coalesce(d.name_en, i.name_en, m.title_en, a.title_en, n.title_en, t.title_en, r.title_en),
         l.details ->> 'period', coalesce(m.id, a.meeting_id, n.meeting_id)
  from latest l
  left join public.organisations g on g.id = l.organisation_id
  left join public.organisations o on o.id = l.subject_organisation_id and o.id is distinct from l.organisation_id
  left join public.datasets d on d.code = case when l.subject_type in ('submission', 'obligation') then l.details ->> 'dataset' when l.subject_type = 'dataset' then l.subject_id end
  left join public.indicators i on l.subject_type = 'indicator' and i.code = l.subject_id
  left join public.meetings m on l.subject_type = 'meeting' and m.id = l.subject
  left join public.agenda_items a on l.subject_type = 'agenda_item' and a.id = l.subject
  left join public.resolutions x on l.subject_type = 'resolution' and x.id = l.subject
  left join public.agenda_items n on n.id = x.agenda_item_id
  left join public.action_items t on l.subject_type = 'action_item' and t.id = l.subject
  left join public.releases r on l.subject_type = 'release' and r.id = l.subject
  order by l.at desc
$$;
comment on function public.recent_events(integer) is
  'The newest events the caller may read, with the names of who acted and of what it was about, as far as the caller may read those too. Under the reader''s own rights.';
grant execute on function public.recent_events(integer) to authenticated;

create function public.indicator_links(council uuid, indicator text)
  returns table (
    kind text, id uuid, meeting_id uuid, number text, title_zh text, title_en text, status text, day date,
    organisation_zh text, organisation_en text, progress smallint, region_code text, expected_value numeric
  )
  language sql stable set search_path = '' as $$
  select 'resolution', r.id, r.meeting_id, r.number, a.title_zh, a.title_en, r.status,
         coalesce(r.effective_on, private.day_of(coalesce(r.decided_at, r.proposed_at))),
         null, null, null, a.region_code, null
  from public.agenda_items a
  join public.resolutions r on r.agenda_item_id = a.id
  where a.council_id = council and a.indicator_code = indicator
  union all
  select 'action_item', t.id, r.meeting_id, r.number, t.title_zh, t.title_en, t.status, t.due_on,
         g.short_zh, g.short_en, t.progress, t.region_code, t.expected_value
  from public.action_items t
  join public.resolutions r on r.id = t.resolution_id
  join public.organisations g on g.id = t.accountable_id
  where t.council_id = council and t.indicator_code = indicator
  order by 8 desc, 5
$$;
comment on function public.indicator_links(uuid, text) is
  'What was decided about an indicator and what is done about it: resolutions and action items, newest first. day is when a resolution takes effect, or when an action item is due. Under the reader''s own rights.';
grant execute on function public.indicator_links(uuid, text) to authenticated;
