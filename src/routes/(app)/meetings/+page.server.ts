import { may } from '#lib/kernel/may.ts';
import { listOf } from '#lib/kernel/list.ts';
import { declineForm, planForm, proposalForm, scheduleForm } from '#lib/meetings/forms.ts';
import { meetingList, type MeetingPage } from '#lib/meetings/list.ts';
import { councilOf } from '#lib/server/council-of.ts';
import { act } from '#lib/server/http/act.ts';
import { within } from '#lib/server/http/within.ts';
import { linkChoices } from '#lib/server/link-choices.ts';
import * as subjectLinks from '#lib/server/links.ts';
import * as meetings from '#lib/server/meetings.ts';
import { filled } from '#lib/form/both-languages.ts';

const nothing: MeetingPage = { rows: [], total: 0, next: null, planned: [], proposals: [] };

export const load = async ({ locals, url }) => {
	const list = listOf(url, meetingList);
	const council = locals.acting?.council_id ?? null;
	if (!council) return { ...nothing, council, list, links: null, about: null };

	const found = within(await meetings.page(locals.db, council, list), list, url);
	const links = mayPropose(locals) ? await linkChoices(locals.db, found.council) : null;
	const about = links ? await subjectLinks.named(locals.db, url.searchParams.get('about')) : null;
	return { ...found, council, list, links, about };
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
