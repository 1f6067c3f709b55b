-- What is kept for good says how far it was reported: the figures of a meeting and of a release.

alter table public.release_figures add column expected integer;
comment on column public.release_figures.expected is 'How many organisations were expected to give a figure, when it was published; null in releases from before this was kept.';

create or replace function public.open_meeting(meeting uuid) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  m public.meetings;
  frozen jsonb;
  hash text;
begin
  select * into m from public.meetings x where x.id = meeting for update;
  perform private.require_secretariat(m.council_id);
  if m.status <> 'planned' then
    raise sqlstate 'PT409' using message = 'meeting_not_planned';
  end if;
  if not exists (select 1 from public.agenda_items a where a.meeting_id = meeting and a.status = 'scheduled') then
    raise sqlstate 'PT409' using message = 'meeting_has_no_agenda';
  end if;
  update public.meetings x set status = 'open', opened_at = private.now() where x.id = meeting;

  -- What was accepted in this transaction counts.
  perform private.keep_figures_due(d.council_id, d.period) from (select * from private.figures_due f where f.council_id = m.council_id) d;
  perform private.keep_reporting_due(d.council_id, d.period) from (select * from private.reporting_due r where r.council_id = m.council_id) d;
  with place as materialized (
    select c.region_code as whole, c.is_demo from public.councils c where c.id = m.council_id
  ),
  items as materialized (
    select distinct a.indicator_code, coalesce(a.region_code, place.whole) as region_code
    from public.agenda_items a, place
    where a.meeting_id = meeting and a.status = 'scheduled' and a.indicator_code is not null
  ),
  -- What each item rests on: the newest finished period of its indicator and region.
  spoken as materialized (
    select i.indicator_code, i.region_code, n.period, n.starts_on, n.finished
    from (select distinct indicator_code, whole as region_code from items, place union select indicator_code, region_code from items) i
    cross join lateral private.newest_spoken_of(
      m.council_id, i.region_code, array[i.indicator_code], false, (private.today() - interval '25 months')::date
    ) n
  ),
  figures as materialized (
    select x.*, coalesce(r.filed, x.contributors) as filed, r.expected, r.not_applicable, coalesce(r.finished, false) as finished,
           private.share_told(r.share, r.competing, false) as share
    from (select distinct indicator_code from items) i
    join private.figures x on x.council_id = m.council_id and not x.exact and x.indicator_code = i.indicator_code
      and x.starts_on between (private.today() - interval '25 months')::date and private.today()
    left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
      and r.starts_on = x.starts_on and r.period = x.period
    where x.region_code = (select whole from place)
      or x.region_code in (select i.region_code from items i)
      -- Of the other counties what stands beside the headline.
      or x.starts_on >= (select s.starts_on from spoken s where s.indicator_code = x.indicator_code and s.region_code = (select whole from place))
  )
  select jsonb_build_object(
    'council', m.council_id, 'meeting', m.id, 'number', m.number, 'taken_at', to_char(private.now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'demo', (select is_demo from place),
    'headlines', coalesce((
      select jsonb_agg(jsonb_build_object('indicator', s.indicator_code, 'region', s.region_code, 'period', s.period, 'finished', s.finished)
        order by s.indicator_code, s.region_code)
      from spoken s
    ), '[]'),
    'figures', coalesce((
      select jsonb_agg(jsonb_build_object(
        'indicator', g.indicator_code, 'definition_version', g.version, 'region', g.region_code, 'period', g.period,
        'numerator', g.numerator, 'denominator', g.denominator, 'value', g.value, 'hidden', g.hidden,
        'contributors', g.filed, 'expected', g.expected, 'not_applicable', g.not_applicable, 'share', g.share, 'finished', g.finished
      ) order by g.indicator_code, g.region_code, g.starts_on, g.period)
      from figures g
    ), '[]'),
    'targets', coalesce((
      select jsonb_agg(jsonb_build_object('indicator', t.indicator_code, 'region', t.region_code, 'period', t.period, 'kind', t.kind,
        'value', t.value, 'upper_value', t.upper_value) order by t.indicator_code, t.region_code, t.period)
      from public.targets t
      where t.council_id = m.council_id and t.organisation_id is null and t.superseded_at is null
        and t.indicator_code in (select i.indicator_code from items i)
    ), '[]')
  ) into frozen;
  hash := encode(sha256(convert_to(frozen::text, 'UTF8')), 'hex');
  insert into public.snapshots (meeting_id, content, canonical, sha256) values (meeting, frozen, frozen::text, hash);
  perform private.record('open_meeting', 'meeting', meeting::text, m.council_id, null, 'council', jsonb_build_object('sha256', hash));
  return hash;
end $$;
comment on function public.open_meeting(uuid) is
  'The secretariat opens a planned meeting; the figures of its agenda are frozen in the same transaction, with the period each item rests on: the newest finished one. Returns the snapshot''s SHA-256 (hex). Refusals: only_the_secretariat, meeting_not_planned, meeting_has_no_agenda.';

create or replace function public.publish_release(council uuid, title_zh text, title_en text, period text, indicators text[]) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  day date := private.period_start(publish_release.period);
begin
  perform private.require_secretariat(council);
  if day is null or private.said(publish_release.title_zh) is null or private.said(publish_release.title_en) is null then
    raise sqlstate 'PT422' using message = 'release_not_valid';
  end if;
  if exists (select 1 from public.indicators i where i.code = any (publish_release.indicators) and i.tier <> 'public') then
    raise sqlstate 'PT403' using message = 'indicator_not_public';
  end if;
  -- What was accepted in this transaction counts.
  perform private.keep_figures_due(council, publish_release.period);
  perform private.keep_reporting_due(council, publish_release.period);
  insert into public.releases (council_id, title_zh, title_en, period, published_by)
  values (council, private.said(publish_release.title_zh), private.said(publish_release.title_en), publish_release.period, private.person_id())
  returning id into made;
  insert into public.release_figures
    (release_id, indicator_code, definition_version, region_code, period, numerator, denominator, value, hidden, contributors, expected)
  select made, x.indicator_code, x.version, x.region_code, x.period, x.numerator, x.denominator, x.value, x.hidden,
         coalesce(r.filed, x.contributors), r.expected
  from private.figures x
  left join private.reporting r on r.council_id = x.council_id and r.region_code = x.region_code and r.indicator_code = x.indicator_code
    and r.starts_on = x.starts_on and r.period = x.period
  where x.council_id = council and not x.exact and x.indicator_code = any (publish_release.indicators)
    and x.starts_on = day and x.period = publish_release.period;
  if not found then
    raise sqlstate 'PT422' using message = 'release_has_no_figures';
  end if;
  -- What is published is taken for what was: no figure of those who happened to have filed.
  if exists (
    select from public.release_figures f
    join public.councils c on c.id = council and c.region_code = f.region_code
    where f.release_id = made and not exists (
      select from private.reporting r
      where r.council_id = council and r.region_code = f.region_code and r.indicator_code = f.indicator_code
        and r.starts_on = day and r.period = f.period and r.finished
    )
  ) then
    raise sqlstate 'PT409' using message = 'release_not_finished';
  end if;
  perform private.record('publish_release', 'release', made::text, council, null, 'council', jsonb_build_object('period', publish_release.period));
  return made;
end $$;
comment on function public.publish_release(uuid, text, text, text, text[]) is
  'The secretariat publishes the indicators of one finished period for everybody, protected as for every reader but the regulator. Refusals: only_the_secretariat, release_not_valid, indicator_not_public, release_has_no_figures, release_not_finished.';
