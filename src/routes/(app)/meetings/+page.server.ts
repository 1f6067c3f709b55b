import { councilOf } from '#lib/server/council-of.ts';
import { may } from '#lib/identity/may.ts';
import { declineForm, planForm, proposalForm, scheduleForm } from '#lib/meetings/forms.ts';
import { act } from '#lib/server/http/act.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import * as subjectLinks from '#lib/server/links.ts';
import * as meetings from '#lib/server/meetings.ts';
import { filled } from '#lib/ui/both-languages.ts';

export const load = async ({ locals, url }) => {
	const council = locals.acting?.council_id;
	if (!council) return { council: null, meetings: [], proposals: [], links: null, about: null };

	const found = await meetings.page(locals.db, council);
	const links = mayPropose(locals) ? await linkChoices(locals.db, found.council) : null;
	const about = links ? await subjectLinks.named(locals.db, url.searchParams.get('about')) : null;
	return { council, meetings: found.meetings, proposals: found.proposals, links, about };
};

export const actions = {
	plan: act({
		name: 'plan',
		schema: planForm,
		does: (form, { locals }) =>
			meetings.plan(locals.db, councilOf(locals.acting), filled(form, 'title', 'place')),
		done: (made) => `/meetings/${made}?done=plan`
	}),
	propose: act({
		name: 'propose',
		schema: proposalForm,
		does: (form, { locals }) =>
			meetings.propose(locals.db, councilOf(locals.acting), filled(form, 'title', 'text'))
	}),
	schedule: act({
		name: 'schedule',
		schema: scheduleForm,
		at: 'agenda_item',
		does: ({ agenda_item, meeting }, { locals }) =>
			meetings.schedule(locals.db, agenda_item, meeting)
	}),
	decline: act({
		name: 'decline',
		schema: declineForm,
		at: 'agenda_item',
		does: ({ agenda_item }, { locals }) => meetings.decline(locals.db, agenda_item)
	})
};

function mayPropose({ acting }: App.Locals): boolean {
	return may(acting, 'delegate', 'admin');
}
