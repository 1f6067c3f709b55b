-- What a page reads, in one call.
--
-- A page's function composes guarded reads and views under the reader's own rights: nobody sees more by it than by each of them.

create function public.home_page(council uuid, at_most integer) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'tasks', (select coalesce(jsonb_agg(t), '[]') from public.my_tasks() t),
    'events', (select coalesce(jsonb_agg(e), '[]') from public.recent_events(at_most) e),
    'meeting', (
      select to_jsonb(n)
      from (
        select m.id, m.number, m.title_zh, m.title_en, m.place_zh, m.place_en, m.scheduled_at, m.status
        from public.meetings m
        where m.council_id = home_page.council and m.status in ('open', 'planned')
        order by m.status, m.scheduled_at limit 1
      ) n
    ),
    'overview', case when home_page.council is null then '[]' else (select coalesce(jsonb_agg(o), '[]') from public.council_overview(home_page.council) o) end
  )
$$;
comment on function public.home_page(uuid, integer) is
  'What waits for the caller, what happened, the next meeting and the overview of a council. council null: of none. Under the reader''s own rights. Refusal: council_not_found.';

create function public.indicators_page(council uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = indicators_page.council) c),
    'overview', (select coalesce(jsonb_agg(o), '[]') from public.council_overview(indicators_page.council) o)
  )
$$;
comment on function public.indicators_page(uuid) is 'A council and its overview. Under the reader''s own rights. Refusal: council_not_found.';

create function private.period_spoken_of(series jsonb, wanted text) returns text
  language sql stable security definer set search_path = '' as $$
  with figures as (
    select s ->> 'period' as period, private.period_start(s ->> 'period') as starts_on, s ->> 'scope' = 'total' as is_total,
           coalesce((s ->> 'contributors')::integer, 0) as contributors
    from jsonb_array_elements(series) s
  ),
  totals as (
    select f.*, row_number() over (order by f.starts_on desc) as place from figures f where f.is_total
  )
  select coalesce(
    (select f.period from figures f where f.period = wanted and (f.is_total or not exists (select from totals)) limit 1),
    (
      select t.period from totals t
      where t.contributors >= 0.8 * (select max(u.contributors) from totals u where u.place <= 15)
      order by t.place limit 1
    ),
    (select f.period from figures f order by f.starts_on desc limit 1)
  )
$$;
comment on function private.period_spoken_of(jsonb, text) is
  'Of rows of indicator_series: the period asked for if it is there, else the newest with four fifths of the usual contributors, else the newest.';

create function public.indicator_page(council uuid, indicator text, region text default null, since date default null, period text default null) returns jsonb
  language plpgsql stable set search_path = '' as $$
declare
  series jsonb;
  speaks_of text;
begin
  select coalesce(jsonb_agg(s), '[]') into series
  from public.indicator_series(indicator_page.council, indicator_page.indicator, indicator_page.region, indicator_page.since) s;

  speaks_of := private.period_spoken_of(series, indicator_page.period);
  return jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = indicator_page.council) c),
    'series', series,
    'period', speaks_of,
    'districts', case when speaks_of is null then '[]' else (
      select coalesce(jsonb_agg(d), '[]') from public.indicator_districts(indicator_page.council, indicator_page.indicator, speaks_of) d
    ) end,
    'targets', (
      select coalesce(jsonb_agg(t order by t.set_at desc), '[]')
      from (
        select g.id, g.region_code, g.organisation_id, g.period, g.kind, g.value, g.upper_value, g.origin_zh, g.origin_en, g.resolution_id, g.set_at, g.superseded_at
        from public.targets g
        where g.council_id = indicator_page.council and g.indicator_code = indicator_page.indicator
      ) t
    ),
    'links', (select coalesce(jsonb_agg(l), '[]') from public.links(indicator_page.council, 'indicator', indicator_page.indicator) l),
    'revised', (
      select coalesce(jsonb_agg(r), '[]')
      from public.indicator_revisions(indicator_page.council, indicator_page.indicator, indicator_page.region) r
    )
  );
end $$;
comment on function public.indicator_page(uuid, text, text, date, text) is
  'An indicator in a council: its series, targets, links and revisions, and its districts in the period the page speaks of: the one asked for, else the newest with four fifths of the usual contributors. Under the reader''s own rights. Refusal: council_not_found.';

create function public.submissions_page() returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'obligations', (select coalesce(jsonb_agg(o order by o.due_on desc, o.id), '[]') from public.obligation_states o),
    'contests', (
      select coalesce(jsonb_agg(c), '[]')
      from (
        select k.id, k.submission_id, k.organisation_id, k.kind, k.reason, k.contested_at, k.outcome, k.decision_reason, k.decided_at
        from public.contests k where k.outcome is null order by k.contested_at limit 200
      ) c
    ),
    'requests', (
      select coalesce(jsonb_object_agg(r.obligation_id, r.wished_on), '{}') from public.extension_requests r where r.status = 'open'
    )
  )
$$;
comment on function public.submissions_page() is
  'Every obligation the caller may see, newest period first, objections that wait for a decision, and the days wished for by obligation. Under the reader''s own rights.';

create function public.meetings_page(council uuid) returns jsonb
  language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'council', (select to_jsonb(c) from (select k.id, k.name_zh, k.name_en, k.region_code, k.is_demo from public.councils k where k.id = meetings_page.council) c),
    'meetings', (
      select coalesce(jsonb_agg(m order by m.scheduled_at desc), '[]')
      from (
        select s.id, s.number, s.title_zh, s.title_en, s.place_zh, s.place_en, s.scheduled_at, s.status,
               (select coalesce(jsonb_agg(jsonb_build_object('id', a.id)), '[]') from public.agenda_items a where a.meeting_id = s.id) as agenda_items,
               (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'status', r.status)), '[]') from public.resolutions r where r.meeting_id = s.id)
                 as resolutions
        from public.meetings s where s.council_id = meetings_page.council
      ) m
    ),
    'proposals', (
      select coalesce(jsonb_agg(p order by p.proposed_at desc), '[]')
      from (
        select a.id, a.title_zh, a.title_en, a.text_zh, a.text_en, a.status, a.proposed_at, a.meeting_id,
               case when i.code is not null then jsonb_build_object('code', i.code, 'name_zh', i.name_zh, 'name_en', i.name_en) end as indicator,
               case when g.code is not null then jsonb_build_object('code', g.code, 'name_zh', g.name_zh, 'name_en', g.name_en) end as region,
               case when o.id is not null then
                 jsonb_build_object('id', o.id, 'name_zh', o.name_zh, 'name_en', o.name_en, 'short_zh', o.short_zh, 'short_en', o.short_en) end as proposer
        from public.agenda_items a
        left join public.indicators i on i.code = a.indicator_code
        left join public.regions g on g.code = a.region_code
        left join public.organisations o on o.id = a.proposed_by_organisation
        where a.council_id = meetings_page.council and a.status in ('proposed', 'declined')
        order by a.proposed_at desc limit 100
      ) p
    )
  )
$$;
comment on function public.meetings_page(uuid) is
  'Every meeting of a council, the latest day first, and the proposals that stand on no agenda. Under the reader''s own rights.';

revoke execute on function
  private.period_spoken_of(jsonb, text),
  public.home_page(uuid, integer), public.indicators_page(uuid), public.indicator_page(uuid, text, text, date, text),
  public.submissions_page(), public.meetings_page(uuid)
  from public, anon;
grant execute on function
  private.period_spoken_of(jsonb, text),
  public.home_page(uuid, integer), public.indicators_page(uuid), public.indicator_page(uuid, text, text, date, text),
  public.submissions_page(), public.meetings_page(uuid)
  to authenticated;
