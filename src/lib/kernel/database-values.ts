// What checks allow in columns of text. Written by npm run types; never by hand.
export interface Values {
	'action_items.status': 'accepted' | 'assigned' | 'cancelled' | 'in_progress' | 'reported';
	'action_reports.kind': 'accepted' | 'cancelled' | 'done' | 'progress' | 'sent_back';
	'agenda_items.status': 'declined' | 'proposed' | 'scheduled' | 'withdrawn';
	'audit_events.audience': 'council' | 'organisation';
	'council_seats.standing': 'observer' | 'voting';
	'dataset_measures.value_type': 'amount' | 'count' | 'number';
	'dataset_rules.kind': 'cross_file' | 'jump' | 'part_le_whole' | 'parts_eq_total' | 'peer_outlier' | 'range' | 'z_score';
	'dataset_rules.severity': 'error' | 'warning';
	'datasets.frequency': 'half_year' | 'month' | 'quarter' | 'year';
	'datasets.kind': 'community' | 'government' | 'party' | 'platform' | 'social' | 'union';
	'datasets.region_level': 'county' | 'street';
	'definition_terms.part': 'denominator' | 'numerator';
	'extension_requests.status': 'approved' | 'declined' | 'open' | 'withdrawn';
	'files.media_type': 'application/pdf' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' | 'image/jpeg' | 'image/png' | 'image/webp' | 'text/csv';
	'indicator_definitions.kind': 'difference' | 'ratio' | 'statistic' | 'sum' | 'survey';
	'indicators.direction': 'higher' | 'lower' | 'neutral' | 'range';
	'indicators.frequency': 'half_year' | 'month' | 'quarter' | 'year';
	'indicators.tier': 'council' | 'public' | 'restricted';
	'measures.over_time': 'flow' | 'opening' | 'stock' | 'unique';
	'meetings.status': 'closed' | 'open' | 'planned';
	'objections.kind': 'reopening' | 'return';
	'objections.outcome': 'accepted_as_filed' | 'upheld' | 'withdrawn';
	'organisations.kind': 'community' | 'government' | 'party' | 'platform' | 'social' | 'union';
	'regions.level': 'county' | 'prefecture' | 'province' | 'street';
	'resolutions.decision_rule': 'consensus' | 'simple' | 'two_thirds';
	'resolutions.status': 'adopted' | 'rejected' | 'voting';
	'reviews.decision': 'accept' | 'return';
	'revision_effects.kind': 'indicator' | 'measure';
	'submissions.status': 'accepted' | 'draft' | 'reopened' | 'returned' | 'submitted' | 'superseded';
	'targets.kind': 'ceiling' | 'floor' | 'range';
	'votes.choice': 'abstain' | 'against' | 'for' | 'reserved';
}
