import { expect, test } from 'vitest';
import type { Task, TaskKinds } from './task.ts';
import { groupTasks, taskKinds, taskLink } from './kinds.ts';

const domains = Object.values(
	import.meta.glob<TaskKinds | undefined>('../*/tasks.ts', { eager: true, import: 'tasks' })
).filter((tasks) => tasks !== undefined);

test('the tasks of every domain are collected', () => {
	expect(domains.flatMap((tasks) => Object.keys(tasks)).sort()).toEqual(
		Object.keys(taskKinds).sort()
	);
});

const task = (changes: Partial<Task>): Task => ({
	kind: 'file',
	subject_id: 's',
	title_zh: '',
	title_en: '',
	organisation_zh: null,
	organisation_en: null,
	period: null,
	due_on: null,
	status: 'open',
	...changes
});

test('a reporter sees what is due soonest first, and how much is late', () => {
	const [files] = groupTasks(
		[
			task({ subject_id: 'b', due_on: '2026-12-10' }),
			task({ subject_id: 'a', due_on: '2026-11-10' }),
			task({ subject_id: 'c', due_on: null })
		],
		'2026-11-21'
	);
	expect(files!.tasks.map((one) => one.subject_id)).toEqual(['a', 'b', 'c']);
	expect(files!.overdue).toBe(1);
});

test('what is due today is not late', () => {
	expect(groupTasks([task({ due_on: '2026-11-21' })], '2026-11-21')[0]!.overdue).toBe(0);
});

test('the kind of task with the most urgent one comes first', () => {
	const groups = groupTasks(
		[
			task({ kind: 'schedule' }),
			task({ kind: 'review', due_on: '2026-11-10' }),
			task({ kind: 'act', due_on: '2026-11-01' })
		],
		'2026-11-21'
	);
	expect(groups.map((group) => group.kind)).toEqual(['act', 'review', 'schedule']);
});

test('each task leads to the page where it is done', () => {
	expect(taskLink(task({ kind: 'file', subject_id: 'o' }))).toBe('/submissions/new?obligation=o');
	expect(taskLink(task({ kind: 'extend', subject_id: 'o' }))).toBe('/submissions/deadlines/o');
	expect(taskLink(task({ kind: 'review', subject_id: 'r' }))).toBe('/reviews/r');
	expect(taskLink(task({ kind: 'objection', subject_id: 's' }))).toBe('/submissions/s#objection');
	expect(taskLink(task({ kind: 'accept', subject_id: 'a' }))).toBe('/action-items/a');
});
