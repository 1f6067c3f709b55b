import { m } from '#lib/paraglide/messages.js';
import type { Acts } from '#lib/audit/act.ts';

export const acts = {
	endorse: { word: m.reviews_verb_endorse, sentence: m.reviews_event_endorse, tone: 'on_track' },
	accept: { word: m.reviews_verb_accept, sentence: m.reviews_event_accept, tone: 'achieved' },
	return: { word: m.reviews_verb_return, sentence: m.reviews_event_return, tone: 'at_risk' },
	accept_partly: {
		word: m.reviews_verb_accept_partly,
		sentence: m.reviews_event_accept_partly,
		tone: 'at_risk'
	},
	open_more_cells: {
		word: m.reviews_verb_open_more_cells,
		sentence: m.reviews_event_open_more_cells,
		tone: 'on_track'
	},
	reply_to_marks: {
		word: m.reviews_verb_reply_to_marks,
		sentence: m.reviews_event_reply_to_marks,
		tone: 'on_track'
	}
} satisfies Acts;
