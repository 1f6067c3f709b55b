-- What an organisation is told of its peers: never a single peer's figure.

create function private.two_digits(value numeric) returns numeric
  language sql immutable parallel safe set search_path = '' as $$
  select case when value = 0 then 0 else round(value, 1 - floor(log(abs(value)))::integer) end
$$;
comment on function private.two_digits(numeric) is 'A number rounded to two significant digits.';

create function private.quartiles_told(rates numeric[]) returns numeric[]
  language sql immutable parallel safe set search_path = '' as $$
  with sorted as (
    select array_agg(r order by r) as rates, count(*)::integer as peers from unnest(quartiles_told.rates) r
  ),
  told as (
    select array_agg(c.mean order by p.part) as quartiles
    from sorted s
    cross join (values (0.25), (0.5), (0.75)) p (part)
    cross join lateral (select greatest(2, least(s.peers - 1, round(1 + (s.peers - 1) * p.part)::integer)) as place) k
    cross join lateral (select private.two_digits(avg(r)) as mean from unnest(s.rates[k.place - 1:k.place + 1]) r) c
    where s.peers >= 5
  )
  select t.quartiles from told t where not t.quartiles && quartiles_told.rates
$$;
comment on function private.quartiles_told(numeric[]) is
  'The quartiles of at least 5 rates, each as the mean of the three rates at the cut, to two significant digits; null of fewer, and where one would be the rate of a peer. A quartile by itself is a single peer''s figure whenever (n - 1) / 4 is whole.';

create or replace function public.peer_fences(obligation uuid)
  returns table (measure text, denominator text, k numeric, lower numeric, upper numeric)
  language sql stable security definer set search_path = '' as $$
  with owed as (
    select o.*, c.region_code, d.kind
    from public.obligations o
    join public.councils c on c.id = o.council_id
    join public.datasets d on d.code = o.dataset_code
    where o.id = obligation
      and (o.organisation_id, o.council_id) in (select a.organisation_id, a.council_id from private.answered_for() a)
  ),
  pairs as (
    select distinct r.params ->> 'measure' as measure, r.params ->> 'denominator' as denominator, (r.params ->> 'k')::numeric as k
    from owed join public.dataset_rules r on r.dataset_code = owed.dataset_code and r.kind = 'peer_outlier' and r.until is null
    where not exists (
      select 1 from public.definition_terms t join public.indicators i on i.code = t.indicator_code
      where t.measure_code = r.params ->> 'measure' and i.tier = 'restricted'
    )
  ),
  -- Few have filed when the first one files: each peer stands with its newest accepted figures of this period or the one before.
  rates as (
    select distinct on (p.measure, p.denominator, p.k, a.organisation_id) p.measure, p.denominator, p.k, a.value / b.value as rate
    from owed
    cross join pairs p
    join public.totals a on a.council_id = owed.council_id and a.measure_code = p.measure and a.region_code = owed.region_code
      and a.occupation = '' and a.organisation_id <> owed.organisation_id and a.missing_count = 0
      and a.starts_on between private.period_start(owed.period) - (private.period_end(owed.period) - private.period_start(owed.period) + 4)
        and private.period_start(owed.period)
    join public.totals b on b.council_id = a.council_id and b.measure_code = p.denominator and b.region_code = a.region_code
      and b.occupation = '' and b.organisation_id = a.organisation_id and b.period = a.period and b.missing_count = 0
    join public.organisations g on g.id = a.organisation_id and g.kind = owed.kind
    where a.value >= 10 and b.value >= 10
    order by p.measure, p.denominator, p.k, a.organisation_id, a.starts_on desc
  ),
  told as (
    select r.measure, r.denominator, r.k, private.quartiles_told(array_agg(r.rate)) as q
    from rates r group by r.measure, r.denominator, r.k
  )
  select x.measure, x.denominator, x.k,
         private.two_digits(x.q[1] - x.k * (x.q[3] - x.q[1])), private.two_digits(x.q[3] + x.k * (x.q[3] - x.q[1]))
  from told x
  where x.q is not null
$$;
comment on function public.peer_fences(uuid) is
  'For each peer rule of an obligation''s dataset the usual range of the rate among at least 5 peers of the same kind, [Q1 - k IQR, Q3 + k IQR]; for the organisation and its regulator. Made of quartiles as an organisation may see them (private.quartiles_told), never of a measure in a restricted indicator, nor of rates with fewer than 10 above or below; no row where there are too few.';
grant execute on function public.peer_fences(uuid) to authenticated;
