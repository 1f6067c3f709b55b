import { expect, test } from 'vitest';
import { destinations, isAt } from './navigation.ts';

const acting = (kind: string, ...roles: string[]) => ({ kind, roles });

test("a platform's reporter finds submissions, and no reviews", () => {
	const found = destinations(acting('platform', 'reporter'));
	expect(found.slice(0, 4)).toEqual(['home', 'submissions', 'indicators', 'action-items']);
	expect(found).not.toContain('reviews');
});

test("a city's reviewer finds reviews first", () => {
	expect(destinations(acting('government', 'reviewer')).slice(0, 2)).toEqual(['home', 'reviews']);
});

test('a delegate finds the meetings, but neither members nor the audit', () => {
	const found = destinations(acting('party', 'delegate'));
	expect(found).toContain('meetings');
	expect(found).not.toContain('members');
	expect(found).not.toContain('audit');
});

test('an auditor reads everything and manages nobody', () => {
	const found = destinations(acting('union', 'auditor'));
	expect(found).toContain('audit');
	expect(found).toContain('submissions');
	expect(found).not.toContain('members');
});

test('a person without an organisation finds nothing that would be empty', () => {
	expect(destinations(null)).toEqual([]);
});

test('a page under a destination keeps it marked, and home is only home', () => {
	expect(isAt('/indicators/A01', '/indicators')).toBe(true);
	expect(isAt('/indicators-old', '/indicators')).toBe(false);
	expect(isAt('/indicators', '/')).toBe(false);
});
