-- Reference data. Runs again without effect; a changed line changes its row. Sources: SOURCES.md.

-- Units
insert into public.units as kept (code, name_zh, name_en, symbol_zh, symbol_en)
select given.code, given.name_zh, given.name_en, given.symbol_zh, given.symbol_en
from jsonb_to_recordset($data$[
{"code": "percent", "name_zh": "百分比", "name_en": "Percent", "symbol_zh": "%", "symbol_en": "%"},
{"code": "permille", "name_zh": "千分比", "name_en": "Per thousand", "symbol_zh": "‰", "symbol_en": "‰"},
{"code": "per_ten_thousand", "name_zh": "万分比", "name_en": "Per ten thousand", "symbol_zh": "‱", "symbol_en": "‱"},
{"code": "per_million_orders", "name_zh": "每百万单人数", "name_en": "Persons per million orders", "symbol_zh": "人/百万单", "symbol_en": "per million orders"},
{"code": "percentage_points", "name_zh": "百分点", "name_en": "Percentage points", "symbol_zh": "百分点", "symbol_en": "pp"},
{"code": "persons", "name_zh": "人", "name_en": "Persons", "symbol_zh": "人", "symbol_en": "persons"},
{"code": "person_times", "name_zh": "人次", "name_en": "Visits", "symbol_zh": "人次", "symbol_en": "visits"},
{"code": "cases", "name_zh": "件", "name_en": "Cases", "symbol_zh": "件", "symbol_en": "cases"},
{"code": "items", "name_zh": "项", "name_en": "Items", "symbol_zh": "项", "symbol_en": "items"},
{"code": "places", "name_zh": "个（处）", "name_en": "Places", "symbol_zh": "个", "symbol_en": "places"},
{"code": "organisations", "name_zh": "家", "name_en": "Organisations", "symbol_zh": "家", "symbol_en": "organisations"},
{"code": "provinces", "name_zh": "个（省份）", "name_en": "Provinces", "symbol_zh": "个", "symbol_en": "provinces"},
{"code": "cities", "name_zh": "个（城市）", "name_en": "Cities", "symbol_zh": "个", "symbol_en": "cities"},
{"code": "orders", "name_zh": "单", "name_en": "Orders", "symbol_zh": "单", "symbol_en": "orders"},
{"code": "certificates", "name_zh": "本", "name_en": "Certificates", "symbol_zh": "本", "symbol_en": "certificates"},
{"code": "agreements", "name_zh": "份", "name_en": "Agreements", "symbol_zh": "份", "symbol_en": "agreements"},
{"code": "questionnaires", "name_zh": "份（问卷）", "name_en": "Questionnaires", "symbol_zh": "份", "symbol_en": "questionnaires"},
{"code": "sessions", "name_zh": "场次", "name_en": "Sessions", "symbol_zh": "场", "symbol_en": "sessions"},
{"code": "seats", "name_zh": "席", "name_en": "Seats", "symbol_zh": "席", "symbol_en": "seats"},
{"code": "records", "name_zh": "条", "name_en": "Records", "symbol_zh": "条", "symbol_en": "records"},
{"code": "station_days", "name_zh": "站·天", "name_en": "Station-days", "symbol_zh": "站·天", "symbol_en": "station-days"},
{"code": "visits_per_station_day", "name_zh": "人次/站·日", "name_en": "Visits per station and day", "symbol_zh": "人次/站·日", "symbol_en": "visits per station-day"},
{"code": "units_per_person", "name_zh": "家/人", "name_en": "Units per guidance person", "symbol_zh": "家/人", "symbol_en": "units per person"},
{"code": "yuan", "name_zh": "元", "name_en": "Yuan", "symbol_zh": "元", "symbol_en": "CNY"},
{"code": "yuan_per_hour", "name_zh": "元/小时", "name_en": "Yuan per hour", "symbol_zh": "元/小时", "symbol_en": "CNY/h"},
{"code": "hours", "name_zh": "小时", "name_en": "Hours", "symbol_zh": "小时", "symbol_en": "h"},
{"code": "minutes", "name_zh": "分钟", "name_en": "Minutes", "symbol_zh": "分钟", "symbol_en": "min"},
{"code": "days", "name_zh": "天", "name_en": "Days", "symbol_zh": "天", "symbol_en": "days"},
{"code": "days_per_week", "name_zh": "天/周", "name_en": "Days per week", "symbol_zh": "天/周", "symbol_en": "days/week"},
{"code": "hours_per_day", "name_zh": "小时/天", "name_en": "Hours per day", "symbol_zh": "小时/天", "symbol_en": "h/day"},
{"code": "years", "name_zh": "岁", "name_en": "Years of age", "symbol_zh": "岁", "symbol_en": "years"},
{"code": "points", "name_zh": "分", "name_en": "Points", "symbol_zh": "分", "symbol_en": "points"},
{"code": "rank", "name_zh": "位次", "name_en": "Rank", "symbol_zh": "位", "symbol_en": "rank"},
{"code": "ten_thousand_persons", "name_zh": "万人", "name_en": "Ten thousand persons", "symbol_zh": "万人", "symbol_en": "×10⁴ persons"},
{"code": "hundred_million_persons", "name_zh": "亿人", "name_en": "Hundred million persons", "symbol_zh": "亿人", "symbol_en": "×10⁸ persons"},
{"code": "ten_thousand_person_times", "name_zh": "万人次", "name_en": "Ten thousand visits", "symbol_zh": "万人次", "symbol_en": "×10⁴ visits"},
{"code": "hundred_million_person_times", "name_zh": "亿人次", "name_en": "Hundred million visits", "symbol_zh": "亿人次", "symbol_en": "×10⁸ visits"},
{"code": "ten_thousand_places", "name_zh": "万个", "name_en": "Ten thousand places", "symbol_zh": "万个", "symbol_en": "×10⁴ places"},
{"code": "ten_thousand_cases", "name_zh": "万件", "name_en": "Ten thousand cases", "symbol_zh": "万件", "symbol_en": "×10⁴ cases"},
{"code": "ten_thousand_certificates", "name_zh": "万本", "name_en": "Ten thousand certificates", "symbol_zh": "万本", "symbol_en": "×10⁴ certificates"},
{"code": "ten_thousand_permits", "name_zh": "万本", "name_en": "Ten thousand permits", "symbol_zh": "万本", "symbol_en": "×10⁴ permits"},
{"code": "ten_thousand_organisations", "name_zh": "万家", "name_en": "Ten thousand organisations", "symbol_zh": "万家", "symbol_en": "×10⁴ organisations"},
{"code": "ten_thousand_yuan", "name_zh": "万元", "name_en": "Ten thousand yuan", "symbol_zh": "万元", "symbol_en": "×10⁴ CNY"},
{"code": "hundred_million_yuan", "name_zh": "亿元", "name_en": "Hundred million yuan", "symbol_zh": "亿元", "symbol_en": "×10⁸ CNY"},
{"code": "hundred_million_orders", "name_zh": "亿单", "name_en": "Hundred million orders", "symbol_zh": "亿单", "symbol_en": "×10⁸ orders"},
{"code": "permits", "name_zh": "本（证）", "name_en": "Permits", "symbol_zh": "本", "symbol_en": "permits"},
{"code": "vehicles", "name_zh": "辆", "name_en": "Vehicles", "symbol_zh": "辆", "symbol_en": "vehicles"},
{"code": "kilometres_per_day", "name_zh": "公里/日", "name_en": "Kilometres a day", "symbol_zh": "公里/日", "symbol_en": "km/day"},
{"code": "orders_per_vehicle_day", "name_zh": "单/车·日", "name_en": "Orders per vehicle and day", "symbol_zh": "单/车·日", "symbol_en": "orders per vehicle-day"},
{"code": "km_per_vehicle_day", "name_zh": "公里/车·日", "name_en": "Kilometres per vehicle and day", "symbol_zh": "公里/车·日", "symbol_en": "km per vehicle-day"},
{"code": "yuan_per_vehicle_day", "name_zh": "元/车·日", "name_en": "Yuan per vehicle and day", "symbol_zh": "元/车·日", "symbol_en": "CNY per vehicle-day"},
{"code": "trips_per_vehicle_day", "name_zh": "次/车·日", "name_en": "Trips per vehicle and day", "symbol_zh": "次/车·日", "symbol_en": "trips per vehicle-day"},
{"code": "vehicles_per_ten_thousand", "name_zh": "辆/万人", "name_en": "Vehicles per ten thousand residents", "symbol_zh": "辆/万人", "symbol_en": "vehicles per 10,000"},
{"code": "cases_per_ten_thousand_orders", "name_zh": "件/万单", "name_en": "Cases per ten thousand orders", "symbol_zh": "件/万单", "symbol_en": "cases per 10,000 orders"},
{"code": "usd_per_hour", "name_zh": "美元/小时", "name_en": "US dollars per hour", "symbol_zh": "美元/小时", "symbol_en": "USD/h"},
{"code": "text", "name_zh": "文字", "name_en": "Text", "symbol_zh": "—", "symbol_en": "—"}
]$data$) as given (code text, name_zh text, name_en text, symbol_zh text, symbol_en text)
on conflict (code) do update set
  name_zh = excluded.name_zh, name_en = excluded.name_en, symbol_zh = excluded.symbol_zh, symbol_en = excluded.symbol_en
where (kept.name_zh, kept.name_en, kept.symbol_zh, kept.symbol_en)
  is distinct from (excluded.name_zh, excluded.name_en, excluded.symbol_zh, excluded.symbol_en);

-- Breakdown: occupation
insert into public.occupations as kept (code, name_zh, name_en, position)
select given.code, given.name_zh, given.name_en, given.position
from jsonb_to_recordset($data$[
{"code": "rider", "name_zh": "外卖配送员（骑手）", "name_en": "Delivery rider", "position": 1},
{"code": "courier", "name_zh": "快递员", "name_en": "Courier", "position": 2},
{"code": "ride_hailing_driver", "name_zh": "网约车司机", "name_en": "Ride-hailing driver", "position": 3},
{"code": "truck_driver", "name_zh": "货车司机", "name_en": "Truck driver", "position": 4},
{"code": "streamer", "name_zh": "网络主播", "name_en": "Live streamer", "position": 5}
]$data$) as given (code text, name_zh text, name_en text, position smallint)
on conflict (code) do update set
  name_zh = excluded.name_zh, name_en = excluded.name_en, position = excluded.position
where (kept.name_zh, kept.name_en, kept.position)
  is distinct from (excluded.name_zh, excluded.name_en, excluded.position);

-- Breakdown: employment mode
insert into public.employment_modes as kept (code, name_zh, name_en, position)
select given.code, given.name_zh, given.name_en, given.position
from jsonb_to_recordset($data$[
{"code": "dedicated", "name_zh": "专送", "name_en": "Dedicated", "position": 1},
{"code": "crowdsourced", "name_zh": "众包", "name_en": "Crowdsourced", "position": 2},
{"code": "dispatched", "name_zh": "劳务派遣", "name_en": "Dispatched", "position": 3},
{"code": "self_employed", "name_zh": "个体经营（自营）", "name_en": "Self-employed", "position": 4}
]$data$) as given (code text, name_zh text, name_en text, position smallint)
on conflict (code) do update set
  name_zh = excluded.name_zh, name_en = excluded.name_en, position = excluded.position
where (kept.name_zh, kept.name_en, kept.position)
  is distinct from (excluded.name_zh, excluded.name_en, excluded.position);

-- What is counted. The descriptions are the plain sentences of numerators and denominators.
-- additive false: a reported statistic, never summed. counts_persons: the disclosure threshold for persons applies.
-- over_time: a stock is taken at a period's end, a flow adds up, an opening is taken at its beginning; unique counts
-- persons or units once in a period, and can be had for a longer one only by counting again.
insert into public.measures as kept (code, name_zh, name_en, unit, additive, counts_persons, over_time, description_zh, description_en)
select given.code, given.name_zh, given.name_en, given.unit, given.additive, given.counts_persons, given.over_time, given.description_zh, given.description_en
from jsonb_to_recordset($data$[
{
  "code": "active_workers",
  "name_zh": "活跃劳动者人数",
  "name_en": "Active workers",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计期内至少完成 1 单、1 趟或 1 场有酬直播的人数，在同一平台内部去重；跨平台相加时须注明“未去重”。",
  "description_en": "Persons who completed at least one order, trip or paid live stream in the period, counted once inside each platform; a total across platforms is not deduplicated and must say so."
},
{
  "code": "survey_active_respondents",
  "name_zh": "调查中的活跃劳动者人数",
  "name_en": "Active workers in the survey",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "抽样调查中，统计期内仍在接单或开播的有效受访者人数。",
  "description_en": "Valid survey respondents who were taking orders or streaming in the period."
},
{
  "code": "multi_platform_workers",
  "name_zh": "多平台从业人数",
  "name_en": "Workers on two or more platforms",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "同一统计期内在两个及以上平台接单的人数，来自抽样调查，或来自各方同意的去标识化比对。",
  "description_en": "Persons who worked on two or more platforms in the same period, from a sample survey or from a de-identified match that all parties agreed to."
},
{
  "code": "headcount_first_day",
  "name_zh": "月初在册人数",
  "name_en": "Head-count on the first day",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "opening",
  "description_zh": "统计月第一天在平台或站点登记且账号可接单的人数。",
  "description_en": "Persons registered with the platform or station and able to take orders on the first day of the month."
},
{
  "code": "headcount_last_day",
  "name_zh": "月末在册人数",
  "name_en": "Head-count on the last day",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计月最后一天在平台或站点登记且账号可接单的人数。",
  "description_en": "Persons registered with the platform or station and able to take orders on the last day of the month."
},
{
  "code": "new_workers",
  "name_zh": "新加入人数",
  "name_en": "New workers",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计月内首次完成接单的人数；曾离开后重新加入的另计一次。",
  "description_en": "Persons who completed their first order in the month; a person who comes back after leaving is counted again."
},
{
  "code": "leavers",
  "name_zh": "离开人数",
  "name_en": "Leavers",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计月内注销、解除合作或连续 30 天未接单的人数。",
  "description_en": "Persons who closed the account, ended the cooperation or took no order for 30 days in a row, counted in the month."
},
{
  "code": "labour_relation_workers",
  "name_zh": "确立劳动关系人数",
  "name_en": "Workers in a labour relationship",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "符合确立劳动关系情形的活跃劳动者人数，包括由合作企业聘用的人员。",
  "description_en": "Active workers whose situation meets the conditions of a labour relationship, including those employed by partner firms."
},
{
  "code": "partial_relation_workers",
  "name_zh": "不完全劳动关系人数",
  "name_en": "Workers not fully in a labour relationship",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "不完全符合确立劳动关系情形、但平台对其进行劳动管理的活跃劳动者人数。",
  "description_en": "Active workers who do not fully meet the conditions of a labour relationship but work under the platform's management."
},
{
  "code": "civil_relation_workers",
  "name_zh": "民事关系人数",
  "name_en": "Workers in a civil relationship",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "个人依托平台自主开展经营活动，按民事法律调整的活跃劳动者人数。",
  "description_en": "Active workers who run their own business through the platform and are governed by civil law."
},
{
  "code": "signed_contracts",
  "name_zh": "签订劳动合同人数",
  "name_en": "Workers with a signed labour contract",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末持有在有效期内书面劳动合同的活跃劳动者人数，含与合作企业签订的合同。",
  "description_en": "Active workers who hold a written labour contract in force at the end of the period, including contracts with partner firms."
},
{
  "code": "service_contracts",
  "name_zh": "劳务合同或劳务派遣人数",
  "name_en": "Workers on service contracts or dispatched",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末以劳务合同或劳务派遣方式用工的活跃劳动者人数，每人只计一次。",
  "description_en": "Active workers engaged by a service contract or through labour dispatch at the end of the period, each counted once."
},
{
  "code": "written_agreements",
  "name_zh": "签订书面协议人数",
  "name_en": "Workers with a signed written agreement",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "不完全劳动关系人员中，统计期末持有在有效期内书面协议（合作协议）的人数。",
  "description_en": "Workers not fully in a labour relationship who hold a written (cooperation) agreement in force at the end of the period."
},
{
  "code": "pension_insured",
  "name_zh": "参加职工养老保险人数",
  "name_en": "Workers in the employee pension",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末处于缴费状态的城镇职工基本养老保险参保活跃劳动者人数。",
  "description_en": "Active workers paying into the urban employees' basic pension at the end of the period."
},
{
  "code": "resident_pension_insured",
  "name_zh": "参加居民养老保险人数",
  "name_en": "Workers in the resident pension",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计年度内参加城乡居民基本养老保险的活跃劳动者人数。",
  "description_en": "Active workers in the residents' basic pension in the year."
},
{
  "code": "injury_insured",
  "name_zh": "参加工伤保险人数",
  "name_en": "Workers in work-injury insurance",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末处于参保状态的工伤保险活跃劳动者人数，包括单险种参保，不包括职业伤害保障。",
  "description_en": "Active workers insured against work injury at the end of the period, including single-scheme enrolment, excluding occupational-injury protection."
},
{
  "code": "unemployment_insured",
  "name_zh": "参加失业保险人数",
  "name_en": "Workers in unemployment insurance",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末处于参保状态的失业保险活跃劳动者人数。",
  "description_en": "Active workers insured against unemployment at the end of the period."
},
{
  "code": "medical_insured",
  "name_zh": "参加医疗保险人数",
  "name_en": "Workers in health insurance",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末参加职工或居民基本医疗保险的活跃劳动者人数，每人只计一次。",
  "description_en": "Active workers in employees' or residents' basic health insurance at the end of the period, each counted once."
},
{
  "code": "pilot_order_takers",
  "name_zh": "试点行业接单人数",
  "name_en": "Order takers in the pilot industries",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计月内在出行、即时配送、同城货运等职业伤害保障试点行业完成接单的人数。",
  "description_en": "Persons who completed orders in the month in the industries of the occupational-injury pilot: rides, instant delivery, same-city freight."
},
{
  "code": "occupational_injury_covered",
  "name_zh": "职业伤害保障参保人数",
  "name_en": "Workers under occupational-injury protection",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计月内由平台按日、按单为其缴纳职业伤害保障费的人数，去重。",
  "description_en": "Persons for whom the platform paid occupational-injury protection by day and order in the month, counted once."
},
{
  "code": "contributions_due",
  "name_zh": "应缴社会保险费",
  "name_en": "Contributions due",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内按规定应当缴纳的社会保险费金额。",
  "description_en": "Social-insurance contributions due by rule in the period."
},
{
  "code": "contributions_paid",
  "name_zh": "实缴社会保险费",
  "name_en": "Contributions paid",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内实际到账的社会保险费金额，不含补缴以前期间的部分。",
  "description_en": "Social-insurance contributions received in the period, without arrears paid for earlier periods."
},
{
  "code": "orders_completed",
  "name_zh": "完成订单数",
  "name_en": "Orders completed",
  "unit": "orders",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内完成并结算的订单数，取消的订单不计。",
  "description_en": "Orders completed and settled in the period; cancelled orders are left out."
},
{
  "code": "accident_covered_orders",
  "name_zh": "商业意外险覆盖订单数",
  "name_en": "Orders with accident cover",
  "unit": "orders",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内接单时商业意外险处于有效状态的完成订单数。",
  "description_en": "Completed orders during which commercial accident insurance was in force."
},
{
  "code": "rest_overdue_workers",
  "name_zh": "连续接单超 4 小时人数",
  "name_en": "Workers with a stretch over 4 hours",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计期内至少出现一次连续接单超过 4 小时且未休息的劳动者人数。",
  "description_en": "Workers with at least one stretch of more than 4 hours of orders without a rest in the period."
},
{
  "code": "median_net_hourly_income",
  "name_zh": "小时净收入中位数",
  "name_en": "Median net hourly income",
  "unit": "yuan_per_hour",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "每名劳动者当月劳动报酬减去各项扣款后除以工作时间，按人从低到高排列的中位数；工作时间含接单时间和合理宽放时间。",
  "description_en": "For each worker the month's pay less deductions, divided by working time (order time plus the allowance); the median over workers."
},
{
  "code": "paid_worker_months",
  "name_zh": "有报酬的劳动者人月数",
  "name_en": "Paid worker-months",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内取得报酬的劳动者按月累计的人数；按月报送时即当月取得报酬的人数。",
  "description_en": "Workers who received pay, added up month by month; in a monthly filing, the workers paid in that month."
},
{
  "code": "below_minimum_worker_months",
  "name_zh": "低于最低小时工资人月数",
  "name_en": "Worker-months below the hourly minimum",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "当月平均小时报酬低于当地小时最低工资标准的劳动者人月数。",
  "description_en": "Worker-months in which average hourly pay was below the local hourly minimum wage."
},
{
  "code": "injured_persons",
  "name_zh": "伤亡人数",
  "name_en": "Persons injured or killed",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内接单过程中受轻伤、重伤和死亡的劳动者人数合计。",
  "description_en": "Workers slightly injured, seriously injured or killed while on an order in the period."
},
{
  "code": "penalised_workers",
  "name_zh": "受处罚劳动者人数",
  "name_en": "Workers penalised",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计期内被超时扣款、限制接单或关闭账号至少一次的劳动者人数。",
  "description_en": "Workers fined for lateness, restricted or closed out of their account at least once in the period."
},
{
  "code": "mean_commission_rate",
  "name_zh": "平均抽成率",
  "name_en": "Mean commission rate",
  "unit": "percent",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "逐单计算（消费者实付 − 劳动者报酬 − 税费及过路费）÷ 消费者实付，再对订单取平均数。",
  "description_en": "For each order (customer paid − worker pay − tax and toll) ÷ customer paid; then the mean over orders."
},
{
  "code": "orders_above_cap",
  "name_zh": "超上限订单数",
  "name_en": "Orders above the cap",
  "unit": "orders",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内抽成率高于平台公开承诺上限的完成订单数。",
  "description_en": "Completed orders whose commission rate was above the cap that the platform published."
},
{
  "code": "disclosure_items_required",
  "name_zh": "应公示事项数",
  "name_en": "Items to be disclosed",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "按公示清单应当公示的劳动规则和算法事项数。",
  "description_en": "Labour-rule and algorithm items that the disclosure checklist requires."
},
{
  "code": "disclosure_items_published",
  "name_zh": "已公示事项数",
  "name_en": "Items disclosed",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "清单中已在显著位置以易懂方式公示的事项数，由工会核查。",
  "description_en": "Items of the checklist published in a prominent place and in plain words, checked by the union."
},
{
  "code": "platforms_in_scope",
  "name_zh": "纳入范围的平台数",
  "name_en": "Platforms in scope",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末纳入联席会议范围的平台企业数。",
  "description_en": "Platform companies within the joint meeting's scope at the end of the period."
},
{
  "code": "platforms_with_agreement",
  "name_zh": "已签协商协议的平台数",
  "name_en": "Platforms with an agreement",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末有在有效期内算法和劳动规则协商协议的平台企业数。",
  "description_en": "Platform companies with a negotiated agreement on algorithms and labour rules in force at the end of the period."
},
{
  "code": "platforms_with_worker_body",
  "name_zh": "设有劳动者代表机构的平台数",
  "name_en": "Platforms with a workers' body",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末已设立职工代表大会、劳动者代表委员会等代表机构的平台企业数。",
  "description_en": "Platform companies with a staff congress, workers' committee or similar representative body at the end of the period."
},
{
  "code": "clauses_due",
  "name_zh": "到期应履行条款数",
  "name_en": "Clauses due",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内按协议约定应当履行的条款数。",
  "description_en": "Clauses that the agreements required to be performed in the period."
},
{
  "code": "clauses_met",
  "name_zh": "已履行条款数",
  "name_en": "Clauses met",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "到期条款中经工会核验已履行的条款数。",
  "description_en": "Clauses due that the union verified as performed."
},
{
  "code": "rule_changes",
  "name_zh": "规则变更数",
  "name_en": "Rule changes",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内对劳动者权益有直接影响的平台规则变更数。",
  "description_en": "Changes of platform rules in the period that directly affect workers' rights."
},
{
  "code": "rule_changes_noticed",
  "name_zh": "按时预告的规则变更数",
  "name_en": "Rule changes announced in time",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "规则变更中，实施前已按约定天数预告并征求意见的变更数。",
  "description_en": "Rule changes announced, with a call for opinions, the agreed number of days before they took effect."
},
{
  "code": "known_party_members",
  "name_zh": "已掌握党员人数",
  "name_en": "Known Party members",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末党组织已掌握的党员人数，含组织关系在外的流动党员，只报人数不报名单。",
  "description_en": "Party members known to the Party organisations at the end of the period, floating members included; counts only, never names."
},
{
  "code": "floating_members",
  "name_zh": "流动党员人数",
  "name_en": "Floating Party members",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "已掌握党员中，组织关系不在本地或本单位党组织的人数。",
  "description_en": "Known members whose membership is registered with a Party organisation elsewhere."
},
{
  "code": "eligible_units",
  "name_zh": "应覆盖单位数",
  "name_en": "Eligible units",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末应当纳入党组织覆盖的企业、社会组织、站点等单位数。",
  "description_en": "Firms, social organisations, stations and other units that should come within a Party organisation's scope at the end of the period."
},
{
  "code": "covered_units",
  "name_zh": "有形覆盖单位数",
  "name_en": "Units covered",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "应覆盖单位中已纳入某一党组织覆盖范围的单位数。",
  "description_en": "Eligible units within the scope of a Party organisation."
},
{
  "code": "effective_units",
  "name_zh": "有效覆盖单位数",
  "name_en": "Units effectively covered",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "已覆盖单位中通过当期核查清单的单位数：书记在岗、当季按规定开展活动、为劳动者提供过服务、党建指导员有走访记录、劳动者诉求有回应。",
  "description_en": "Covered units that pass the dated checklist: a secretary in post, the required activities in the quarter, a service to workers, a logged visit of the guidance person, workers' issues answered."
},
{
  "code": "guidance_staff",
  "name_zh": "党建指导员人数",
  "name_en": "Guidance staff",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计期末在岗的党建指导员人数。",
  "description_en": "Party-building guidance persons in post at the end of the period."
},
{
  "code": "guided_units",
  "name_zh": "被指导单位数",
  "name_en": "Units guided",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末由党建指导员联系指导的单位数，每个单位只计一次。",
  "description_en": "Units assigned to a guidance person at the end of the period, each counted once."
},
{
  "code": "guidance_visits",
  "name_zh": "指导走访次数",
  "name_en": "Guidance visits",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内有记录的党建指导员走访次数。",
  "description_en": "Logged visits of guidance persons in the period."
},
{
  "code": "active_units",
  "name_zh": "按要求开展活动的单位数",
  "name_en": "Units with the required activities",
  "unit": "organisations",
  "additive": true,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "统计期内组织活动次数达到要求的已覆盖单位数。",
  "description_en": "Covered units that held the required number of activities in the period."
},
{
  "code": "activities_held",
  "name_zh": "组织活动次数",
  "name_en": "Activities held",
  "unit": "sessions",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内开展的主题党日、党课和实践活动次数。",
  "description_en": "Party days, lectures and practice activities held in the period."
},
{
  "code": "activity_attendances",
  "name_zh": "活动参加人次",
  "name_en": "Activity attendances",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内参加组织活动的人次。",
  "description_en": "Attendances at the activities of the period."
},
{
  "code": "complaints_received",
  "name_zh": "收到投诉件数",
  "name_en": "Complaints received",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内收到并登记的劳动者投诉件数，同一事项重复来电合并计算。",
  "description_en": "Workers' complaints received and registered in the period; repeated calls about one matter are one case."
},
{
  "code": "complaints_due",
  "name_zh": "应办结投诉件数",
  "name_en": "Complaints due",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内办理期限届满的投诉件数，含尚未办结的。",
  "description_en": "Complaints whose time limit ended in the period, open ones included."
},
{
  "code": "complaints_resolved_on_time",
  "name_zh": "按时办结投诉件数",
  "name_en": "Complaints answered on time",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "应办结投诉中，在期限内答复并办结的件数。",
  "description_en": "Complaints due that were answered and closed within the time limit."
},
{
  "code": "complaints_closed",
  "name_zh": "已办结投诉件数",
  "name_en": "Complaints closed",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内办结并进入回访的投诉件数。",
  "description_en": "Complaints closed and passed to call-back in the period."
},
{
  "code": "complaints_confirmed_solved",
  "name_zh": "回访确认解决件数",
  "name_en": "Complaints confirmed as solved",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "已办结投诉中，回访时投诉人确认问题已解决的件数。",
  "description_en": "Closed complaints that the complainant confirmed as solved at call-back."
},
{
  "code": "callbacks_answered",
  "name_zh": "回访成功件数",
  "name_en": "Call-backs answered",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内投诉人接受回访并作出评价的件数。",
  "description_en": "Call-backs in the period in which the complainant gave a rating."
},
{
  "code": "callbacks_satisfied",
  "name_zh": "回访满意件数",
  "name_en": "Call-backs satisfied",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "回访成功件中，评价为满意或基本满意的件数。",
  "description_en": "Answered call-backs rated satisfied or mostly satisfied."
},
{
  "code": "mediations_accepted",
  "name_zh": "受理调解件数",
  "name_en": "Mediations accepted",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内受理并已结束的调解案件数。",
  "description_en": "Mediation cases accepted that ended in the period."
},
{
  "code": "mediations_settled",
  "name_zh": "达成协议件数",
  "name_en": "Mediations settled",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "受理案件中达成调解协议的件数。",
  "description_en": "Accepted cases that ended with a settlement."
},
{
  "code": "amount_recovered",
  "name_zh": "追回金额",
  "name_en": "Amount recovered",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内通过调解、仲裁、监察为劳动者追回并已到账的金额。",
  "description_en": "Money recovered for workers through mediation, arbitration or inspection and paid in the period."
},
{
  "code": "hazards_reported",
  "name_zh": "隐患上报件数",
  "name_en": "Hazards reported",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内劳动者上报并通过初步核实的隐患件数。",
  "description_en": "Hazards reported by workers and accepted at first check in the period."
},
{
  "code": "hazards_due",
  "name_zh": "应处置隐患件数",
  "name_en": "Hazards due",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内处置期限届满的隐患件数，含尚未处置的。",
  "description_en": "Hazards whose time limit ended in the period, open ones included."
},
{
  "code": "hazards_handled_on_time",
  "name_zh": "按时处置隐患件数",
  "name_en": "Hazards handled on time",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "应处置隐患中，在期限内处置完毕的件数；转派不重新计时。",
  "description_en": "Hazards due that were handled within the limit; a referral does not restart the clock."
},
{
  "code": "hazard_median_hours",
  "name_zh": "隐患处置时长中位数",
  "name_en": "Median time to fix a hazard",
  "unit": "hours",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "把尚未处置的隐患一并计入（生存分析）后，从上报到处置完毕时长的中位数。",
  "description_en": "Median time from report to fix with open cases included (survival estimate)."
},
{
  "code": "hazards_answered",
  "name_zh": "上报人已答复件数",
  "name_en": "Hazards answered by the reporter",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "处置后上报人对“是否已解决”作出答复的件数。",
  "description_en": "Handled hazards for which the reporter answered the question “fixed?”."
},
{
  "code": "hazards_confirmed_fixed",
  "name_zh": "上报人确认解决件数",
  "name_en": "Hazards confirmed as fixed",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "上报人答复为“已解决”的件数。",
  "description_en": "Hazards that the reporter confirmed as fixed."
},
{
  "code": "governance_participants",
  "name_zh": "参与社区治理人数",
  "name_en": "Participants in community governance",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计期内至少参与一次隐患上报、议事、志愿服务等社区治理活动的劳动者人数，去重。",
  "description_en": "Workers who took part at least once in hazard reports, consultation, volunteering or similar acts in the period, counted once."
},
{
  "code": "open_stations",
  "name_zh": "开放站点数",
  "name_en": "Open stations",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末在册且处于开放状态的服务站点数。",
  "description_en": "Service stations listed and open at the end of the period."
}
]$data$) as given (code text, name_zh text, name_en text, unit text, additive boolean, counts_persons boolean, over_time text, description_zh text, description_en text)
on conflict (code) do update set
  name_zh = excluded.name_zh, name_en = excluded.name_en, unit = excluded.unit, additive = excluded.additive, counts_persons = excluded.counts_persons, over_time = excluded.over_time, description_zh = excluded.description_zh, description_en = excluded.description_en
where (kept.name_zh, kept.name_en, kept.unit, kept.additive, kept.counts_persons, kept.over_time, kept.description_zh, kept.description_en)
  is distinct from (excluded.name_zh, excluded.name_en, excluded.unit, excluded.additive, excluded.counts_persons, excluded.over_time, excluded.description_zh, excluded.description_en);

insert into public.measures as kept (code, name_zh, name_en, unit, additive, counts_persons, over_time, description_zh, description_en)
select given.code, given.name_zh, given.name_en, given.unit, given.additive, given.counts_persons, given.over_time, given.description_zh, given.description_en
from jsonb_to_recordset($data$[
{
  "code": "station_visits",
  "name_zh": "服务人次",
  "name_en": "Station visits",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内到站使用服务的人次。",
  "description_en": "Visits to stations in the period."
},
{
  "code": "station_days",
  "name_zh": "站点开放天数",
  "name_en": "Station days",
  "unit": "station_days",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内各站点实际开放天数之和。",
  "description_en": "Sum of the days on which each station was open in the period."
},
{
  "code": "night_open_stations",
  "name_zh": "夜间开放站点数",
  "name_en": "Stations open at night",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "22:00 至次日 06:00 全时段可以进入使用的站点数。",
  "description_en": "Stations that can be entered throughout 22:00–06:00."
},
{
  "code": "demand_cells",
  "name_zh": "需求网格数",
  "name_en": "Demand cells",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计时段内劳动者活动达到门槛的地理网格数。",
  "description_en": "Map cells in which workers' activity reached the threshold in the hour counted."
},
{
  "code": "demand_cells_covered",
  "name_zh": "已覆盖需求网格数",
  "name_en": "Demand cells covered",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "需求网格中，中心点 1 公里步行范围内有开放站点的网格数。",
  "description_en": "Demand cells with an open station within 1 km walking distance of the centre."
},
{
  "code": "stations_verified",
  "name_zh": "近期核实站点数",
  "name_en": "Stations verified recently",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "最近 60 天内信息经过核实的开放站点数。",
  "description_en": "Open stations whose details were verified in the last 60 days."
},
{
  "code": "communities",
  "name_zh": "小区总数",
  "name_en": "Residential communities",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末纳入范围的住宅小区数。",
  "description_en": "Residential communities in scope at the end of the period."
},
{
  "code": "gate_code_communities",
  "name_zh": "开通通行码的小区数",
  "name_en": "Communities with a gate code",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "已开通骑手通行码且能正常使用的住宅小区数。",
  "description_en": "Residential communities with a working gate code for riders."
},
{
  "code": "persons_visited",
  "name_zh": "走访人数",
  "name_en": "Persons visited",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "统计期内走访到的劳动者人数，同一人只计一次。",
  "description_en": "Workers visited in the period, each counted once."
},
{
  "code": "issues_found",
  "name_zh": "走访发现问题数",
  "name_en": "Issues found",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内走访中登记的具体问题数。",
  "description_en": "Specific issues registered during visits in the period."
},
{
  "code": "issues_closed",
  "name_zh": "已解决问题数",
  "name_en": "Issues solved",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "登记问题中，经走访对象确认已解决的问题数。",
  "description_en": "Registered issues that the person visited confirmed as solved."
},
{
  "code": "services_delivered",
  "name_zh": "提供服务次数",
  "name_en": "Services delivered",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内向劳动者提供的各类服务次数。",
  "description_en": "Services of all kinds delivered to workers in the period."
},
{
  "code": "cases_opened",
  "name_zh": "新开个案数",
  "name_en": "Cases opened",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内新建的社会工作个案数。",
  "description_en": "Social-work cases opened in the period."
},
{
  "code": "cases_closed",
  "name_zh": "结案个案数",
  "name_en": "Cases closed",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内结案的社会工作个案数。",
  "description_en": "Social-work cases closed in the period."
},
{
  "code": "events_held",
  "name_zh": "活动场次",
  "name_en": "Events held",
  "unit": "sessions",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内举办的文化、培训、慰问等活动场次。",
  "description_en": "Cultural, training, visiting and other events held in the period."
},
{
  "code": "event_participants",
  "name_zh": "活动参加人次",
  "name_en": "Event attendances",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内参加活动的劳动者人次。",
  "description_en": "Workers' attendances at the events of the period."
},
{
  "code": "health_service_visits",
  "name_zh": "健康服务人次",
  "name_en": "Health service contacts",
  "unit": "person_times",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内劳动者接受体检、问诊等健康服务的人次。",
  "description_en": "Check-ups, consultations and other health services given to workers in the period."
},
{
  "code": "psych_sessions",
  "name_zh": "心理服务人次",
  "name_en": "Psychological service sessions",
  "unit": "person_times",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内提供的心理咨询、减压辅导人次。",
  "description_en": "Counselling and stress-relief sessions given in the period."
},
{
  "code": "questionnaires_distributed",
  "name_zh": "发放问卷数",
  "name_en": "Questionnaires distributed",
  "unit": "questionnaires",
  "additive": true,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "本次调查发放的问卷数，线上线下合计。",
  "description_en": "Questionnaires distributed in the survey, on line and on paper."
},
{
  "code": "valid_responses",
  "name_zh": "有效问卷数",
  "name_en": "Valid responses",
  "unit": "questionnaires",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "通过完整性和逻辑检查的问卷数。",
  "description_en": "Questionnaires that passed the checks for completeness and logic."
},
{
  "code": "need_choosers",
  "name_zh": "选择该项需求人数",
  "name_en": "Respondents choosing the need",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "有效受访者中选择某一项需求的人数（可多选）。",
  "description_en": "Valid respondents who chose a given need (several may be chosen)."
},
{
  "code": "aware_social_work",
  "name_zh": "知晓社会工作人数",
  "name_en": "Respondents aware of social work",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "有效受访者中表示听说过社会工作的人数。",
  "description_en": "Valid respondents who had heard of social work."
},
{
  "code": "aware_policy",
  "name_zh": "知晓政策人数",
  "name_en": "Respondents aware of the policy",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "unique",
  "description_zh": "有效受访者中知道所问政策主要内容的人数。",
  "description_en": "Valid respondents who knew the main content of the policy asked about."
},
{
  "code": "trained_workers",
  "name_zh": "接受培训人数",
  "name_en": "Workers trained",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "最近 12 个月内至少完成一次安全或技能培训的活跃劳动者人数，每人只计一次。",
  "description_en": "Active workers who completed at least one safety or skills session in the last 12 months, each counted once."
},
{
  "code": "course_enrolments",
  "name_zh": "培训报名人数",
  "name_en": "Enrolments",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内结束的培训班的报名人数。",
  "description_en": "Persons enrolled in the courses that ended in the period."
},
{
  "code": "course_completions",
  "name_zh": "完成培训人数",
  "name_en": "Completions",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "报名者中完成规定学时的人数。",
  "description_en": "Enrolled persons who completed the required hours."
},
{
  "code": "certificates_issued",
  "name_zh": "发放证书数",
  "name_en": "Certificates issued",
  "unit": "certificates",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内发放且仍然有效的职业技能等级证书数。",
  "description_en": "Vocational skill certificates issued in the period and still valid."
},
{
  "code": "trained_job_seekers",
  "name_zh": "培训后求职人数",
  "name_en": "Trained persons seeking work",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "完成培训且有求职意愿、已满跟踪期（3 个月）的人数。",
  "description_en": "Persons who completed training, sought work and have reached the follow-up date (3 months)."
},
{
  "code": "employed_after_training",
  "name_zh": "培训后就业人数",
  "name_en": "Employed after training",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "上述人员中，跟踪时已就业或已有稳定接单收入的人数。",
  "description_en": "Of these, persons employed or with steady order income at follow-up."
},
{
  "code": "trainees",
  "name_zh": "参训人数",
  "name_en": "Trainees",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内完成培训的人数。",
  "description_en": "Persons who completed training in the period."
},
{
  "code": "trainees_on_order",
  "name_zh": "订单式培训人数",
  "name_en": "Trainees on an employer's order",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "按用工方订单组织、结业后优先录用的参训人数。",
  "description_en": "Trainees in courses ordered by an employer who gives them priority in hiring."
},
{
  "code": "gig_markets",
  "name_zh": "零工市场和驿站数",
  "name_en": "Gig markets and posts",
  "unit": "places",
  "additive": true,
  "counts_persons": false,
  "over_time": "stock",
  "description_zh": "统计期末开放的公共零工市场和零工驿站数。",
  "description_en": "Public gig markets and posts open at the end of the period."
},
{
  "code": "match_proposals",
  "name_zh": "推荐匹配数",
  "name_en": "Proposals sent",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内市场向求职者和用工方发出的匹配推荐数。",
  "description_en": "Matching proposals sent to workers and employers in the period."
},
{
  "code": "placements_confirmed",
  "name_zh": "双方确认上岗数",
  "name_en": "Placements confirmed",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "推荐中由劳动者和用工方双方确认上岗的数量。",
  "description_en": "Proposals in which both worker and employer confirmed the placement."
},
{
  "code": "median_fill_hours",
  "name_zh": "岗位填补时长中位数",
  "name_en": "Median time to fill",
  "unit": "hours",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "从岗位发布到双方确认上岗的时长的中位数。",
  "description_en": "Median time from posting to confirmed placement."
},
{
  "code": "gig_ratings",
  "name_zh": "零工有效评价数",
  "name_en": "Valid ratings by gig workers",
  "unit": "cases",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "统计期内零工劳动者作出的有效评价数。",
  "description_en": "Valid ratings given by gig workers in the period."
},
{
  "code": "gig_ratings_satisfied",
  "name_zh": "零工满意评价数",
  "name_en": "Satisfied ratings by gig workers",
  "unit": "cases",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "有效评价中给出 4 分或 5 分（满分 5 分）的数量。",
  "description_en": "Valid ratings of 4 or 5 out of 5."
},
{
  "code": "gig_service_contacts",
  "name_zh": "零工服务人次",
  "name_en": "Gig service contacts",
  "unit": "person_times",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内零工市场提供求职、用工、咨询等服务的人次。",
  "description_en": "Service contacts of the gig markets in the period: job search, hiring, advice."
},
{
  "code": "gig_jobs_completed",
  "name_zh": "完成的零工用工数",
  "name_en": "Gig jobs completed",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内完成的零工用工单数。",
  "description_en": "Gig jobs completed in the period."
},
{
  "code": "gig_jobs_flagged",
  "name_zh": "有欠薪标记的用工数",
  "name_en": "Gig jobs flagged for arrears",
  "unit": "cases",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "完成的用工中，被投诉或监测标记为欠薪、克扣的单数。",
  "description_en": "Completed jobs flagged, by complaint or monitoring, for unpaid or docked wages."
},
{
  "code": "residents",
  "name_zh": "常住人口",
  "name_en": "Residents",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计年末常住人口数。",
  "description_en": "Resident population at the end of the year."
},
{
  "code": "residents_in_circle",
  "name_zh": "15 分钟服务圈内人口",
  "name_en": "Residents within 15 minutes",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "步行或骑行 15 分钟内有就业服务点的常住人口数。",
  "description_en": "Residents with an employment service point within 15 minutes on foot or by cycle."
},
{
  "code": "fund_income",
  "name_zh": "基金收入",
  "name_en": "Fund income",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内到账的捐赠、财政和其他收入。",
  "description_en": "Donations, public money and other income received in the period."
},
{
  "code": "fund_available",
  "name_zh": "可用资金",
  "name_en": "Funds available",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "opening",
  "description_zh": "期初结余加本期收入。",
  "description_en": "Opening balance plus income of the period."
},
{
  "code": "fund_spent",
  "name_zh": "基金支出",
  "name_en": "Fund spending",
  "unit": "yuan",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内已支付的救助和项目支出，费用单列。",
  "description_en": "Aid and projects paid in the period; fees have lines of their own."
},
{
  "code": "median_aid_days",
  "name_zh": "救助用时中位数",
  "name_en": "Median days to payment",
  "unit": "days",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "从提出申请到资金到账的天数的中位数，按当期已支付个案计算。",
  "description_en": "Median days from request to payment, over the cases paid in the period."
},
{
  "code": "aid_cases_followed",
  "name_zh": "已跟踪个案数",
  "name_en": "Aid cases followed up",
  "unit": "cases",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "救助满 3 个月并完成回访的个案数。",
  "description_en": "Aid cases followed up 3 months after payment."
},
{
  "code": "aid_cases_stable",
  "name_zh": "生活稳定个案数",
  "name_en": "Aid cases judged stable",
  "unit": "cases",
  "additive": true,
  "counts_persons": true,
  "over_time": "flow",
  "description_zh": "已跟踪个案中，经社会工作者评估生活已趋稳定的个案数。",
  "description_en": "Followed cases that the social worker judged stable."
},
{
  "code": "disclosures_due",
  "name_zh": "应公示期数",
  "name_en": "Publications due",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内应当公示的期数。",
  "description_en": "Publications due in the period."
},
{
  "code": "disclosures_on_time",
  "name_zh": "按时公示期数",
  "name_en": "Publications on time",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "应公示期数中，在规定日期前公示的期数。",
  "description_en": "Publications due that appeared by the due date."
},
{
  "code": "targets_due",
  "name_zh": "到期目标数",
  "name_en": "Targets due",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内到期应考核的协议目标数。",
  "description_en": "Agreement targets that fell due in the period."
},
{
  "code": "targets_met",
  "name_zh": "达成目标数",
  "name_en": "Targets met",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "到期目标中，依据已审核数据判定达成的目标数。",
  "description_en": "Targets due that approved data show as met."
},
{
  "code": "platform_score",
  "name_zh": "平台得分",
  "name_en": "Platform score",
  "unit": "points",
  "additive": false,
  "counts_persons": false,
  "over_time": "unique",
  "description_zh": "按公开方法评定的平台得分（5 项原则，每项 0 至 2 分，满分 10 分），无证据不得分。",
  "description_en": "Score of a platform by the published method (5 principles, 0 to 2 points each, 10 in all); no evidence, no point."
},
{
  "code": "filings_expected",
  "name_zh": "应报送任务数",
  "name_en": "Filings expected",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内到期的报送任务数，经批准免报的除外。",
  "description_en": "Filing obligations that fell due in the period, excused ones left out."
},
{
  "code": "filings_on_time",
  "name_zh": "按时报送任务数",
  "name_en": "Filings on time",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "到期任务中在截止日当日或之前提交的任务数。",
  "description_en": "Obligations due that were filed on or before the due date."
},
{
  "code": "filings_reviewed",
  "name_zh": "已审核报送数",
  "name_en": "Filings reviewed",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内完成审核的报送数。",
  "description_en": "Filings whose review was completed in the period."
},
{
  "code": "filings_passed_first",
  "name_zh": "一次通过报送数",
  "name_en": "Filings passed first time",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "已审核报送中未被退回即通过的报送数。",
  "description_en": "Reviewed filings accepted without being returned."
},
{
  "code": "values_approved",
  "name_zh": "已通过数值数",
  "name_en": "Values approved",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内通过审核的数值个数。",
  "description_en": "Values approved in the period."
},
{
  "code": "values_revised",
  "name_zh": "通过后修订数值数",
  "name_en": "Values revised after approval",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "通过审核后又被修订的数值个数。",
  "description_en": "Approved values that were revised afterwards."
},
{
  "code": "seats_due",
  "name_zh": "应到席位数",
  "name_en": "Seats due",
  "unit": "seats",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内各次会议应到的表决席和列席席位数之和。",
  "description_en": "Voting and observer seats due at the meetings of the period, added up."
},
{
  "code": "seats_present",
  "name_zh": "实到席位数",
  "name_en": "Seats present",
  "unit": "seats",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "应到席位中有代表到会的席位数。",
  "description_en": "Seats due that were represented."
},
{
  "code": "actions_due",
  "name_zh": "到期任务数",
  "name_en": "Action items due",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内截止日期到期的决议任务数。",
  "description_en": "Action items of resolutions whose due date fell in the period."
},
{
  "code": "actions_accepted_on_time",
  "name_zh": "按期验收任务数",
  "name_en": "Action items accepted in time",
  "unit": "items",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "到期任务中，在截止日期前由其他方验收通过的任务数。",
  "description_en": "Action items due that another party accepted by the due date."
},
{
  "code": "records_logged",
  "name_zh": "存证记录数",
  "name_en": "Records logged",
  "unit": "records",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "统计期内写入存证日志的记录数。",
  "description_en": "Records written to the evidence log in the period."
},
{
  "code": "records_anchored",
  "name_zh": "已锚定记录数",
  "name_en": "Records anchored",
  "unit": "records",
  "additive": true,
  "counts_persons": false,
  "over_time": "flow",
  "description_zh": "存证记录中，已由运营方以外至少两个见证方联署的记录数。",
  "description_en": "Logged records co-signed by at least two witnesses outside the operator."
},
{
  "code": "social_workers",
  "name_zh": "社会工作者人数",
  "name_en": "Social workers",
  "unit": "persons",
  "additive": true,
  "counts_persons": true,
  "over_time": "stock",
  "description_zh": "统计年末在新就业群体服务岗位上的社会工作者人数。",
  "description_en": "Social workers serving new employment groups at the end of the year."
}
]$data$) as given (code text, name_zh text, name_en text, unit text, additive boolean, counts_persons boolean, over_time text, description_zh text, description_en text)
on conflict (code) do update set
  name_zh = excluded.name_zh, name_en = excluded.name_en, unit = excluded.unit, additive = excluded.additive, counts_persons = excluded.counts_persons, over_time = excluded.over_time, description_zh = excluded.description_zh, description_en = excluded.description_en
where (kept.name_zh, kept.name_en, kept.unit, kept.additive, kept.counts_persons, kept.over_time, kept.description_zh, kept.description_en)
  is distinct from (excluded.name_zh, excluded.name_en, excluded.unit, excluded.additive, excluded.counts_persons, excluded.over_time, excluded.description_zh, excluded.description_en);
