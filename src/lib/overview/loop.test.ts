import { expect, test } from 'vitest';
import { loopOf } from './loop.ts';
import type { ChainLink, FilingParty, FilingStrip, OverviewRow } from './overview.ts';

const strip = (owed: number, received: number, accepted: number) =>
	({ owed, received, accepted }) as FilingStrip;
const party = (state: FilingParty['state']) => ({ state }) as FilingParty;
const row = (finished: boolean) => ({ finished }) as OverviewRow;
const task = (status: string, due_on: string) => ({ status, due_on }) as ChainLink['tasks'][number];
const resolution = (status: ChainLink['status'], ...tasks: ChainLink['tasks']) =>
	({ status, tasks }) as ChainLink;

test('the loop counts what reached each of its stations, and what waits there', () => {
	expect(
		loopOf(
			[strip(10, 8, 5), strip(4, 3, 2)],
			[party('late'), party('late'), party('accepted')],
			[row(true), row(false)],
			[
				resolution('adopted', task('accepted', '2026-01-01'), task('assigned', '2026-01-01')),
				resolution('voting')
			],
			'2026-11-30'
		)
	).toEqual({
		filed: { done: 11, of: 14 },
		reviewed: { done: 7, of: 11 },
		shared: { done: 1, of: 2 },
		decided: { done: 1, of: 2 },
		acted: { done: 1, of: 2 },
		late: 2,
		voting: 1,
		overdue: 1
	});
});

test('a council that has only begun has a loop of nothing', () => {
	expect(loopOf([], [], [], [], '2026-11-30')).toMatchObject({
		filed: { done: 0, of: 0 },
		acted: { done: 0, of: 0 }
	});
});
