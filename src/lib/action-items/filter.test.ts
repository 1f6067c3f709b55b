import { expect, it } from 'vitest';
import { actionFilter, filtered } from './filter.ts';

const item = (accountable_id: string, status: 'assigned' | 'accepted', due_on: string) => ({
	accountable_id,
	accepting_id: 'district',
	status,
	due_on
});
const items = [
	item('office', 'assigned', '2026-11-01'),
	item('office', 'accepted', '2026-11-01'),
	item('other', 'assigned', '2026-11-01'),
	item('other', 'assigned', '2026-12-01')
];
const shown = (query: string) =>
	filtered(items, actionFilter(new URLSearchParams(query), 'mine'), 'office', '2026-11-21').length;

it('shows an office its own action items first, and others as the address asks', () => {
	expect(shown('')).toBe(2);
	expect(shown('show=all')).toBe(4);
	expect(shown('show=overdue')).toBe(2);
	expect(shown('show=all&status=accepted')).toBe(1);
	expect(shown('show=all&organisation=district')).toBe(4);
	expect(shown('show=all&organisation=other')).toBe(2);
	expect(shown('show=nonsense&status=nonsense')).toBe(2);
});
