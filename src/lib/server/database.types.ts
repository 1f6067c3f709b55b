export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "action_items": {
                  Row: {
                    "about_id": string | null,"about_type": string | null,"accepting_id": string,"accountable_id": string,"assigned_at": string,"assigned_by": string,"baseline_period": string | null,"council_id": string,"definition_of_done_en": string,"definition_of_done_zh": string,"done_at": string | null,"due_on": string,"expected_value": number | null,"id": string,"indicator_code": string | null,"progress": number,"region_code": string | null,"resolution_id": string,"status": string,"title_en": string,"title_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "about_id"?: string | null,"about_type"?: string | null,"accepting_id": string,"accountable_id": string,"assigned_at"?: string,"assigned_by": string,"baseline_period"?: string | null,"council_id": string,"definition_of_done_en": string,"definition_of_done_zh": string,"done_at"?: string | null,"due_on": string,"expected_value"?: number | null,"id"?: string,"indicator_code"?: string | null,"progress"?: number,"region_code"?: string | null,"resolution_id": string,"status"?: string,"title_en": string,"title_zh": string
                  }
                  Update: {
                    "about_id"?: string | null,"about_type"?: string | null,"accepting_id"?: string,"accountable_id"?: string,"assigned_at"?: string,"assigned_by"?: string,"baseline_period"?: string | null,"council_id"?: string,"definition_of_done_en"?: string,"definition_of_done_zh"?: string,"done_at"?: string | null,"due_on"?: string,"expected_value"?: number | null,"id"?: string,"indicator_code"?: string | null,"progress"?: number,"region_code"?: string | null,"resolution_id"?: string,"status"?: string,"title_en"?: string,"title_zh"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "action_items_accepting_id_fkey"
      columns: ["accepting_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "action_items_accountable_id_fkey"
      columns: ["accountable_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "action_items_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "action_items_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "action_items_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "action_items_resolution_id_fkey"
      columns: ["resolution_id"]
isOneToOne: false
      referencedRelation: "resolutions"
      referencedColumns: ["id"]
    }
                  ]
                },"action_reports": {
                  Row: {
                    "action_item_id": string,"id": string,"kind": string,"note": string | null,"organisation_id": string,"progress": number | null,"written_at": string,"written_by": string
                  }
                  ComputedFields: never
                  Insert: {
                    "action_item_id": string,"id"?: string,"kind": string,"note"?: string | null,"organisation_id": string,"progress"?: number | null,"written_at"?: string,"written_by": string
                  }
                  Update: {
                    "action_item_id"?: string,"id"?: string,"kind"?: string,"note"?: string | null,"organisation_id"?: string,"progress"?: number | null,"written_at"?: string,"written_by"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "action_reports_action_item_id_fkey"
      columns: ["action_item_id"]
isOneToOne: false
      referencedRelation: "action_items"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "action_reports_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"agenda_items": {
                  Row: {
                    "about_id": string | null,"about_type": string | null,"council_id": string,"id": string,"indicator_code": string | null,"meeting_id": string | null,"position": number | null,"proposed_at": string,"proposed_by": string,"proposed_by_organisation": string,"region_code": string | null,"status": string,"text_en": string,"text_zh": string,"title_en": string,"title_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "about_id"?: string | null,"about_type"?: string | null,"council_id": string,"id"?: string,"indicator_code"?: string | null,"meeting_id"?: string | null,"position"?: number | null,"proposed_at"?: string,"proposed_by": string,"proposed_by_organisation": string,"region_code"?: string | null,"status"?: string,"text_en"?: string,"text_zh"?: string,"title_en": string,"title_zh": string
                  }
                  Update: {
                    "about_id"?: string | null,"about_type"?: string | null,"council_id"?: string,"id"?: string,"indicator_code"?: string | null,"meeting_id"?: string | null,"position"?: number | null,"proposed_at"?: string,"proposed_by"?: string,"proposed_by_organisation"?: string,"region_code"?: string | null,"status"?: string,"text_en"?: string,"text_zh"?: string,"title_en"?: string,"title_zh"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "agenda_items_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "agenda_items_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "agenda_items_meeting_id_fkey"
      columns: ["meeting_id"]
isOneToOne: false
      referencedRelation: "meetings"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "agenda_items_proposed_by_organisation_fkey"
      columns: ["proposed_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "agenda_items_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    }
                  ]
                },"api_keys": {
                  Row: {
                    "created_at": string,"created_by": string,"expires_at": string | null,"id": string,"last_used_at": string | null,"name": string,"organisation_id": string,"person_id": string,"prefix": string,"revoked_at": string | null,"revoked_by": string | null,"scopes": (string)[],"token_hash": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by": string,"expires_at"?: string | null,"id"?: string,"last_used_at"?: string | null,"name": string,"organisation_id": string,"person_id": string,"prefix": string,"revoked_at"?: string | null,"revoked_by"?: string | null,"scopes": (string)[],"token_hash": string
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string,"expires_at"?: string | null,"id"?: string,"last_used_at"?: string | null,"name"?: string,"organisation_id"?: string,"person_id"?: string,"prefix"?: string,"revoked_at"?: string | null,"revoked_by"?: string | null,"scopes"?: (string)[],"token_hash"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "api_keys_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "api_keys_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "api_keys_person_id_fkey"
      columns: ["person_id"]
isOneToOne: true
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "api_keys_revoked_by_fkey"
      columns: ["revoked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_events": {
                  Row: {
                    "at": string,"audience": string,"council_id": string | null,"details": NonNullable<Json>,"id": string,"organisation_id": string | null,"person_id": string | null,"subject_id": string,"subject_organisation_id": string | null,"subject_type": string,"verb": string
                  }
                  ComputedFields: never
                  Insert: {
                    "at"?: string,"audience"?: string,"council_id"?: string | null,"details"?: NonNullable<Json>,"id"?: string,"organisation_id"?: string | null,"person_id"?: string | null,"subject_id": string,"subject_organisation_id"?: string | null,"subject_type": string,"verb": string
                  }
                  Update: {
                    "at"?: string,"audience"?: string,"council_id"?: string | null,"details"?: NonNullable<Json>,"id"?: string,"organisation_id"?: string | null,"person_id"?: string | null,"subject_id"?: string,"subject_organisation_id"?: string | null,"subject_type"?: string,"verb"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_events_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "audit_events_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "audit_events_subject_organisation_id_fkey"
      columns: ["subject_organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"calendar_days": {
                  Row: {
                    "day": string,"name_en": string,"name_zh": string,"working": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "day": string,"name_en": string,"name_zh": string,"working": boolean
                  }
                  Update: {
                    "day"?: string,"name_en"?: string,"name_zh"?: string,"working"?: boolean
                  }
                  Relationships: [
                    
                  ]
                },"calendar_feeds": {
                  Row: {
                    "created_at": string,"id": string,"organisation_id": string,"person_id": string,"revoked_at": string | null,"revoked_by": string | null,"token_hash": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"organisation_id": string,"person_id": string,"revoked_at"?: string | null,"revoked_by"?: string | null,"token_hash": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"organisation_id"?: string,"person_id"?: string,"revoked_at"?: string | null,"revoked_by"?: string | null,"token_hash"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "calendar_feeds_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calendar_feeds_person_id_fkey"
      columns: ["person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calendar_feeds_revoked_by_fkey"
      columns: ["revoked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"calendar_moves": {
                  Row: {
                    "council_id": string,"due_after": string,"due_before": string,"id": string,"moved_at": string,"obligation_id": string,"organisation_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"due_after": string,"due_before": string,"id"?: string,"moved_at"?: string,"obligation_id": string,"organisation_id": string
                  }
                  Update: {
                    "council_id"?: string,"due_after"?: string,"due_before"?: string,"id"?: string,"moved_at"?: string,"obligation_id"?: string,"organisation_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "calendar_moves_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calendar_moves_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calendar_moves_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "calendar_moves_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"column_mappings": {
                  Row: {
                    "dataset_code": string,"mapping": NonNullable<Json>,"name": string,"organisation_id": string,"updated_at": string,"updated_by": string
                  }
                  ComputedFields: never
                  Insert: {
                    "dataset_code": string,"mapping": NonNullable<Json>,"name": string,"organisation_id": string,"updated_at"?: string,"updated_by": string
                  }
                  Update: {
                    "dataset_code"?: string,"mapping"?: NonNullable<Json>,"name"?: string,"organisation_id"?: string,"updated_at"?: string,"updated_by"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "column_mappings_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "column_mappings_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"council_seats": {
                  Row: {
                    "council_id": string,"organisation_id": string,"since": string,"standing": string,"until": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"organisation_id": string,"since"?: string,"standing": string,"until"?: string | null
                  }
                  Update: {
                    "council_id"?: string,"organisation_id"?: string,"since"?: string,"standing"?: string,"until"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "council_seats_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "council_seats_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"councils": {
                  Row: {
                    "convener_id": string,"created_at": string,"id": string,"is_demo": boolean,"lock_after_days": number | null,"name_en": string,"name_zh": string,"region_code": string
                  }
                  ComputedFields: never
                  Insert: {
                    "convener_id": string,"created_at"?: string,"id"?: string,"is_demo"?: boolean,"lock_after_days"?: number | null,"name_en": string,"name_zh": string,"region_code": string
                  }
                  Update: {
                    "convener_id"?: string,"created_at"?: string,"id"?: string,"is_demo"?: boolean,"lock_after_days"?: number | null,"name_en"?: string,"name_zh"?: string,"region_code"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "councils_convener_id_fkey"
      columns: ["convener_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "councils_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    }
                  ]
                },"dataset_measures": {
                  Row: {
                    "dataset_code": string,"decimals": number,"maximum": number | null,"measure_code": string,"minimum": number | null,"position": number,"required": boolean,"since": number,"value_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "dataset_code": string,"decimals"?: number,"maximum"?: number | null,"measure_code": string,"minimum"?: number | null,"position": number,"required"?: boolean,"since"?: number,"value_type"?: string
                  }
                  Update: {
                    "dataset_code"?: string,"decimals"?: number,"maximum"?: number | null,"measure_code"?: string,"minimum"?: number | null,"position"?: number,"required"?: boolean,"since"?: number,"value_type"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "dataset_measures_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "dataset_measures_measure_code_fkey"
      columns: ["measure_code"]
isOneToOne: false
      referencedRelation: "measures"
      referencedColumns: ["code"]
    }
                  ]
                },"dataset_rules": {
                  Row: {
                    "code": string,"dataset_code": string,"kind": string,"message_en": string,"message_zh": string,"params": NonNullable<Json>,"saved_at": string,"saved_by": string | null,"severity": string,"since": number,"until": number | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"dataset_code": string,"kind": string,"message_en"?: string,"message_zh"?: string,"params": NonNullable<Json>,"saved_at"?: string,"saved_by"?: string | null,"severity": string,"since"?: number,"until"?: number | null,"version"?: number
                  }
                  Update: {
                    "code"?: string,"dataset_code"?: string,"kind"?: string,"message_en"?: string,"message_zh"?: string,"params"?: NonNullable<Json>,"saved_at"?: string,"saved_by"?: string | null,"severity"?: string,"since"?: number,"until"?: number | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "dataset_rules_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    }
                  ]
                },"dataset_versions": {
                  Row: {
                    "announced_by": string,"announced_on": string,"dataset_code": string,"from_period": string,"note_en": string,"note_zh": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "announced_by": string,"announced_on"?: string,"dataset_code": string,"from_period": string,"note_en"?: string,"note_zh"?: string,"version": number
                  }
                  Update: {
                    "announced_by"?: string,"announced_on"?: string,"dataset_code"?: string,"from_period"?: string,"note_en"?: string,"note_zh"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "dataset_versions_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    }
                  ]
                },"datasets": {
                  Row: {
                    "code": string,"description_en": string,"description_zh": string,"due_working_days": number,"frequency": string,"kind": string,"name_en": string,"name_zh": string,"notice_days": number,"region_level": string,"review_stages": number,"rules_version": number,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"description_en": string,"description_zh": string,"due_working_days": number,"frequency": string,"kind": string,"name_en": string,"name_zh": string,"notice_days"?: number,"region_level": string,"review_stages"?: number,"rules_version"?: number,"version"?: number
                  }
                  Update: {
                    "code"?: string,"description_en"?: string,"description_zh"?: string,"due_working_days"?: number,"frequency"?: string,"kind"?: string,"name_en"?: string,"name_zh"?: string,"notice_days"?: number,"region_level"?: string,"review_stages"?: number,"rules_version"?: number,"version"?: number
                  }
                  Relationships: [
                    
                  ]
                },"definition_terms": {
                  Row: {
                    "indicator_code": string,"measure_code": string,"part": string,"version": number,"weight": number
                  }
                  ComputedFields: never
                  Insert: {
                    "indicator_code": string,"measure_code": string,"part": string,"version": number,"weight"?: number
                  }
                  Update: {
                    "indicator_code"?: string,"measure_code"?: string,"part"?: string,"version"?: number,"weight"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "definition_terms_indicator_code_version_fkey"
      columns: ["indicator_code","version"]
isOneToOne: false
      referencedRelation: "indicator_definitions"
      referencedColumns: ["indicator_code","version"]
    },{
      foreignKeyName: "definition_terms_measure_code_fkey"
      columns: ["measure_code"]
isOneToOne: false
      referencedRelation: "measures"
      referencedColumns: ["code"]
    }
                  ]
                },"employment_modes": {
                  Row: {
                    "code": string,"name_en": string,"name_zh": string,"position": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"name_en": string,"name_zh": string,"position": number
                  }
                  Update: {
                    "code"?: string,"name_en"?: string,"name_zh"?: string,"position"?: number
                  }
                  Relationships: [
                    
                  ]
                },"entries": {
                  Row: {
                    "cell": string | null,"employment_mode": string,"explanation": string | null,"measure_code": string,"missing_reason": string | null,"occupation": string,"position": number,"region_code": string,"submission_id": string,"value": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "cell"?: string | null,"employment_mode"?: string,"explanation"?: string | null,"measure_code": string,"missing_reason"?: string | null,"occupation"?: string,"position": number,"region_code": string,"submission_id": string,"value"?: number | null
                  }
                  Update: {
                    "cell"?: string | null,"employment_mode"?: string,"explanation"?: string | null,"measure_code"?: string,"missing_reason"?: string | null,"occupation"?: string,"position"?: number,"region_code"?: string,"submission_id"?: string,"value"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"excuses": {
                  Row: {
                    "council_id": string,"ended_at": string | null,"ended_by": string | null,"ended_by_organisation": string | null,"ended_reason": string | null,"excused_at": string,"excused_by": string,"excused_by_organisation": string,"id": string,"obligation_id": string,"organisation_id": string,"reason": string
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"ended_at"?: string | null,"ended_by"?: string | null,"ended_by_organisation"?: string | null,"ended_reason"?: string | null,"excused_at"?: string,"excused_by": string,"excused_by_organisation": string,"id"?: string,"obligation_id": string,"organisation_id": string,"reason": string
                  }
                  Update: {
                    "council_id"?: string,"ended_at"?: string | null,"ended_by"?: string | null,"ended_by_organisation"?: string | null,"ended_reason"?: string | null,"excused_at"?: string,"excused_by"?: string,"excused_by_organisation"?: string,"id"?: string,"obligation_id"?: string,"organisation_id"?: string,"reason"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "excuses_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_ended_by_fkey"
      columns: ["ended_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_ended_by_organisation_fkey"
      columns: ["ended_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_excused_by_fkey"
      columns: ["excused_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_excused_by_organisation_fkey"
      columns: ["excused_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "excuses_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"extension_requests": {
                  Row: {
                    "asked_at": string,"asked_by": string,"council_id": string,"decided_at": string | null,"decided_by": string | null,"decided_by_organisation": string | null,"decision_reason": string | null,"due_after": string | null,"due_before": string,"id": string,"obligation_id": string,"organisation_id": string,"reason": string,"status": string,"wished_on": string
                  }
                  ComputedFields: never
                  Insert: {
                    "asked_at"?: string,"asked_by": string,"council_id": string,"decided_at"?: string | null,"decided_by"?: string | null,"decided_by_organisation"?: string | null,"decision_reason"?: string | null,"due_after"?: string | null,"due_before": string,"id"?: string,"obligation_id": string,"organisation_id": string,"reason": string,"status"?: string,"wished_on": string
                  }
                  Update: {
                    "asked_at"?: string,"asked_by"?: string,"council_id"?: string,"decided_at"?: string | null,"decided_by"?: string | null,"decided_by_organisation"?: string | null,"decision_reason"?: string | null,"due_after"?: string | null,"due_before"?: string,"id"?: string,"obligation_id"?: string,"organisation_id"?: string,"reason"?: string,"status"?: string,"wished_on"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "extension_requests_asked_by_fkey"
      columns: ["asked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_decided_by_fkey"
      columns: ["decided_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_decided_by_organisation_fkey"
      columns: ["decided_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "extension_requests_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"files": {
                  Row: {
                    "added_at": string,"added_by": string,"council_id": string | null,"id": string,"media_type": string,"name": string,"organisation_id": string | null,"sha256": string,"size": number,"subject_id": string,"subject_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "added_at"?: string,"added_by": string,"council_id"?: string | null,"id"?: string,"media_type": string,"name": string,"organisation_id"?: string | null,"sha256": string,"size": number,"subject_id": string,"subject_type": string
                  }
                  Update: {
                    "added_at"?: string,"added_by"?: string,"council_id"?: string | null,"id"?: string,"media_type"?: string,"name"?: string,"organisation_id"?: string | null,"sha256"?: string,"size"?: number,"subject_id"?: string,"subject_type"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "files_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "files_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"form_drafts": {
                  Row: {
                    "fields": NonNullable<Json>,"obligation_id": string,"organisation_id": string,"revision": number,"saved_at": string,"saved_by": string
                  }
                  ComputedFields: never
                  Insert: {
                    "fields": NonNullable<Json>,"obligation_id": string,"organisation_id": string,"revision"?: number,"saved_at"?: string,"saved_by": string
                  }
                  Update: {
                    "fields"?: NonNullable<Json>,"obligation_id"?: string,"organisation_id"?: string,"revision"?: number,"saved_at"?: string,"saved_by"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "form_drafts_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: true
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "form_drafts_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: true
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "form_drafts_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "form_drafts_saved_by_fkey"
      columns: ["saved_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"indicator_definitions": {
                  Row: {
                    "denominator_en": string | null,"denominator_zh": string | null,"factor": number,"formula_en": string,"formula_zh": string,"indicator_code": string,"kind": string,"numerator_en": string,"numerator_zh": string,"valid_from": string,"valid_to": string | null,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "denominator_en"?: string | null,"denominator_zh"?: string | null,"factor"?: number,"formula_en": string,"formula_zh": string,"indicator_code": string,"kind": string,"numerator_en": string,"numerator_zh": string,"valid_from": string,"valid_to"?: string | null,"version": number
                  }
                  Update: {
                    "denominator_en"?: string | null,"denominator_zh"?: string | null,"factor"?: number,"formula_en"?: string,"formula_zh"?: string,"indicator_code"?: string,"kind"?: string,"numerator_en"?: string,"numerator_zh"?: string,"valid_from"?: string,"valid_to"?: string | null,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "indicator_definitions_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    }
                  ]
                },"indicators": {
                  Row: {
                    "breakdowns": (string)[],"caveats_en": string | null,"caveats_zh": string | null,"code": string,"decimals": number,"direction": string,"frequency": string,"group_code": string,"group_en": string,"group_zh": string,"legal_source_en": string | null,"legal_source_zh": string | null,"name_en": string,"name_zh": string,"note_en": string | null,"note_zh": string | null,"owner_en": string | null,"owner_zh": string | null,"position": number,"reported_by": (string)[],"suppression_threshold": number,"tier": string,"unit": string
                  }
                  ComputedFields: never
                  Insert: {
                    "breakdowns": (string)[],"caveats_en"?: string | null,"caveats_zh"?: string | null,"code": string,"decimals": number,"direction": string,"frequency": string,"group_code": string,"group_en": string,"group_zh": string,"legal_source_en"?: string | null,"legal_source_zh"?: string | null,"name_en": string,"name_zh": string,"note_en"?: string | null,"note_zh"?: string | null,"owner_en"?: string | null,"owner_zh"?: string | null,"position": number,"reported_by": (string)[],"suppression_threshold"?: number,"tier": string,"unit": string
                  }
                  Update: {
                    "breakdowns"?: (string)[],"caveats_en"?: string | null,"caveats_zh"?: string | null,"code"?: string,"decimals"?: number,"direction"?: string,"frequency"?: string,"group_code"?: string,"group_en"?: string,"group_zh"?: string,"legal_source_en"?: string | null,"legal_source_zh"?: string | null,"name_en"?: string,"name_zh"?: string,"note_en"?: string | null,"note_zh"?: string | null,"owner_en"?: string | null,"owner_zh"?: string | null,"position"?: number,"reported_by"?: (string)[],"suppression_threshold"?: number,"tier"?: string,"unit"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "indicators_unit_fkey"
      columns: ["unit"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["code"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"email": string,"expires_at": string,"id": string,"invited_by": string,"organisation_id": string,"roles": (string)[],"token_hash": string,"withdrawn_at": string | null,"withdrawn_by": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email": string,"expires_at"?: string,"id"?: string,"invited_by": string,"organisation_id": string,"roles": (string)[],"token_hash": string,"withdrawn_at"?: string | null,"withdrawn_by"?: string | null
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email"?: string,"expires_at"?: string,"id"?: string,"invited_by"?: string,"organisation_id"?: string,"roles"?: (string)[],"token_hash"?: string,"withdrawn_at"?: string | null,"withdrawn_by"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_accepted_by_fkey"
      columns: ["accepted_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_invited_by_fkey"
      columns: ["invited_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_withdrawn_by_fkey"
      columns: ["withdrawn_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"lock_exceptions": {
                  Row: {
                    "council_id": string,"granted_at": string,"granted_by": string,"id": string,"obligation_id": string,"organisation_id": string,"reason": string,"until": string
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"granted_at"?: string,"granted_by": string,"id"?: string,"obligation_id": string,"organisation_id": string,"reason": string,"until": string
                  }
                  Update: {
                    "council_id"?: string,"granted_at"?: string,"granted_by"?: string,"id"?: string,"obligation_id"?: string,"organisation_id"?: string,"reason"?: string,"until"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "lock_exceptions_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "lock_exceptions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "lock_exceptions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "lock_exceptions_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"mark_replies": {
                  Row: {
                    "id": string,"position": number,"replied_at": string,"replied_by": string,"review_id": string,"text": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: string,"position": number,"replied_at"?: string,"replied_by": string,"review_id": string,"text": string
                  }
                  Update: {
                    "id"?: string,"position"?: number,"replied_at"?: string,"replied_by"?: string,"review_id"?: string,"text"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "mark_replies_review_id_fkey"
      columns: ["review_id"]
isOneToOne: false
      referencedRelation: "reviews"
      referencedColumns: ["id"]
    }
                  ]
                },"measures": {
                  Row: {
                    "additive": boolean,"code": string,"counts_persons": boolean,"description_en": string,"description_zh": string,"name_en": string,"name_zh": string,"over_time": string,"unit": string
                  }
                  ComputedFields: never
                  Insert: {
                    "additive": boolean,"code": string,"counts_persons": boolean,"description_en": string,"description_zh": string,"name_en": string,"name_zh": string,"over_time"?: string,"unit": string
                  }
                  Update: {
                    "additive"?: boolean,"code"?: string,"counts_persons"?: boolean,"description_en"?: string,"description_zh"?: string,"name_en"?: string,"name_zh"?: string,"over_time"?: string,"unit"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "measures_unit_fkey"
      columns: ["unit"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["code"]
    }
                  ]
                },"meetings": {
                  Row: {
                    "closed_at": string | null,"council_id": string,"created_at": string,"created_by": string,"id": string,"minutes_en": string,"minutes_zh": string,"number": number,"opened_at": string | null,"place_en": string,"place_zh": string,"scheduled_at": string,"status": string,"title_en": string,"title_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "closed_at"?: string | null,"council_id": string,"created_at"?: string,"created_by": string,"id"?: string,"minutes_en"?: string,"minutes_zh"?: string,"number": number,"opened_at"?: string | null,"place_en"?: string,"place_zh"?: string,"scheduled_at": string,"status"?: string,"title_en": string,"title_zh": string
                  }
                  Update: {
                    "closed_at"?: string | null,"council_id"?: string,"created_at"?: string,"created_by"?: string,"id"?: string,"minutes_en"?: string,"minutes_zh"?: string,"number"?: number,"opened_at"?: string | null,"place_en"?: string,"place_zh"?: string,"scheduled_at"?: string,"status"?: string,"title_en"?: string,"title_zh"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "meetings_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    }
                  ]
                },"members": {
                  Row: {
                    "created_at": string,"ended_at": string | null,"organisation_id": string,"person_id": string,"roles": (string)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"ended_at"?: string | null,"organisation_id": string,"person_id": string,"roles": (string)[]
                  }
                  Update: {
                    "created_at"?: string,"ended_at"?: string | null,"organisation_id"?: string,"person_id"?: string,"roles"?: (string)[]
                  }
                  Relationships: [
                    {
      foreignKeyName: "members_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "members_person_id_fkey"
      columns: ["person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"notifications": {
                  Row: {
                    "cells": number | null,"created_at": string,"due_on": string | null,"event_id": string | null,"id": string,"kind": string,"mail_id": string | null,"organisation_id": string,"person_id": string,"read_at": string | null,"subject_id": string,"subject_type": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cells"?: number | null,"created_at"?: string,"due_on"?: string | null,"event_id"?: string | null,"id"?: string,"kind": string,"mail_id"?: string | null,"organisation_id": string,"person_id": string,"read_at"?: string | null,"subject_id": string,"subject_type": string
                  }
                  Update: {
                    "cells"?: number | null,"created_at"?: string,"due_on"?: string | null,"event_id"?: string | null,"id"?: string,"kind"?: string,"mail_id"?: string | null,"organisation_id"?: string,"person_id"?: string,"read_at"?: string | null,"subject_id"?: string,"subject_type"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notifications_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notifications_person_id_fkey"
      columns: ["person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"objections": {
                  Row: {
                    "council_id": string,"decided_at": string | null,"decided_by": string | null,"decision_reason": string | null,"id": string,"kind": string,"objected_at": string,"objected_by": string,"organisation_id": string,"outcome": string | null,"reason": string,"submission_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"decided_at"?: string | null,"decided_by"?: string | null,"decision_reason"?: string | null,"id"?: string,"kind": string,"objected_at"?: string,"objected_by": string,"organisation_id": string,"outcome"?: string | null,"reason": string,"submission_id": string
                  }
                  Update: {
                    "council_id"?: string,"decided_at"?: string | null,"decided_by"?: string | null,"decision_reason"?: string | null,"id"?: string,"kind"?: string,"objected_at"?: string,"objected_by"?: string,"organisation_id"?: string,"outcome"?: string | null,"reason"?: string,"submission_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "objections_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "objections_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "objections_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["submission_id"]
    },{
      foreignKeyName: "objections_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: false
      referencedRelation: "submissions"
      referencedColumns: ["id"]
    }
                  ]
                },"obligations": {
                  Row: {
                    "changed_at": string,"changes": number,"council_id": string,"created_at": string,"dataset_code": string,"due_on": string,"excused_reason": string | null,"id": string,"opens_on": string,"organisation_id": string,"original_due_on": string | null,"period": string
                  }
                  ComputedFields: never
                  Insert: {
                    "changed_at"?: string,"changes"?: number,"council_id": string,"created_at"?: string,"dataset_code": string,"due_on": string,"excused_reason"?: string | null,"id"?: string,"opens_on": string,"organisation_id": string,"original_due_on"?: string | null,"period": string
                  }
                  Update: {
                    "changed_at"?: string,"changes"?: number,"council_id"?: string,"created_at"?: string,"dataset_code"?: string,"due_on"?: string,"excused_reason"?: string | null,"id"?: string,"opens_on"?: string,"organisation_id"?: string,"original_due_on"?: string | null,"period"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "obligations_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "obligations_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "obligations_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"occupations": {
                  Row: {
                    "code": string,"name_en": string,"name_zh": string,"position": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"name_en": string,"name_zh": string,"position": number
                  }
                  Update: {
                    "code"?: string,"name_en"?: string,"name_zh"?: string,"position"?: number
                  }
                  Relationships: [
                    
                  ]
                },"organisations": {
                  Row: {
                    "created_at": string,"id": string,"is_demo": boolean,"kind": string,"name_en": string,"name_zh": string,"region_code": string,"short_en": string,"short_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"is_demo"?: boolean,"kind": string,"name_en": string,"name_zh": string,"region_code": string,"short_en": string,"short_zh": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"is_demo"?: boolean,"kind"?: string,"name_en"?: string,"name_zh"?: string,"region_code"?: string,"short_en"?: string,"short_zh"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "organisations_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    }
                  ]
                },"people": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id": string,"name": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"public_observations": {
                  Row: {
                    "basis": string,"entity_code": string,"entity_en": string | null,"entity_zh": string,"note": string | null,"period": string,"series_code": string,"source": string,"value": number | null,"value_text": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "basis"?: string,"entity_code"?: string,"entity_en"?: string | null,"entity_zh"?: string,"note"?: string | null,"period": string,"series_code": string,"source": string,"value"?: number | null,"value_text"?: string | null
                  }
                  Update: {
                    "basis"?: string,"entity_code"?: string,"entity_en"?: string | null,"entity_zh"?: string,"note"?: string | null,"period"?: string,"series_code"?: string,"source"?: string,"value"?: number | null,"value_text"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "public_observations_series_code_fkey"
      columns: ["series_code"]
isOneToOne: false
      referencedRelation: "public_series"
      referencedColumns: ["code"]
    }
                  ]
                },"public_series": {
                  Row: {
                    "caveat_en": string | null,"caveat_zh": string | null,"code": string,"frequency": string,"indicator_code": string | null,"position": number,"publisher_en": string | null,"publisher_zh": string | null,"region_code": string | null,"title_en": string,"title_zh": string,"unit": string
                  }
                  ComputedFields: never
                  Insert: {
                    "caveat_en"?: string | null,"caveat_zh"?: string | null,"code": string,"frequency": string,"indicator_code"?: string | null,"position"?: number,"publisher_en"?: string | null,"publisher_zh"?: string | null,"region_code"?: string | null,"title_en": string,"title_zh": string,"unit": string
                  }
                  Update: {
                    "caveat_en"?: string | null,"caveat_zh"?: string | null,"code"?: string,"frequency"?: string,"indicator_code"?: string | null,"position"?: number,"publisher_en"?: string | null,"publisher_zh"?: string | null,"region_code"?: string | null,"title_en"?: string,"title_zh"?: string,"unit"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "public_series_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    }
                  ]
                },"reference_values": {
                  Row: {
                    "id": string,"indicator_code": string | null,"note_en": string | null,"note_zh": string | null,"period": string | null,"population_en": string | null,"population_zh": string | null,"region_code": string | null,"source": string,"statement_en": string,"statement_zh": string,"theme": string,"unit": string | null,"value": number | null,"value_text": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"indicator_code"?: string | null,"note_en"?: string | null,"note_zh"?: string | null,"period"?: string | null,"population_en"?: string | null,"population_zh"?: string | null,"region_code"?: string | null,"source": string,"statement_en": string,"statement_zh": string,"theme": string,"unit"?: string | null,"value"?: number | null,"value_text"?: string | null
                  }
                  Update: {
                    "id"?: string,"indicator_code"?: string | null,"note_en"?: string | null,"note_zh"?: string | null,"period"?: string | null,"population_en"?: string | null,"population_zh"?: string | null,"region_code"?: string | null,"source"?: string,"statement_en"?: string,"statement_zh"?: string,"theme"?: string,"unit"?: string | null,"value"?: number | null,"value_text"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "reference_values_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    }
                  ]
                },"regions": {
                  Row: {
                    "code": string,"in_gb2260": boolean,"level": string,"name_en": string | null,"name_zh": string,"parent_code": string | null,"replaced_by": string | null,"short_zh": string | null,"source": string | null,"valid_from": string | null,"valid_to": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"in_gb2260"?: boolean,"level": string,"name_en"?: string | null,"name_zh": string,"parent_code"?: string | null,"replaced_by"?: string | null,"short_zh"?: string | null,"source"?: string | null,"valid_from"?: string | null,"valid_to"?: string | null
                  }
                  Update: {
                    "code"?: string,"in_gb2260"?: boolean,"level"?: string,"name_en"?: string | null,"name_zh"?: string,"parent_code"?: string | null,"replaced_by"?: string | null,"short_zh"?: string | null,"source"?: string | null,"valid_from"?: string | null,"valid_to"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"release_figures": {
                  Row: {
                    "contributors": number,"definition_version": number,"denominator": number | null,"expected": number | null,"hidden": string | null,"indicator_code": string,"numerator": number | null,"period": string,"region_code": string,"release_id": string,"value": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "contributors": number,"definition_version": number,"denominator"?: number | null,"expected"?: number | null,"hidden"?: string | null,"indicator_code": string,"numerator"?: number | null,"period": string,"region_code": string,"release_id": string,"value"?: number | null
                  }
                  Update: {
                    "contributors"?: number,"definition_version"?: number,"denominator"?: number | null,"expected"?: number | null,"hidden"?: string | null,"indicator_code"?: string,"numerator"?: number | null,"period"?: string,"region_code"?: string,"release_id"?: string,"value"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "release_figures_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "release_figures_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "release_figures_release_id_fkey"
      columns: ["release_id"]
isOneToOne: false
      referencedRelation: "releases"
      referencedColumns: ["id"]
    }
                  ]
                },"releases": {
                  Row: {
                    "council_id": string,"id": string,"is_demo": boolean,"period": string,"published_at": string,"published_by": string,"title_en": string,"title_zh": string,"withdrawn_at": string | null,"withdrawn_reason": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"id"?: string,"is_demo"?: boolean,"period": string,"published_at"?: string,"published_by": string,"title_en": string,"title_zh": string,"withdrawn_at"?: string | null,"withdrawn_reason"?: string | null
                  }
                  Update: {
                    "council_id"?: string,"id"?: string,"is_demo"?: boolean,"period"?: string,"published_at"?: string,"published_by"?: string,"title_en"?: string,"title_zh"?: string,"withdrawn_at"?: string | null,"withdrawn_reason"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "releases_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    }
                  ]
                },"resolutions": {
                  Row: {
                    "agenda_item_id": string,"council_id": string,"decided_at": string | null,"decision_rule": string,"effective_on": string | null,"id": string,"meeting_id": string,"number": string | null,"proposed_at": string,"proposed_by": string,"status": string,"supersedes": string | null,"text_en": string,"text_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "agenda_item_id": string,"council_id": string,"decided_at"?: string | null,"decision_rule": string,"effective_on"?: string | null,"id"?: string,"meeting_id": string,"number"?: string | null,"proposed_at"?: string,"proposed_by": string,"status"?: string,"supersedes"?: string | null,"text_en": string,"text_zh": string
                  }
                  Update: {
                    "agenda_item_id"?: string,"council_id"?: string,"decided_at"?: string | null,"decision_rule"?: string,"effective_on"?: string | null,"id"?: string,"meeting_id"?: string,"number"?: string | null,"proposed_at"?: string,"proposed_by"?: string,"status"?: string,"supersedes"?: string | null,"text_en"?: string,"text_zh"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resolutions_agenda_item_id_fkey"
      columns: ["agenda_item_id"]
isOneToOne: false
      referencedRelation: "agenda_items"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resolutions_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resolutions_meeting_id_fkey"
      columns: ["meeting_id"]
isOneToOne: false
      referencedRelation: "meetings"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resolutions_supersedes_fkey"
      columns: ["supersedes"]
isOneToOne: false
      referencedRelation: "resolutions"
      referencedColumns: ["id"]
    }
                  ]
                },"reviews": {
                  Row: {
                    "decision": string,"id": string,"marks": NonNullable<Json>,"organisation_id": string,"reason": string | null,"reviewed_at": string,"reviewed_by": string,"stage": number,"submission_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "decision": string,"id"?: string,"marks"?: NonNullable<Json>,"organisation_id": string,"reason"?: string | null,"reviewed_at"?: string,"reviewed_by": string,"stage": number,"submission_id": string
                  }
                  Update: {
                    "decision"?: string,"id"?: string,"marks"?: NonNullable<Json>,"organisation_id"?: string,"reason"?: string | null,"reviewed_at"?: string,"reviewed_by"?: string,"stage"?: number,"submission_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "reviews_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "reviews_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["submission_id"]
    },{
      foreignKeyName: "reviews_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: false
      referencedRelation: "submissions"
      referencedColumns: ["id"]
    }
                  ]
                },"revision_effects": {
                  Row: {
                    "code": string,"kind": string,"own_after": number | null,"own_before": number | null,"region_code": string,"revision_id": string,"total_after": number | null,"total_before": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"kind": string,"own_after"?: number | null,"own_before"?: number | null,"region_code": string,"revision_id": string,"total_after"?: number | null,"total_before"?: number | null
                  }
                  Update: {
                    "code"?: string,"kind"?: string,"own_after"?: number | null,"own_before"?: number | null,"region_code"?: string,"revision_id"?: string,"total_after"?: number | null,"total_before"?: number | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "revision_effects_revision_id_fkey"
      columns: ["revision_id"]
isOneToOne: false
      referencedRelation: "revisions"
      referencedColumns: ["id"]
    }
                  ]
                },"revisions": {
                  Row: {
                    "accepted_by": string | null,"accepted_by_organisation": string | null,"council_id": string,"dataset_code": string,"id": string,"number": number,"obligation_id": string,"opened_at": string,"opened_by": string,"opened_by_organisation": string,"organisation_id": string,"period": string,"reason": string,"replaces_id": string,"revised_at": string | null,"submission_id": string | null,"withdrawn_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_by"?: string | null,"accepted_by_organisation"?: string | null,"council_id": string,"dataset_code": string,"id"?: string,"number": number,"obligation_id": string,"opened_at"?: string,"opened_by": string,"opened_by_organisation": string,"organisation_id": string,"period": string,"reason": string,"replaces_id": string,"revised_at"?: string | null,"submission_id"?: string | null,"withdrawn_at"?: string | null
                  }
                  Update: {
                    "accepted_by"?: string | null,"accepted_by_organisation"?: string | null,"council_id"?: string,"dataset_code"?: string,"id"?: string,"number"?: number,"obligation_id"?: string,"opened_at"?: string,"opened_by"?: string,"opened_by_organisation"?: string,"organisation_id"?: string,"period"?: string,"reason"?: string,"replaces_id"?: string,"revised_at"?: string | null,"submission_id"?: string | null,"withdrawn_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "revisions_accepted_by_organisation_fkey"
      columns: ["accepted_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "revisions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_opened_by_organisation_fkey"
      columns: ["opened_by_organisation"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_replaces_id_fkey"
      columns: ["replaces_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["submission_id"]
    },{
      foreignKeyName: "revisions_replaces_id_fkey"
      columns: ["replaces_id"]
isOneToOne: false
      referencedRelation: "submissions"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "revisions_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: true
      referencedRelation: "obligation_states"
      referencedColumns: ["submission_id"]
    },{
      foreignKeyName: "revisions_submission_id_fkey"
      columns: ["submission_id"]
isOneToOne: true
      referencedRelation: "submissions"
      referencedColumns: ["id"]
    }
                  ]
                },"series_breaks": {
                  Row: {
                    "period": string,"reason_en": string,"reason_zh": string,"series_code": string
                  }
                  ComputedFields: never
                  Insert: {
                    "period": string,"reason_en": string,"reason_zh": string,"series_code": string
                  }
                  Update: {
                    "period"?: string,"reason_en"?: string,"reason_zh"?: string,"series_code"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "series_breaks_series_code_fkey"
      columns: ["series_code"]
isOneToOne: false
      referencedRelation: "public_series"
      referencedColumns: ["code"]
    }
                  ]
                },"snapshots": {
                  Row: {
                    "canonical": string,"content": NonNullable<Json>,"meeting_id": string,"sha256": string,"taken_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "canonical": string,"content": NonNullable<Json>,"meeting_id": string,"sha256": string,"taken_at"?: string
                  }
                  Update: {
                    "canonical"?: string,"content"?: NonNullable<Json>,"meeting_id"?: string,"sha256"?: string,"taken_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "snapshots_meeting_id_fkey"
      columns: ["meeting_id"]
isOneToOne: true
      referencedRelation: "meetings"
      referencedColumns: ["id"]
    }
                  ]
                },"sources": {
                  Row: {
                    "id": string,"note": string | null,"publisher": string | null,"retrieved": string | null,"title_en": string | null,"title_zh": string,"url": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id": string,"note"?: string | null,"publisher"?: string | null,"retrieved"?: string | null,"title_en"?: string | null,"title_zh": string,"url"?: string | null
                  }
                  Update: {
                    "id"?: string,"note"?: string | null,"publisher"?: string | null,"retrieved"?: string | null,"title_en"?: string | null,"title_zh"?: string,"url"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"submissions": {
                  Row: {
                    "accepted_measures": (string)[],"cells_filled": number | null,"cells_required": number | null,"corrections": NonNullable<Json>,"council_id": string,"created_at": string,"created_by": string,"dataset_code": string,"dataset_version": number,"decided_at": string | null,"file_name": string,"file_sha256": string,"file_size": number,"id": string,"idempotency_key": string | null,"late_days": number | null,"obligation_id": string,"organisation_id": string,"period": string,"reading_sha256": string,"row_count": number | null,"rules_version": number,"stage": number,"status": string,"submitted_at": string | null,"sums": NonNullable<Json>,"values_sha256": string | null,"version": number | null,"warnings": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_measures"?: (string)[],"cells_filled"?: number | null,"cells_required"?: number | null,"corrections"?: NonNullable<Json>,"council_id": string,"created_at"?: string,"created_by": string,"dataset_code": string,"dataset_version": number,"decided_at"?: string | null,"file_name": string,"file_sha256": string,"file_size": number,"id"?: string,"idempotency_key"?: string | null,"late_days"?: number | null,"obligation_id": string,"organisation_id": string,"period": string,"reading_sha256"?: string,"row_count"?: number | null,"rules_version"?: number,"stage"?: number,"status"?: string,"submitted_at"?: string | null,"sums"?: NonNullable<Json>,"values_sha256"?: string | null,"version"?: number | null,"warnings"?: NonNullable<Json>
                  }
                  Update: {
                    "accepted_measures"?: (string)[],"cells_filled"?: number | null,"cells_required"?: number | null,"corrections"?: NonNullable<Json>,"council_id"?: string,"created_at"?: string,"created_by"?: string,"dataset_code"?: string,"dataset_version"?: number,"decided_at"?: string | null,"file_name"?: string,"file_sha256"?: string,"file_size"?: number,"id"?: string,"idempotency_key"?: string | null,"late_days"?: number | null,"obligation_id"?: string,"organisation_id"?: string,"period"?: string,"reading_sha256"?: string,"row_count"?: number | null,"rules_version"?: number,"stage"?: number,"status"?: string,"submitted_at"?: string | null,"sums"?: NonNullable<Json>,"values_sha256"?: string | null,"version"?: number | null,"warnings"?: NonNullable<Json>
                  }
                  Relationships: [
                    {
      foreignKeyName: "submissions_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "submissions_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "submissions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligation_states"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "submissions_obligation_id_fkey"
      columns: ["obligation_id"]
isOneToOne: false
      referencedRelation: "obligations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "submissions_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"targets": {
                  Row: {
                    "council_id": string,"id": string,"indicator_code": string,"kind": string,"organisation_id": string | null,"origin_en": string,"origin_zh": string,"period": string,"region_code": string,"resolution_id": string | null,"set_at": string,"superseded_at": string | null,"upper_value": number | null,"value": number
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"id"?: string,"indicator_code": string,"kind": string,"organisation_id"?: string | null,"origin_en": string,"origin_zh": string,"period": string,"region_code": string,"resolution_id"?: string | null,"set_at"?: string,"superseded_at"?: string | null,"upper_value"?: number | null,"value": number
                  }
                  Update: {
                    "council_id"?: string,"id"?: string,"indicator_code"?: string,"kind"?: string,"organisation_id"?: string | null,"origin_en"?: string,"origin_zh"?: string,"period"?: string,"region_code"?: string,"resolution_id"?: string | null,"set_at"?: string,"superseded_at"?: string | null,"upper_value"?: number | null,"value"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "targets_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "targets_indicator_code_fkey"
      columns: ["indicator_code"]
isOneToOne: false
      referencedRelation: "indicators"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "targets_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "targets_region_code_fkey"
      columns: ["region_code"]
isOneToOne: false
      referencedRelation: "regions"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "the_resolution_exists"
      columns: ["resolution_id"]
isOneToOne: false
      referencedRelation: "resolutions"
      referencedColumns: ["id"]
    }
                  ]
                },"totals": {
                  Row: {
                    "council_id": string,"dataset_code": string,"measure_code": string,"missing_count": number,"occupation": string,"organisation_id": string,"period": string,"region_code": string,"starts_on": string,"submission_id": string,"value": number | null
                  }
                  ComputedFields: never
                  Insert: {
                    "council_id": string,"dataset_code": string,"measure_code": string,"missing_count"?: number,"occupation"?: string,"organisation_id": string,"period": string,"region_code": string,"starts_on": string,"submission_id": string,"value"?: number | null
                  }
                  Update: {
                    "council_id"?: string,"dataset_code"?: string,"measure_code"?: string,"missing_count"?: number,"occupation"?: string,"organisation_id"?: string,"period"?: string,"region_code"?: string,"starts_on"?: string,"submission_id"?: string,"value"?: number | null
                  }
                  Relationships: [
                    
                  ]
                },"units": {
                  Row: {
                    "code": string,"name_en": string,"name_zh": string,"symbol_en": string,"symbol_zh": string
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"name_en": string,"name_zh": string,"symbol_en": string,"symbol_zh": string
                  }
                  Update: {
                    "code"?: string,"name_en"?: string,"name_zh"?: string,"symbol_en"?: string,"symbol_zh"?: string
                  }
                  Relationships: [
                    
                  ]
                },"votes": {
                  Row: {
                    "cast_at": string,"cast_by": string,"choice": string,"organisation_id": string,"reason": string | null,"resolution_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cast_at"?: string,"cast_by": string,"choice": string,"organisation_id": string,"reason"?: string | null,"resolution_id": string
                  }
                  Update: {
                    "cast_at"?: string,"cast_by"?: string,"choice"?: string,"organisation_id"?: string,"reason"?: string | null,"resolution_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "votes_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "votes_resolution_id_fkey"
      columns: ["resolution_id"]
isOneToOne: false
      referencedRelation: "resolutions"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "obligation_states": {
                  Row: {
                    "accepted_before": boolean | null,"council_id": string,"dataset_code": string,"dataset_en": string,"dataset_zh": string,"due_on": string,"excused_reason": string | null,"frequency": string,"id": string,"late_days": number | null,"locks_on": string | null,"opens_on": string,"organisation_en": string,"organisation_id": string,"organisation_zh": string,"original_due_on": string | null,"period": string,"row_count": number | null,"rows_before": number | null,"short_en": string,"short_zh": string,"state": string | null,"submission_id": string | null,"submission_status": string | null,"submitted_at": string | null,"version": number | null
                  }
                  ComputedFields: never
                  Insert: {
                           "accepted_before"?: boolean | null,"council_id"?: string | null,"dataset_code"?: string | null,"dataset_en"?: string | null,"dataset_zh"?: string | null,"due_on"?: string | null,"excused_reason"?: string | null,"frequency"?: string | null,"id"?: string | null,"late_days"?: number | null,"locks_on"?: string | null,"opens_on"?: string | null,"organisation_en"?: string | null,"organisation_id"?: string | null,"organisation_zh"?: string | null,"original_due_on"?: string | null,"period"?: string | null,"row_count"?: number | null,"rows_before"?: number | null,"short_en"?: string | null,"short_zh"?: string | null,"state"?: string | null,"submission_id"?: string | null,"submission_status"?: string | null,"submitted_at"?: string | null,"version"?: number | null
                         }
                        Update: {
                           "accepted_before"?: boolean | null,"council_id"?: string | null,"dataset_code"?: string | null,"dataset_en"?: string | null,"dataset_zh"?: string | null,"due_on"?: string | null,"excused_reason"?: string | null,"frequency"?: string | null,"id"?: string | null,"late_days"?: number | null,"locks_on"?: string | null,"opens_on"?: string | null,"organisation_en"?: string | null,"organisation_id"?: string | null,"organisation_zh"?: string | null,"original_due_on"?: string | null,"period"?: string | null,"row_count"?: number | null,"rows_before"?: number | null,"short_en"?: string | null,"short_zh"?: string | null,"state"?: string | null,"submission_id"?: string | null,"submission_status"?: string | null,"submitted_at"?: string | null,"version"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "obligations_council_id_fkey"
      columns: ["council_id"]
isOneToOne: false
      referencedRelation: "councils"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "obligations_dataset_code_fkey"
      columns: ["dataset_code"]
isOneToOne: false
      referencedRelation: "datasets"
      referencedColumns: ["code"]
    },{
      foreignKeyName: "obligations_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Functions: {
            "abandon_submission":
{ Args: { "submission": string }; Returns: undefined
                           },
"accept_action_item":
{ Args: { "action_item": string,"note"?: string }; Returns: undefined
                           },
"accept_submission":
{ Args: { "note"?: string,"submission": string }; Returns: string
                           },
"action_item_page":
{ Args: { "action_item": string }; Returns: Json
                           },
"action_items_page":
{ Args: { "council": string,"list"?: Json }; Returns: Json
                           },
"add_entries":
{ Args: { "entries": Json,"first"?: number,"submission": string }; Returns: number
                           },
"announce_measure":
{ Args: { "council": string,"dataset": string,"from_period": string,"measure": string,"note_en"?: string,"note_zh"?: string,"required"?: boolean,"value_type"?: string }; Returns: number
                           },
"approve_extension":
{ Args: { "due": string,"note"?: string,"request": string }; Returns: string
                           },
"assign_action_item":
{ Args: { "about_id"?: string,"about_type"?: string,"accepting": string,"accountable": string,"baseline_period"?: string,"done_en": string,"done_zh": string,"due_on": string,"expected_value"?: number,"indicator"?: string,"region"?: string,"resolution": string,"title_en": string,"title_zh": string }; Returns: string
                           },
"assignment_page":
{ Args: { "council": string,"resolution": string }; Returns: Json
                           },
"audit_page":
{ Args: { "council": string,"list"?: Json }; Returns: Json
                           },
"cancel_action_item":
{ Args: { "action_item": string,"reason": string }; Returns: undefined
                           },
"cast_vote":
{ Args: { "choice": string,"reason"?: string,"resolution": string }; Returns: undefined
                           },
"cell_thread":
{ Args: { "cell_position": number,"submission": string }; Returns: {
              "at": string,"cell": string,"code": string,"kind": string,"missing_reason": string,"note": string,"opens": string,"organisation_id": string,"submission_id": string,"value": number,"version": number
            }[]
                           },
"change_member_roles":
{ Args: { "organisation": string,"person": string,"roles": (string)[] }; Returns: undefined
                           },
"close_meeting":
{ Args: { "meeting": string,"minutes_en": string,"minutes_zh": string }; Returns: undefined
                           },
"completeness_page":
{ Args: { "council": string }; Returns: Json
                           },
"council_overview":
{ Args: { "council": string }; Returns: {
              "accepted_at": string,"base_share": number,"cells_unknown": number,"change": Json,"contributors": number,"definition_version": number,"denominator": number,"expected": number,"finished": boolean,"hidden": string,"indicator_code": string,"judged": Json,"later": Json,"not_applicable": number,"numerator": number,"own_value": number,"period": string,"share": number,"target_kind": string,"target_period": string,"target_set_on": string,"target_upper": number,"target_value": number,"trend": Json,"value": number,"year_change": Json
            }[]
                           },
"create_api_key":
{ Args: { "expires_at"?: string,"name": string,"organisation": string,"prefix": string,"scopes": (string)[],"token_hash": string }; Returns: string
                           },
"deadline_page":
{ Args: { "obligation": string }; Returns: Json
                           },
"decide_objection":
{ Args: { "objection": string,"outcome": string,"reason": string }; Returns: string
                           },
"decide_resolution":
{ Args: { "resolution": string }; Returns: string
                           },
"decline_agenda_item":
{ Args: { "agenda_item": string }; Returns: undefined
                           },
"decline_extension":
{ Args: { "reason": string,"request": string }; Returns: undefined
                           },
"discard_form_draft":
{ Args: { "obligation": string,"revision": number }; Returns: boolean
                           },
"end_excuse":
{ Args: { "obligation": string,"reason": string }; Returns: undefined
                           },
"end_membership":
{ Args: { "organisation": string,"person": string }; Returns: undefined
                           },
"end_seat":
{ Args: { "council": string,"organisation": string }; Returns: undefined
                           },
"excuse_obligation":
{ Args: { "obligation": string,"reason": string }; Returns: undefined
                           },
"extension_queue":
{ Args: Record<PropertyKey, never>; Returns: {
              "asked_at": string,"dataset_en": string,"dataset_zh": string,"due_on": string,"id": string,"obligation_id": string,"organisation_en": string,"organisation_zh": string,"period": string,"wished_on": string
            }[]
                           },
"file_content":
{ Args: { "file": string }; Returns: {
              "content_base64": string,"media_type": string,"name": string,"sha256": string,"size": number
            }[]
                           },
"filed_cells":
{ Args: { "council": string,"dataset": string,"measures": (string)[],"since": string,"until": string }; Returns: Json
                           },
"filed_submission":
{ Args: { "submission": string }; Returns: Json
                           },
"filing_form_page":
{ Args: { "most": number,"obligation": string }; Returns: Json
                           },
"filing_grid":
{ Args: { "council": string,"periods"?: number }; Returns: {
              "approved": boolean,"cells_filled": number,"cells_required": number,"counted": boolean,"dataset_code": string,"dataset_en": string,"dataset_zh": string,"decisions": number,"due_on": string,"excused": boolean,"first_decided": string,"late_days": number,"obligation_id": string,"organisation_en": string,"organisation_id": string,"organisation_zh": string,"period": string,"received": boolean,"returns": number,"short_en": string,"short_zh": string,"state": string,"submission_id": string
            }[]
                           },
"filing_history":
{ Args: { "cells"?: (string)[],"obligation": string,"sums"?: (string)[] }; Returns: Json
                           },
"filing_page":
{ Args: { "obligation": string }; Returns: Json
                           },
"filing_rates":
{ Args: { "council": string,"periods"?: number }; Returns: {
              "approved": number,"cells_filled": number,"cells_required": number,"dataset_code": string,"decisions": number,"excused": number,"expected": number,"first_decided": number,"first_passed": number,"on_time": number,"organisation_en": string,"organisation_id": string,"organisation_zh": string,"received": number,"returns": number
            }[]
                           },
"forget_column_mapping":
{ Args: { "dataset": string,"name": string }; Returns: undefined
                           },
"grant_exception":
{ Args: { "obligation": string,"reason": string,"until": string }; Returns: string
                           },
"home_page":
{ Args: { "at_most": number,"council": string }; Returns: Json
                           },
"indicator_districts":
{ Args: { "council": string,"indicator": string,"period": string }; Returns: {
              "contributors": number,"denominator": number,"expected": number,"finished": boolean,"hidden": string,"name_en": string,"name_zh": string,"numerator": number,"own_value": number,"region_code": string,"short_zh": string,"value": number
            }[]
                           },
"indicator_groups":
{ Args: { "council": string,"indicator": string,"period": string,"region"?: string }; Returns: {
              "contributors": number,"denominator": number,"dimension": string,"group_code": string,"hidden": string,"kept_on": string,"name_en": string,"name_zh": string,"numerator": number,"own_value": number,"share": number,"value": number
            }[]
                           },
"indicator_page":
{ Args: { "council": string,"frequency"?: string,"indicator": string,"period"?: string,"region"?: string,"since"?: string }; Returns: Json
                           },
"indicator_revisions":
{ Args: { "council": string,"indicator": string,"region"?: string }; Returns: {
              "exception": string,"organisation_en": string,"organisation_zh": string,"own_after": number,"own_before": number,"period": string,"reason": string,"revised_at": string,"submission_id": string,"total_after": number,"total_before": number
            }[]
                           },
"indicator_series":
{ Args: { "council": string,"indicator": string,"region"?: string,"since"?: string,"until"?: string }; Returns: {
              "accepted_at": string,"base_share": number,"cells_unknown": number,"change": Json,"contributors": number,"definition_version": number,"denominator": number,"expected": number,"finished": boolean,"hidden": string,"lower_quartile": number,"median": number,"name_en": string,"name_zh": string,"not_applicable": number,"numerator": number,"organisation_id": string,"peers": number,"period": string,"rank_band": string,"scope": string,"share": number,"upper_quartile": number,"value": number,"year_change": Json
            }[]
                           },
"indicators_page":
{ Args: { "council": string,"list"?: Json }; Returns: Json
                           },
"invite_member":
{ Args: { "email": string,"organisation": string,"roles": (string)[] }; Returns: string
                           },
"links":
{ Args: { "about_id": string,"about_type": string,"council": string }; Returns: unknown[]
                          SetofOptions: {
        from: "*"
        to: "link"
        isOneToOne: false
        isSetofReturn: true
      } },
"locked_cells":
{ Args: { "obligation": string }; Returns: Json
                           },
"longer_districts":
{ Args: { "council": string,"indicator": string,"period": string }; Returns: {
              "contributors": number,"denominator": number,"expected": number,"finished": boolean,"hidden": string,"name_en": string,"name_zh": string,"numerator": number,"own_value": number,"region_code": string,"short_zh": string,"value": number
            }[]
                           },
"longer_series":
{ Args: { "council": string,"frequency": string,"indicator": string,"region"?: string,"since"?: string,"until"?: string }; Returns: {
              "accepted_at": string,"base_share": number,"cells_unknown": number,"change": Json,"contributors": number,"definition_version": number,"denominator": number,"expected": number,"finished": boolean,"hidden": string,"lower_quartile": number,"median": number,"name_en": string,"name_zh": string,"needed": number,"newest": string,"not_applicable": number,"numerator": number,"organisation_id": string,"parts": number,"peers": number,"period": string,"rank_band": string,"scope": string,"share": number,"upper_quartile": number,"value": number,"way": string,"year_change": Json
            }[]
                           },
"make_calendar_feed":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"mark_notifications_read":
{ Args: { "notification"?: string }; Returns: number
                           },
"meeting_page":
{ Args: { "live"?: boolean,"meeting": string }; Returns: Json
                           },
"meetings_page":
{ Args: { "council": string,"list"?: Json }; Returns: Json
                           },
"members_page":
{ Args: { "list"?: Json,"organisation": string }; Returns: Json
                           },
"my_tasks":
{ Args: Record<PropertyKey, never>; Returns: unknown[]
                          SetofOptions: {
        from: "*"
        to: "task"
        isOneToOne: false
        isSetofReturn: true
      } },
"note_corrections":
{ Args: { "corrections": Json,"submission": string }; Returns: number
                           },
"notifications_page":
{ Args: { "list"?: Json }; Returns: Json
                           },
"obligation_revisions":
{ Args: { "obligation": string }; Returns: {
              "accepted_by_en": string,"accepted_by_zh": string,"effects": Json,"id": string,"number": number,"opened_at": string,"opened_by_en": string,"opened_by_name": string,"opened_by_zh": string,"reason": string,"replaces_id": string,"revised_at": string,"submission_id": string,"withdrawn_at": string
            }[]
                           },
"obligation_to_decide":
{ Args: { "obligation": string }; Returns: {
              "accepted_before": boolean | null,
"council_id": string,
"dataset_code": string,
"dataset_en": string,
"dataset_zh": string,
"due_on": string,
"excused_reason": string | null,
"frequency": string,
"id": string,
"late_days": number | null,
"locks_on": string | null,
"opens_on": string,
"organisation_en": string,
"organisation_id": string,
"organisation_zh": string,
"original_due_on": string | null,
"period": string,
"row_count": number | null,
"rows_before": number | null,
"short_en": string,
"short_zh": string,
"state": string | null,
"submission_id": string | null,
"submission_status": string | null,
"submitted_at": string | null,
"version": number | null
            }[]
                          SetofOptions: {
        from: "*"
        to: "obligation_states"
        isOneToOne: false
        isSetofReturn: true
      } },
"open_meeting":
{ Args: { "meeting": string }; Returns: string
                           },
"open_more_cells":
{ Args: { "marks": Json,"submission": string }; Returns: number
                           },
"open_obligations":
{ Args: { "council": string,"dataset": string,"period": string }; Returns: number
                           },
"open_revision":
{ Args: { "obligation": string,"reason": string }; Returns: string
                           },
"organisation_members":
{ Args: { "organisation": string }; Returns: {
              "created_at": string,"email": string,"ended_at": string,"name": string,"person_id": string,"roles": (string)[]
            }[]
                           },
"organisation_page":
{ Args: { "council"?: string,"list"?: Json,"organisation": string }; Returns: Json
                           },
"organisations_page":
{ Args: { "council": string,"list"?: Json }; Returns: Json
                           },
"overview_page":
{ Args: { "council": string,"domain"?: string,"indicator"?: string,"until"?: string }; Returns: Json
                           },
"peer_fences":
{ Args: { "obligation": string }; Returns: {
              "denominator": string,"k": number,"lower": number,"measure": string,"upper": number
            }[]
                           },
"plan_meeting":
{ Args: { "council": string,"place_en"?: string,"place_zh"?: string,"scheduled_at": string,"title_en": string,"title_zh": string }; Returns: string
                           },
"propose_agenda_item":
{ Args: { "about_id"?: string,"about_type"?: string,"council": string,"indicator"?: string,"region"?: string,"text_en"?: string,"text_zh"?: string,"title_en": string,"title_zh": string }; Returns: string
                           },
"propose_resolution":
{ Args: { "agenda_item": string,"decision_rule": string,"effective_on"?: string,"supersedes"?: string,"text_en": string,"text_zh": string }; Returns: string
                           },
"publish_release":
{ Args: { "council": string,"indicators": (string)[],"period": string,"title_en": string,"title_zh": string }; Returns: string
                           },
"raise_objection":
{ Args: { "reason": string,"submission": string }; Returns: string
                           },
"recent_events":
{ Args: { "at_most"?: number }; Returns: {
              "at": string,"id": string,"organisation_en": string,"organisation_zh": string,"parent_id": string,"period": string,"subject_id": string,"subject_organisation_en": string,"subject_organisation_zh": string,"subject_type": string,"title_en": string,"title_zh": string,"verb": string
            }[]
                           },
"register_organisation":
{ Args: { "council": string,"kind": string,"name_en": string,"name_zh": string,"region_code": string,"short_en": string,"short_zh": string,"standing": string }; Returns: string
                           },
"releases_page":
{ Args: { "council": string }; Returns: Json
                           },
"reopen_submission":
{ Args: { "reason": string,"submission": string }; Returns: string
                           },
"reply_to_marks":
{ Args: { "replies": Json,"submission": string }; Returns: number
                           },
"report_progress":
{ Args: { "action_item": string,"content_base64"?: string,"done"?: boolean,"file_name"?: string,"media_type"?: string,"note": string,"progress": number }; Returns: string
                           },
"request_extension":
{ Args: { "obligation": string,"reason": string,"wished": string }; Returns: string
                           },
"retire_rule":
{ Args: { "code": string,"council": string,"dataset": string }; Returns: undefined
                           },
"return_submission":
{ Args: { "accept_rest"?: boolean,"marks"?: Json,"reason": string,"submission": string }; Returns: string
                           },
"review_page":
{ Args: { "asked"?: Json,"submission": string }; Returns: Json
                           },
"review_queue":
{ Args: Record<PropertyKey, never>; Returns: {
              "accepted_before": number,"dataset_code": string,"dataset_en": string,"dataset_zh": string,"due_on": string,"fired": Json,"first_filing": boolean,"late_days": number,"organisation_en": string,"organisation_id": string,"organisation_zh": string,"period": string,"returned_before": boolean,"review_stages": number,"risk": number,"row_count": number,"stage": number,"submission_id": string,"submitted_at": string,"version": number,"warning_count": number
            }[]
                           },
"review_refusal":
{ Args: { "submission": string }; Returns: string
                           },
"revision_changes":
{ Args: { "revision": string }; Returns: {
              "employment_mode": string,"measure_code": string,"new_missing": string,"new_value": number,"occupation": string,"old_missing": string,"old_value": number,"region_code": string
            }[]
                           },
"revoke_api_key":
{ Args: { "api_key": string }; Returns: undefined
                           },
"revoke_calendar_feed":
{ Args: { "feed": string }; Returns: undefined
                           },
"save_column_mapping":
{ Args: { "dataset": string,"mapping": Json,"name": string }; Returns: undefined
                           },
"save_form_draft":
{ Args: { "fields": Json,"obligation": string,"revision": number }; Returns: Json
                           },
"save_rule":
{ Args: { "code"?: string,"council": string,"dataset": string,"kind": string,"message_en"?: string,"message_zh"?: string,"params": Json,"severity": string }; Returns: string
                           },
"schedule_agenda_item":
{ Args: { "agenda_item": string,"meeting": string }; Returns: undefined
                           },
"search":
{ Args: { "at_most"?: number,"words": string }; Returns: {
              "found": number,"id": string,"kind": string,"note_en": string,"note_zh": string,"parent_id": string,"place": number,"title_en": string,"title_zh": string
            }[]
                           },
"send_back_action_item":
{ Args: { "action_item": string,"reason": string }; Returns: undefined
                           },
"set_lock":
{ Args: { "council": string,"days": number }; Returns: undefined
                           },
"set_target":
{ Args: { "council": string,"indicator": string,"kind": string,"organisation"?: string,"origin_en": string,"origin_zh": string,"period": string,"region": string,"resolution"?: string,"upper_value": number,"value": number }; Returns: string
                           },
"start_submission":
{ Args: { "file_name": string,"file_sha256": string,"file_size": number,"idempotency_key"?: string,"obligation": string,"reading_sha256"?: string }; Returns: Json
                           },
"subjects":
{ Args: { "ids": (string)[],"types": (string)[] }; Returns: {
              "council_id": string,"id": string,"organisation_id": string,"parent_id": string,"period": string,"title_en": string,"title_zh": string,"type": string
            }[]
                           },
"submission_changes":
{ Args: { "against": string,"only_measure"?: string,"skipped"?: number,"submission": string,"wanted"?: number }; Returns: {
              "before_missing_reason": string,"before_value": number,"cell": string,"employment_mode": string,"measure_code": string,"missing_reason": string,"occupation": string,"position": number,"region_code": string,"total": number,"value": number
            }[]
                           },
"submission_page":
{ Args: { "asked"?: Json,"council"?: string,"submission": string }; Returns: Json
                           },
"submission_peers":
{ Args: { "submission": string }; Returns: {
              "lower": number,"measure_code": string,"median": number,"named": Json,"peers": number,"period": string,"upper": number
            }[]
                           },
"submission_receipt":
{ Args: { "submission": string }; Returns: Json
                           },
"submission_summary":
{ Args: { "submission": string }; Returns: {
              "additive": boolean,"entry_count": number,"history": Json,"measure_code": string,"missing_count": number,"name_en": string,"name_zh": string,"position": number,"previous_version_total": number,"total": number,"unit": string
            }[]
                           },
"submissions_page":
{ Args: { "list"?: Json }; Returns: Json
                           },
"submit_submission":
{ Args: { "expected": number,"submission": string,"warnings"?: Json }; Returns: Json
                           },
"unread_notifications":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"withdraw_extension":
{ Args: { "request": string }; Returns: undefined
                           },
"withdraw_invitation":
{ Args: { "invitation": string }; Returns: undefined
                           },
"withdraw_release":
{ Args: { "reason": string,"release": string }; Returns: undefined
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
