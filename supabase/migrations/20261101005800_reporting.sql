-- How far the filings behind a figure are in: who usually makes it, by what they weigh, and when its period is finished.

-- ---------------------------------------------------------------- what each organisation answered

create table private.contributions (
  council_id uuid not null,
  indicator_code text not null,
  organisation_id uuid not null,
  region_code text not null,
  starts_on date not null,
  period text not null,
  months smallint not null,
  answer text not null,
  version smallint not null,
  numerator numeric,
  denominator numeric,
  primary key (council_id, indicator_code, organisation_id, region_code, starts_on, period),
  constraint the_answer_is_known check (answer in ('reported', 'not_applicable', 'absent', 'missing'))
);
comment on table private.contributions is
  'What an organisation''s accepted filings say of an indicator in a period and region: reported with its figures, not_applicable where all that is missing is, absent where a measure was left out that need not be filed, else missing. months: the length of the period. It follows the totals and the registry by trigger.';
create index contributions_by_region on private.contributions (council_id, indicator_code, region_code, starts_on);
create index contributions_by_period on private.contributions (council_id, period, organisation_id);

-- No policy and no grant: it is read by functions that ask first who reads.
alter table private.contributions enable row level security;
alter table private.contributions force row level security;

create function private.period_months(period text) returns integer
  language sql immutable parallel safe set search_path = '' as $$
  select case private.period_frequency(period) when 'month' then 1 when 'quarter' then 3 when 'half_year' then 6 when 'year' then 12 end
$$;
comment on function private.period_months(text) is 'How many months a period has; null when the text is no period.';

create function private.keep_contributions(council uuid, organisation uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  day constant date := private.period_start(keep_contributions.period);
  months constant integer := private.period_months(keep_contributions.period);
begin
  perform private.keep_unmatched(council, organisation, keep_contributions.period);
  delete from private.contributions c
  where c.council_id = council and c.organisation_id = organisation and c.period = keep_contributions.period;
  insert into private.contributions (council_id, indicator_code, organisation_id, region_code, starts_on, period, months, answer, version, numerator, denominator)
  with terms as (
    select dt.indicator_code, dt.version, dt.part, dt.measure_code, dt.weight, count(*) over (partition by dt.indicator_code) as needed
    from public.definition_terms dt
    join public.indicator_definitions d on d.indicator_code = dt.indicator_code and d.version = dt.version
    where d.valid_from <= day and (d.valid_to is null or d.valid_to > day)
  ),
  told as materialized (
    select t.* from public.totals t
    where t.council_id = council and t.organisation_id = organisation and t.period = keep_contributions.period and t.occupation = ''
  ),
  -- Why values are missing is asked of the few filings in which a whole region has none.
  reasons as materialized (
    select e.measure_code, e.region_code, bool_and(e.missing_reason = 'not_applicable') as not_applicable
    from (
      select e.measure_code, e.missing_reason, unnest(array[left(e.region_code, 6), c.region_code]) as region_code
      from public.councils c, public.entries e
      where c.id = council and e.value is null and e.submission_id in (select told.submission_id from told where told.value is null)
    ) e
    group by e.measure_code, e.region_code
  ),
  summed as (
    select x.indicator_code, x.version, t.region_code,
           sum(t.value * x.weight) filter (where x.part = 'numerator') as numerator,
           sum(t.value * x.weight) filter (where x.part = 'denominator') as denominator,
           count(t.value) = x.needed as complete,
           bool_and(coalesce(r.not_applicable, false)) filter (where t.value is null) as not_applicable
    from told t
    join terms x on x.measure_code = t.measure_code
    left join reasons r on r.measure_code = t.measure_code and r.region_code = t.region_code
    group by x.indicator_code, x.version, x.needed, t.region_code
  ),
  -- Ratios over the cells in which all their parts were reported; without any there is no figure.
  answered as (
    select s.indicator_code, s.version, s.region_code, s.numerator - coalesce(u.numerator, 0) as numerator, s.denominator - coalesce(u.denominator, 0) as denominator,
           s.complete and (u.indicator_code is null or s.denominator > u.denominator) as complete,
           case when s.complete and s.denominator <= u.denominator then u.missing + u.unknown = 0 else s.not_applicable end as not_applicable
    from summed s
    left join private.unmatched u on u.council_id = council and u.indicator_code = s.indicator_code and u.organisation_id = organisation
      and u.region_code = s.region_code and u.occupation = '' and u.starts_on = day and u.period = keep_contributions.period
  )
  select council, a.indicator_code, organisation, a.region_code, day, keep_contributions.period, months,
         case when a.complete then 'reported' when a.not_applicable is null then 'absent' when a.not_applicable then 'not_applicable' else 'missing' end, a.version,
         case when a.complete then a.numerator end, case when a.complete then a.denominator end
  from answered a;
end $$;
comment on function private.keep_contributions(uuid, uuid, text) is 'Computes anew what an organisation answered in a period.';

-- ---------------------------------------------------------------- how far they are in

create table private.reporting (
  council_id uuid not null,
  region_code text not null,
  indicator_code text not null,
  starts_on date not null,
  period text not null,
  expected integer not null,
  filed integer not null,
  not_applicable integer not null,
  share numeric not null,
  finished boolean not null,
  competing boolean not null,
  primary key (council_id, region_code, indicator_code, starts_on, period)
);
comment on table private.reporting is
  'How far a figure is reported: expected are those who filed and those who are awaited, filed those who gave a figure, not_applicable those who have nothing to report, share (0 to 1) the part of the usual weight of the expected that is in, finished whether that suffices. It follows contributions, obligations, seats and the registry by trigger.';
create index reporting_by_period on private.reporting (council_id, period);
create index reporting_by_indicator on private.reporting (council_id, indicator_code);

alter table private.reporting enable row level security;
alter table private.reporting force row level security;

create function private.enough_is_in(share numeric) returns boolean
  language sql immutable parallel safe set search_path = '' as $$
  select share >= 0.9
$$;
comment on function private.enough_is_in(numeric) is 'Whether a share of the usual weight finishes a period: nine tenths.';

-- Nothing is known of how many rows the steps below have, and a nested loop over them takes seconds.
create function private.reporting_of(council uuid, period text) returns setof private.reporting
  language sql stable security definer set search_path = '' set enable_nestloop = off as $$
  with present as materialized (
    select c.* from private.contributions c where c.council_id = council and c.period = reporting_of.period
  ),
  places as materialized (
    select p.indicator_code, p.region_code, p.starts_on, p.months, bool_or(d.kind = 'statistic') as by_heads
    from present p join public.indicator_definitions d on d.indicator_code = p.indicator_code and d.version = p.version
    where p.answer = 'reported'
    group by p.indicator_code, p.region_code, p.starts_on, p.months
  ),
  -- One owes the periods that overlap with the days of one's seat.
  owing as materialized (
    select distinct o.organisation_id, dt.indicator_code
    from public.obligations o
    join public.dataset_measures dm on dm.dataset_code = o.dataset_code
    join public.definition_terms dt on dt.measure_code = dm.measure_code
    where o.council_id = council and o.period = reporting_of.period and o.excused_reason is null
      and exists (
        select from public.council_seats s
        where s.council_id = council and s.organisation_id = o.organisation_id
          and s.since <= private.period_end(reporting_of.period) and (s.until is null or s.until > private.period_start(reporting_of.period))
      )
  ),
  parties as (
    select p.indicator_code, p.region_code, w.organisation_id from places p join owing w on w.indicator_code = p.indicator_code
    union
    select c.indicator_code, c.region_code, c.organisation_id
    from present c join places p on p.indicator_code = c.indicator_code and p.region_code = c.region_code
  ),
  -- With the newest answer of the year before, and the newest figure.
  known as (
    select y.indicator_code, y.region_code, p.starts_on, y.organisation_id, o.kind = 'platform' as competing,
           c.answer, last.answer as last_answer, coalesce(last.weight, usual.weight) is not null as was_reported,
           -- A statistic weighs nothing by itself.
           case when p.by_heads then 1 else coalesce(last.weight, usual.weight, abs(coalesce(c.denominator, c.numerator))) end as weight,
           coalesce(c.answer, last.answer) is null
             and (y.region_code like o.region_code || '%' or o.region_code like y.region_code || '%')
             and not exists (
               select from private.contributions e
               where e.council_id = council and e.indicator_code = y.indicator_code and e.organisation_id = y.organisation_id and e.starts_on <= p.starts_on
             ) as is_new
    from parties y
    join places p on p.indicator_code = y.indicator_code and p.region_code = y.region_code
    join public.organisations o on o.id = y.organisation_id
    left join present c on c.indicator_code = y.indicator_code and c.region_code = y.region_code and c.organisation_id = y.organisation_id
    left join lateral (
      select b.answer, abs(coalesce(b.denominator, b.numerator)) as weight from private.contributions b
      where b.council_id = council and b.indicator_code = y.indicator_code and b.organisation_id = y.organisation_id and b.region_code = y.region_code
        and b.starts_on < p.starts_on and b.starts_on >= p.starts_on - interval '1 year' and b.months = p.months
      order by b.starts_on desc limit 1
    ) last on true
    left join lateral (
      select abs(coalesce(b.denominator, b.numerator)) as weight from private.contributions b
      where last.answer <> 'reported' and b.answer = 'reported'
        and b.council_id = council and b.indicator_code = y.indicator_code and b.organisation_id = y.organisation_id and b.region_code = y.region_code
        and b.starts_on < p.starts_on and b.starts_on >= p.starts_on - interval '1 year' and b.months = p.months
      order by b.starts_on desc limit 1
    ) usual on true
  ),
  counted as (
    select k.*,
           k.answer is not distinct from 'reported' as is_filed,
           coalesce(k.answer, k.last_answer) is not distinct from 'not_applicable' as has_nothing,
           case coalesce(k.answer, k.last_answer)
             when 'reported' then true
             when 'not_applicable' then false
             -- Usual is who gave a figure within the year; of who answers for the first time nobody knows.
             when 'missing' then k.was_reported or k.last_answer is null
             when 'absent' then k.was_reported
             else k.is_new
           end as is_expected,
           -- Who has never said how much is taken for one of the others.
           coalesce(k.weight, avg(k.weight) over (partition by k.indicator_code, k.region_code), 1) as counts
    from known k
  ),
  summed as (
    select c.indicator_code, c.region_code, c.starts_on,
           count(*) filter (where c.is_expected)::integer as expected,
           count(*) filter (where c.is_filed)::integer as filed,
           count(*) filter (where c.has_nothing)::integer as not_applicable,
           coalesce(
             sum(c.counts) filter (where c.is_filed) / nullif(sum(c.counts) filter (where c.is_expected), 0),
             (count(*) filter (where c.is_filed))::numeric / count(*) filter (where c.is_expected)
           ) as share,
           bool_or(c.competing) as competing
    from counted c
    group by c.indicator_code, c.region_code, c.starts_on
  )
  select council, s.region_code, s.indicator_code, s.starts_on, reporting_of.period, s.expected, s.filed, s.not_applicable,
         round(s.share, 6), private.enough_is_in(s.share), s.competing
  from summed s
$$;
comment on function private.reporting_of(uuid, text) is
  'How far each figure of a council and period is reported. Expected is who owes it, gave a figure in that region within the year, and has not said since that it has nothing to report, and who has never filed, wherever it may; each weighs what it reported last before the period. Who left before the period, was excused, or joined after it is not awaited.';

create function private.keep_reporting(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Of two acceptances at the same moment the second waits, and then counts both.
  perform pg_advisory_xact_lock(hashtextextended(council || keep_reporting.period || ' reporting', 0));
  delete from private.reporting r where r.council_id = council and r.period = keep_reporting.period;
  insert into private.reporting select * from private.reporting_of(council, keep_reporting.period);
end $$;
comment on function private.keep_reporting(uuid, text) is 'Computes anew how far the figures of a council and period are reported.';

create table private.reporting_due (
  council_id uuid not null,
  period text not null,
  primary key (council_id, period)
);
comment on table private.reporting_due is
  'Periods about which something changed that reporting does not follow yet: empty but inside of a transaction, at whose end it follows once.';

alter table private.reporting_due enable row level security;
alter table private.reporting_due force row level security;

create function private.keep_reporting_due(council uuid, period text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from private.reporting_due d where d.council_id = council and d.period = keep_reporting_due.period;
  if found then
    perform private.keep_reporting(council, keep_reporting_due.period);
  end if;
end $$;
comment on function private.keep_reporting_due(uuid, text) is 'Lets reporting of a council and period follow now, if it does not yet.';

create function private.follow_reporting_due() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.keep_reporting_due(new.council_id, new.period);
  return null;
end $$;
comment on function private.follow_reporting_due() is 'Trigger: what is due is kept, once at the end of the transaction.';
create constraint trigger reporting_follows after insert on private.reporting_due
  deferrable initially deferred for each row execute function private.follow_reporting_due();

create function private.reporting_changed(council uuid, since date) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into private.reporting_due (council_id, period)
  select distinct c.council_id, c.period
  from private.contributions c
  where c.council_id = council and private.period_end(c.period) >= since
  order by 1, 2
  on conflict do nothing
$$;
comment on function private.reporting_changed(uuid, date) is 'Lets reporting follow, at the end of the transaction, in every period of a council that ends on a day or later.';

-- ---------------------------------------------------------------- following

create function private.follow_answers() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  answer record;
begin
  for answer in select distinct c.council_id, c.organisation_id, c.period from changed c order by 1, 2, 3 loop
    perform private.keep_contributions(answer.council_id, answer.organisation_id, answer.period);
  end loop;
  insert into private.reporting_due (council_id, period)
  select distinct c.council_id, c.period from changed c order by 1, 2
  on conflict do nothing;
  -- The year after weighs by what was reported now.
  insert into private.reporting_due (council_id, period)
  select distinct r.council_id, r.period
  from (select distinct c.council_id, c.starts_on from changed c) x
  join private.reporting r on r.council_id = x.council_id and r.starts_on > x.starts_on and r.starts_on <= x.starts_on + interval '1 year'
  order by 1, 2
  on conflict do nothing;
  return null;
end $$;
comment on function private.follow_answers() is 'Trigger: answers follow the totals, whoever writes them, and reporting follows the answers.';
create trigger answers_follow_insert after insert on public.totals
  referencing new table as changed for each statement execute function private.follow_answers();
create trigger answers_follow_update after update on public.totals
  referencing new table as changed for each statement execute function private.follow_answers();
create trigger answers_follow_delete after delete on public.totals
  referencing old table as changed for each statement execute function private.follow_answers();

create function private.follow_owed() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  insert into private.reporting_due (council_id, period)
  select distinct c.council_id, c.period from changed c order by 1, 2
  on conflict do nothing;
  return null;
end $$;
comment on function private.follow_owed() is 'Trigger: reporting follows who owes a filing, and who is excused.';
create trigger reporting_follows_insert after insert on public.obligations
  referencing new table as changed for each statement execute function private.follow_owed();
create trigger reporting_follows_update after update on public.obligations
  referencing new table as changed for each statement execute function private.follow_owed();
create trigger reporting_follows_delete after delete on public.obligations
  referencing old table as changed for each statement execute function private.follow_owed();

create function private.follow_seats() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.reporting_changed(c.council_id, '-infinity') from (select distinct x.council_id from changed x) c;
  return null;
end $$;
comment on function private.follow_seats() is 'Trigger: reporting follows who sits in a council, and since and until when.';
create trigger reporting_follows_insert after insert on public.council_seats
  referencing new table as changed for each statement execute function private.follow_seats();
create trigger reporting_follows_update after update on public.council_seats
  referencing new table as changed for each statement execute function private.follow_seats();

create or replace function private.follow_registry() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from changed) then
    perform private.keep_contributions(x.council_id, x.organisation_id, x.period)
    from (select distinct t.council_id, t.organisation_id, t.period from public.totals t order by 1, 2, 3) x;
    perform private.keep_figures(x.council_id, x.period)
    from (select distinct t.council_id, t.period from public.totals t order by 1, 2) x;
    perform private.reporting_changed(c.id, '-infinity') from public.councils c;
  end if;
  return null;
end $$;

create function private.follow_asked() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.reporting_changed(c.id, '-infinity') from public.councils c where exists (select from changed);
  return null;
end $$;
comment on function private.follow_asked() is 'Trigger: reporting follows what datasets ask for.';
create trigger reporting_follows_insert after insert on public.dataset_measures
  referencing new table as changed for each statement execute function private.follow_asked();
create trigger reporting_follows_update after update on public.dataset_measures
  referencing new table as changed for each statement execute function private.follow_asked();
create trigger reporting_follows_delete after delete on public.dataset_measures
  referencing old table as changed for each statement execute function private.follow_asked();

-- What an earlier version kept knows nothing of it.
select private.keep_contributions(x.council_id, x.organisation_id, x.period)
from (select distinct t.council_id, t.organisation_id, t.period from public.totals t) x;
analyze private.contributions;
select private.keep_reporting(x.council_id, x.period)
from (select distinct t.council_id, t.period from public.totals t) x;
