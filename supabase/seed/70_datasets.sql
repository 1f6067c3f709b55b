-- Reference data. Runs again without effect; a changed line changes its row. Sources: SOURCES.md.
-- What each kind of organisation files, and the rules between values (kinds and parameters: src/lib/datasets/dataset.ts);
-- an error blocks, a warning asks for an explanation. What the secretariat changed since stays as it is.

-- Datasets
insert into public.datasets as kept (code, kind, name_zh, name_en, description_zh, description_en, frequency, due_working_days, review_stages, region_level, version)
select given.code, given.kind, given.name_zh, given.name_en, given.description_zh, given.description_en, given.frequency, given.due_working_days, given.review_stages, given.region_level, given.version
from jsonb_to_recordset($data$[
{
  "code": "platform_labour_monthly",
  "kind": "platform",
  "name_zh": "平台用工月报",
  "name_en": "Platform labour, monthly",
  "description_zh": "平台企业每月报送的用工、合同、参保、劳动条件、培训和投诉数据，按区、职业和用工方式分列。",
  "description_en": "What platform companies file each month on workers, contracts, insurance, working conditions, training and complaints, by district, occupation and employment mode.",
  "frequency": "month",
  "due_working_days": 10,
  "review_stages": 1,
  "region_level": "county",
  "version": 1
},
{
  "code": "community_service_monthly",
  "kind": "community",
  "name_zh": "社区服务月报",
  "name_en": "Community services, monthly",
  "description_zh": "街道、社区每月报送的驿站、走访、服务、个案、活动和隐患处置数据，先由区级审核，再由市级审核。",
  "description_en": "What community offices file each month on stations, visits, services, cases, events and hazards; reviewed by the district, then by the city.",
  "frequency": "month",
  "due_working_days": 5,
  "review_stages": 2,
  "region_level": "street",
  "version": 1
},
{
  "code": "party_coverage_quarterly",
  "kind": "party",
  "name_zh": "党建覆盖季报",
  "name_en": "Party-building coverage, quarterly",
  "description_zh": "党组织每季度报送的有形覆盖、有效覆盖、指导力量和组织活动数据，只报数量，不报名单。",
  "description_en": "What Party organisations file each quarter on tangible and effective coverage, guidance and activities; counts only, never names.",
  "frequency": "quarter",
  "due_working_days": 15,
  "review_stages": 1,
  "region_level": "county",
  "version": 1
}
]$data$) as given (code text, kind text, name_zh text, name_en text, description_zh text, description_en text, frequency text, due_working_days smallint, review_stages smallint, region_level text, version smallint)
on conflict (code) do update set
  kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en, description_zh = excluded.description_zh, description_en = excluded.description_en, frequency = excluded.frequency, due_working_days = excluded.due_working_days, review_stages = excluded.review_stages, region_level = excluded.region_level
where (kept.kind, kept.name_zh, kept.name_en, kept.description_zh, kept.description_en, kept.frequency, kept.due_working_days, kept.review_stages, kept.region_level)
  is distinct from (excluded.kind, excluded.name_zh, excluded.name_en, excluded.description_zh, excluded.description_en, excluded.frequency, excluded.due_working_days, excluded.review_stages, excluded.region_level);

-- Measures of the datasets, in the order of the template
insert into public.dataset_measures as kept (dataset_code, measure_code, position, required, value_type, minimum, maximum, decimals)
select given.dataset_code, given.measure_code, given.position, given.required, given.value_type, given.minimum, given.maximum, given.decimals
from jsonb_to_recordset($data$[
{"dataset_code": "platform_labour_monthly", "measure_code": "active_workers", "position": 1, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "headcount_first_day", "position": 2, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "headcount_last_day", "position": 3, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "new_workers", "position": 4, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "leavers", "position": 5, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "labour_relation_workers", "position": 6, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "partial_relation_workers", "position": 7, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "civil_relation_workers", "position": 8, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "signed_contracts", "position": 9, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "service_contracts", "position": 10, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "written_agreements", "position": 11, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "pension_insured", "position": 12, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "injury_insured", "position": 13, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "unemployment_insured", "position": 14, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "pilot_order_takers", "position": 15, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "occupational_injury_covered", "position": 16, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "orders_completed", "position": 17, "required": true, "value_type": "count", "minimum": 0, "maximum": 1000000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "accident_covered_orders", "position": 18, "required": false, "value_type": "count", "minimum": 0, "maximum": 1000000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "orders_above_cap", "position": 19, "required": false, "value_type": "count", "minimum": 0, "maximum": 1000000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "mean_commission_rate", "position": 20, "required": false, "value_type": "number", "minimum": 0, "maximum": 100, "decimals": 2},
{"dataset_code": "platform_labour_monthly", "measure_code": "rest_overdue_workers", "position": 21, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "paid_worker_months", "position": 22, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "below_minimum_worker_months", "position": 23, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "median_net_hourly_income", "position": 24, "required": false, "value_type": "number", "minimum": 0, "maximum": 1000, "decimals": 2},
{"dataset_code": "platform_labour_monthly", "measure_code": "injured_persons", "position": 25, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "penalised_workers", "position": 26, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "trained_workers", "position": 27, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "complaints_received", "position": 28, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "complaints_due", "position": 29, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "platform_labour_monthly", "measure_code": "complaints_resolved_on_time", "position": 30, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "open_stations", "position": 1, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "night_open_stations", "position": 2, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "stations_verified", "position": 3, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "station_days", "position": 4, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "station_visits", "position": 5, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "persons_visited", "position": 6, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "issues_found", "position": 7, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "issues_closed", "position": 8, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "services_delivered", "position": 9, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "psych_sessions", "position": 10, "required": false, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "cases_opened", "position": 11, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "cases_closed", "position": 12, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "events_held", "position": 13, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "event_participants", "position": 14, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "hazards_reported", "position": 15, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "hazards_due", "position": 16, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "hazards_handled_on_time", "position": 17, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "hazards_answered", "position": 18, "required": false, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "community_service_monthly", "measure_code": "hazards_confirmed_fixed", "position": 19, "required": false, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "eligible_units", "position": 1, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "covered_units", "position": 2, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "effective_units", "position": 3, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "guidance_staff", "position": 4, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "guided_units", "position": 5, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "guidance_visits", "position": 6, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "known_party_members", "position": 7, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "floating_members", "position": 8, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "active_units", "position": 9, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "activities_held", "position": 10, "required": true, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0},
{"dataset_code": "party_coverage_quarterly", "measure_code": "activity_attendances", "position": 11, "required": false, "value_type": "count", "minimum": 0, "maximum": 10000000, "decimals": 0}
]$data$) as given (dataset_code text, measure_code text, position smallint, required boolean, value_type text, minimum numeric, maximum numeric, decimals smallint)
on conflict (dataset_code, measure_code) do update set
  position = excluded.position, required = excluded.required, value_type = excluded.value_type, minimum = excluded.minimum, maximum = excluded.maximum, decimals = excluded.decimals
where (kept.position, kept.required, kept.value_type, kept.minimum, kept.maximum, kept.decimals)
  is distinct from (excluded.position, excluded.required, excluded.value_type, excluded.minimum, excluded.maximum, excluded.decimals);

-- Rules between values
insert into public.dataset_rules as kept (dataset_code, code, kind, severity, params, message_zh, message_en, since)
select given.dataset_code, given.code, given.kind, given.severity, given.params, given.message_zh, given.message_en,
  case when given.kind in ('jump', 'z_score', 'peer_outlier', 'cross_file') then 2 else 1 end
from jsonb_to_recordset($data$[
{"dataset_code": "platform_labour_monthly", "code": "relations_make_active_workers", "kind": "parts_eq_total", "severity": "error", "params": {"parts": ["labour_relation_workers", "partial_relation_workers", "civil_relation_workers"], "total": "active_workers"}, "message_zh": "“确立劳动关系人数”“不完全劳动关系人数”“民事关系人数”之和应等于“活跃劳动者人数”。", "message_en": "Workers in a labour relationship, not fully in one, and in a civil relationship should add to “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "signed_contracts_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "signed_contracts", "whole": "active_workers"}, "message_zh": "“签订劳动合同人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers with a signed labour contract” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "service_contracts_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "service_contracts", "whole": "active_workers"}, "message_zh": "“劳务合同或劳务派遣人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers on service contracts or dispatched” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "written_agreements_within_partial_relation_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "written_agreements", "whole": "partial_relation_workers"}, "message_zh": "“签订书面协议人数”不应大于“不完全劳动关系人数”。", "message_en": "“Workers with a signed written agreement” should not exceed “Workers not fully in a labour relationship”."},
{"dataset_code": "platform_labour_monthly", "code": "pension_insured_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "pension_insured", "whole": "active_workers"}, "message_zh": "“参加职工养老保险人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers in the employee pension” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "injury_insured_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "injury_insured", "whole": "active_workers"}, "message_zh": "“参加工伤保险人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers in work-injury insurance” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "unemployment_insured_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "unemployment_insured", "whole": "active_workers"}, "message_zh": "“参加失业保险人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers in unemployment insurance” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "pilot_order_takers_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "pilot_order_takers", "whole": "active_workers"}, "message_zh": "“试点行业接单人数”不应大于“活跃劳动者人数”。", "message_en": "“Order takers in the pilot industries” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "occupational_injury_covered_within_pilot_order_takers", "kind": "part_le_whole", "severity": "error", "params": {"part": "occupational_injury_covered", "whole": "pilot_order_takers"}, "message_zh": "“职业伤害保障参保人数”不应大于“试点行业接单人数”。", "message_en": "“Workers under occupational-injury protection” should not exceed “Order takers in the pilot industries”."},
{"dataset_code": "platform_labour_monthly", "code": "accident_covered_orders_within_orders_completed", "kind": "part_le_whole", "severity": "error", "params": {"part": "accident_covered_orders", "whole": "orders_completed"}, "message_zh": "“商业意外险覆盖订单数”不应大于“完成订单数”。", "message_en": "“Orders with accident cover” should not exceed “Orders completed”."},
{"dataset_code": "platform_labour_monthly", "code": "orders_above_cap_within_orders_completed", "kind": "part_le_whole", "severity": "error", "params": {"part": "orders_above_cap", "whole": "orders_completed"}, "message_zh": "“超上限订单数”不应大于“完成订单数”。", "message_en": "“Orders above the cap” should not exceed “Orders completed”."},
{"dataset_code": "platform_labour_monthly", "code": "rest_overdue_workers_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "rest_overdue_workers", "whole": "active_workers"}, "message_zh": "“连续接单超 4 小时人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers with a stretch over 4 hours” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "below_minimum_worker_months_within_paid_worker_months", "kind": "part_le_whole", "severity": "error", "params": {"part": "below_minimum_worker_months", "whole": "paid_worker_months"}, "message_zh": "“低于最低小时工资人月数”不应大于“有报酬的劳动者人月数”。", "message_en": "“Worker-months below the hourly minimum” should not exceed “Paid worker-months”."},
{"dataset_code": "platform_labour_monthly", "code": "paid_worker_months_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "paid_worker_months", "whole": "active_workers"}, "message_zh": "“有报酬的劳动者人月数”不应大于“活跃劳动者人数”。", "message_en": "“Paid worker-months” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "penalised_workers_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "penalised_workers", "whole": "active_workers"}, "message_zh": "“受处罚劳动者人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers penalised” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "trained_workers_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "trained_workers", "whole": "active_workers"}, "message_zh": "“接受培训人数”不应大于“活跃劳动者人数”。", "message_en": "“Workers trained” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "new_workers_within_active_workers", "kind": "part_le_whole", "severity": "error", "params": {"part": "new_workers", "whole": "active_workers"}, "message_zh": "“新加入人数”不应大于“活跃劳动者人数”。", "message_en": "“New workers” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "complaints_resolved_on_time_within_complaints_due", "kind": "part_le_whole", "severity": "error", "params": {"part": "complaints_resolved_on_time", "whole": "complaints_due"}, "message_zh": "“按时办结投诉件数”不应大于“应办结投诉件数”。", "message_en": "“Complaints answered on time” should not exceed “Complaints due”."},
{"dataset_code": "platform_labour_monthly", "code": "signed_contracts_within_labour_relation_workers", "kind": "part_le_whole", "severity": "warning", "params": {"part": "signed_contracts", "whole": "labour_relation_workers"}, "message_zh": "“签订劳动合同人数”不应大于“确立劳动关系人数”。", "message_en": "“Workers with a signed labour contract” should not exceed “Workers in a labour relationship”."},
{"dataset_code": "platform_labour_monthly", "code": "injured_persons_within_active_workers", "kind": "part_le_whole", "severity": "warning", "params": {"part": "injured_persons", "whole": "active_workers"}, "message_zh": "“伤亡人数”不应大于“活跃劳动者人数”。", "message_en": "“Persons injured or killed” should not exceed “Active workers”."},
{"dataset_code": "platform_labour_monthly", "code": "active_workers_jump", "kind": "jump", "severity": "warning", "params": {"measure": "active_workers", "percent": 50, "least": 200}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "orders_completed_jump", "kind": "jump", "severity": "warning", "params": {"measure": "orders_completed", "percent": 60, "least": 10000}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "active_workers_z_score", "kind": "z_score", "severity": "warning", "params": {"measure": "active_workers", "z": 3.5}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "orders_completed_z_score", "kind": "z_score", "severity": "warning", "params": {"measure": "orders_completed", "z": 3.5}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "complaints_received_among_peers", "kind": "peer_outlier", "severity": "warning", "params": {"measure": "complaints_received", "denominator": "active_workers", "k": 3}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "first_day_follows_last_day", "kind": "cross_file", "severity": "warning", "params": {"measure": "headcount_first_day", "other": "headcount_last_day", "of": "previous", "percent": 30}, "message_zh": "", "message_en": ""},
{"dataset_code": "community_service_monthly", "code": "services_delivered_jump", "kind": "jump", "severity": "warning", "params": {"measure": "services_delivered", "percent": 100, "least": 50}, "message_zh": "", "message_en": ""},
{"dataset_code": "community_service_monthly", "code": "event_participants_z_score", "kind": "z_score", "severity": "warning", "params": {"measure": "event_participants", "z": 4}, "message_zh": "", "message_en": ""},
{"dataset_code": "party_coverage_quarterly", "code": "eligible_units_jump", "kind": "jump", "severity": "warning", "params": {"measure": "eligible_units", "percent": 30, "least": 20}, "message_zh": "", "message_en": ""},
{"dataset_code": "platform_labour_monthly", "code": "median_net_hourly_income_in_range", "kind": "range", "severity": "warning", "params": {"measure": "median_net_hourly_income", "min": 5, "max": 150}, "message_zh": "“小时净收入中位数”通常在 5 至 150 元之间，请核对单位或说明原因。", "message_en": "“Median net hourly income” usually lies between 5 and 150 yuan: check the unit or explain."},
{"dataset_code": "platform_labour_monthly", "code": "mean_commission_rate_in_range", "kind": "range", "severity": "warning", "params": {"measure": "mean_commission_rate", "min": 0, "max": 50}, "message_zh": "“平均抽成率”通常不超过 50%，请核对后说明原因。", "message_en": "“Mean commission rate” usually does not exceed 50 %: check it or explain."},
{"dataset_code": "community_service_monthly", "code": "night_open_stations_within_open_stations", "kind": "part_le_whole", "severity": "error", "params": {"part": "night_open_stations", "whole": "open_stations"}, "message_zh": "“夜间开放站点数”不应大于“开放站点数”。", "message_en": "“Stations open at night” should not exceed “Open stations”."},
{"dataset_code": "community_service_monthly", "code": "stations_verified_within_open_stations", "kind": "part_le_whole", "severity": "error", "params": {"part": "stations_verified", "whole": "open_stations"}, "message_zh": "“近期核实站点数”不应大于“开放站点数”。", "message_en": "“Stations verified recently” should not exceed “Open stations”."},
{"dataset_code": "community_service_monthly", "code": "hazards_handled_on_time_within_hazards_due", "kind": "part_le_whole", "severity": "error", "params": {"part": "hazards_handled_on_time", "whole": "hazards_due"}, "message_zh": "“按时处置隐患件数”不应大于“应处置隐患件数”。", "message_en": "“Hazards handled on time” should not exceed “Hazards due”."},
{"dataset_code": "community_service_monthly", "code": "hazards_confirmed_fixed_within_hazards_answered", "kind": "part_le_whole", "severity": "error", "params": {"part": "hazards_confirmed_fixed", "whole": "hazards_answered"}, "message_zh": "“上报人确认解决件数”不应大于“上报人已答复件数”。", "message_en": "“Hazards confirmed as fixed” should not exceed “Hazards answered by the reporter”."},
{"dataset_code": "community_service_monthly", "code": "issues_closed_within_issues_found", "kind": "part_le_whole", "severity": "warning", "params": {"part": "issues_closed", "whole": "issues_found"}, "message_zh": "“已解决问题数”不应大于“走访发现问题数”。", "message_en": "“Issues solved” should not exceed “Issues found”."},
{"dataset_code": "community_service_monthly", "code": "events_held_in_range", "kind": "range", "severity": "warning", "params": {"measure": "events_held", "min": 0, "max": 200}, "message_zh": "“活动场次”超过 200 场，请核对后说明原因。", "message_en": "“Events held” is over 200: check it or explain."},
{"dataset_code": "party_coverage_quarterly", "code": "covered_units_within_eligible_units", "kind": "part_le_whole", "severity": "error", "params": {"part": "covered_units", "whole": "eligible_units"}, "message_zh": "“有形覆盖单位数”不应大于“应覆盖单位数”。", "message_en": "“Units covered” should not exceed “Eligible units”."},
{"dataset_code": "party_coverage_quarterly", "code": "effective_units_within_covered_units", "kind": "part_le_whole", "severity": "error", "params": {"part": "effective_units", "whole": "covered_units"}, "message_zh": "“有效覆盖单位数”不应大于“有形覆盖单位数”。", "message_en": "“Units effectively covered” should not exceed “Units covered”."},
{"dataset_code": "party_coverage_quarterly", "code": "guided_units_within_eligible_units", "kind": "part_le_whole", "severity": "error", "params": {"part": "guided_units", "whole": "eligible_units"}, "message_zh": "“被指导单位数”不应大于“应覆盖单位数”。", "message_en": "“Units guided” should not exceed “Eligible units”."},
{"dataset_code": "party_coverage_quarterly", "code": "floating_members_within_known_party_members", "kind": "part_le_whole", "severity": "error", "params": {"part": "floating_members", "whole": "known_party_members"}, "message_zh": "“流动党员人数”不应大于“已掌握党员人数”。", "message_en": "“Floating Party members” should not exceed “Known Party members”."},
{"dataset_code": "party_coverage_quarterly", "code": "active_units_within_covered_units", "kind": "part_le_whole", "severity": "error", "params": {"part": "active_units", "whole": "covered_units"}, "message_zh": "“按要求开展活动的单位数”不应大于“有形覆盖单位数”。", "message_en": "“Units with the required activities” should not exceed “Units covered”."},
{"dataset_code": "party_coverage_quarterly", "code": "guidance_staff_in_range", "kind": "range", "severity": "warning", "params": {"measure": "guidance_staff", "min": 0, "max": 5000}, "message_zh": "“党建指导员人数”超过 5000 人，请核对后说明原因。", "message_en": "“Guidance staff” is over 5,000: check it or explain."}
]$data$) as given (dataset_code text, code text, kind text, severity text, params jsonb, message_zh text, message_en text)
on conflict (dataset_code, code, version) do update set
  kind = excluded.kind, severity = excluded.severity, params = excluded.params, message_zh = excluded.message_zh, message_en = excluded.message_en
where kept.until is null and (kept.kind, kept.severity, kept.params, kept.message_zh, kept.message_en)
  is distinct from (excluded.kind, excluded.severity, excluded.params, excluded.message_zh, excluded.message_en);

-- Rules that compare with history came second: filings of the demonstration were checked with the first ones.
update public.datasets d set rules_version = 2
where d.rules_version = 1 and exists (select 1 from public.dataset_rules r where r.dataset_code = d.code and r.since = 2);
