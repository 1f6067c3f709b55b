import { expect, test } from 'vitest';
import { history, type ExtensionRequest } from './history.ts';

const asked: ExtensionRequest = {
	id: 'r',
	organisation_id: 'platform',
	due_before: '2026-11-13',
	wished_on: '2026-11-27',
	reason: '系统迁移',
	asked_at: '2026-11-12T01:00:00Z',
	status: 'open',
	due_after: null,
	decision_reason: null,
	decided_by_organisation: null,
	decided_at: null
};
const nothing = { requests: [], excuses: [], moves: [], exceptions: [] };
const nameOf = (organisation: string | null) => organisation ?? '';

test('an open request has no decision yet', () => {
	expect(history({ ...nothing, requests: [asked] }, nameOf).map(({ text }) => text)).toEqual([
		'系统迁移'
	]);
});

test('what happened last stands first, with who decided and which day they gave', () => {
	const approved: ExtensionRequest = {
		...asked,
		status: 'approved',
		due_after: '2026-11-20',
		decision_reason: '同意',
		decided_by_organisation: 'bureau',
		decided_at: '2026-11-13T01:00:00Z'
	};
	const excuse = {
		id: 'e',
		reason: '停业',
		excused_by_organisation: 'convener',
		excused_at: '2026-11-14T01:00:00Z',
		ended_reason: '恢复',
		ended_by_organisation: 'office',
		ended_at: '2026-11-15T01:00:00Z'
	};
	const move = {
		id: 'm',
		due_before: '2027-02-10',
		due_after: '2027-02-18',
		moved_at: '2026-11-11T01:00:00Z'
	};
	const exception = {
		id: 'x',
		reason: '审计发现重复',
		until: '2027-03-01',
		granted_at: '2027-02-20T01:00:00Z'
	};
	const said = history(
		{ requests: [approved], excuses: [excuse], moves: [move], exceptions: [exception] },
		nameOf
	);
	expect(said.map(({ text }) => text)).toEqual([
		'审计发现重复',
		'恢复',
		'停业',
		'同意',
		'系统迁移',
		null
	]);
	expect(said[1]!.title).toContain('office');
	expect(said[2]!.title).toContain('convener');
	expect(said[3]!.title).toContain('bureau');
	expect(said[3]!.title).toContain('2026-11-20');
	expect(said[5]!.title).toMatch(/2027-02-10.*2027-02-18/);
});
