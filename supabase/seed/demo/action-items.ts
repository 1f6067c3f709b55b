import { tasks, type Evidence, type Step, type Task } from './action-item-texts.ts';
import { partyOf } from './parties.ts';
import { seats, type Role } from './people.ts';
import { decidedAt } from './resolutions.ts';
import { secretariat, type Chapter } from './story.ts';
import type { Person, Scene, Stage } from './tell.ts';
import { addDays, dateOf, day, weekday, type Calendar } from './time.ts';

/** Action items in every state: assigned, in progress, reported, accepted, sent back, overdue, cancelled. */
export const actionItems: Chapter = ({ calendar }) =>
	tasks.flatMap((task) => {
		const assigned = new Date(decidedAt(calendar, task.resolution).getTime() + day);
		return [assign(task, assigned, calendar), ...steps(task, assigned, calendar)];
	});

const nameOf = ({ title_en }: Task) => `action item ${title_en}`;

function assign(task: Task, assigned: Date, calendar: Calendar): Scene {
	const due = weekday(addDays(task.fromToday ? calendar.today : dateOf(assigned), task.due));
	return {
		at: assigned,
		by: secretariat,
		async does({ call, ids }) {
			const made = await call('assign_action_item', {
				resolution: ids.of(`resolution ${task.resolution}`),
				title_zh: task.title_zh,
				title_en: task.title_en,
				done_zh: task.done_zh,
				done_en: task.done_en,
				accountable: partyOf(task.accountable).id,
				accepting: partyOf(task.accepting).id,
				due_on: due,
				indicator: task.indicator,
				region: task.region,
				expected_value: task.expected,
				baseline_period: task.baseline === undefined ? undefined : calendar.months[task.baseline]
			});
			ids.keep(nameOf(task), made);
		}
	};
}

function steps(task: Task, assigned: Date, calendar: Calendar): Scene[] {
	const latest = calendar.now.getTime() - 3 * 3600_000;
	return task.steps.map((step) => ({
		at: new Date(Math.min(assigned.getTime() + step.after * day, latest)),
		by: whoTakes(step, task),
		does: (stage) => take(stage, step, stage.ids.of(nameOf(task)))
	}));
}

function whoTakes({ kind }: Step, { accountable, accepting }: Task): Person {
	if (kind === 'cancelled') return secretariat;
	return kind === 'progress' || kind === 'done'
		? oneOf(accountable, ['reporter', 'admin'])
		: oneOf(accepting, ['reviewer', 'delegate', 'admin']);
}

function oneOf(party: string, roles: Role[]): Person {
	const seat = seats.find(
		(one) => one.party === party && one.roles.some((role) => roles.includes(role))
	);
	if (!seat) throw new Error(`Nobody is ${roles.join(' or ')} of ${party} in the demonstration.`);
	return { person: seat.person, organisation: partyOf(party).id };
}

async function take({ call }: Stage, step: Step, action_item: string): Promise<void> {
	const { kind, note, progress, file } = step;
	switch (kind) {
		case 'progress':
		case 'done':
			await call('report_progress', {
				action_item,
				note,
				progress: kind === 'done' ? 100 : progress,
				done: kind === 'done',
				...(file && attached(file))
			});
			return;
		case 'accepted':
			return call('accept_action_item', { action_item, note });
		case 'sent_back':
			return call('send_back_action_item', { action_item, reason: note });
		case 'cancelled':
			return call('cancel_action_item', { action_item, reason: note });
	}
}

/** A file of evidence, as report_progress takes it. */
function attached({ name, media_type, content }: Evidence) {
	return { file_name: name, media_type, content_base64: content.toString('base64') };
}
