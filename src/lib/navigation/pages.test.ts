import { expect, test } from 'vitest';
import type { PageEntry } from './page-entry.ts';
import { entriesOnPhone, groupAt, groupsOf, placeAt } from './pages.ts';

const reader = (kind: string, ...roles: string[]) => ({ kind, roles, secretariat: false });
const pagesOf = (who: ReturnType<typeof reader>) =>
	groupsOf(who).flatMap(({ places }) => places.map(({ page }) => page));
const onPhone = (who: ReturnType<typeof reader>) => entriesOnPhone(who).map(({ page }) => page);

test("a platform's reporter finds submissions, and no reviews", () => {
	expect(onPhone(reader('platform', 'reporter'))).toEqual([
		'home',
		'submissions',
		'indicators',
		'action-items'
	]);
	expect(pagesOf(reader('platform', 'reporter'))).not.toContain('reviews');
});

test("a city's reviewer finds reviews first", () => {
	expect(onPhone(reader('government', 'reviewer')).slice(0, 2)).toEqual(['home', 'reviews']);
});

test('a delegate finds the meetings on the phone, but neither members nor the audit', () => {
	expect(onPhone(reader('party', 'delegate'))).toContain('meetings');
	expect(pagesOf(reader('party', 'delegate'))).not.toContain('members');
	expect(pagesOf(reader('party', 'delegate'))).not.toContain('audit');
});

test('a union, which files nothing, is not shown filing', () => {
	const groups = groupsOf(reader('union', 'reporter', 'delegate')).map(({ group }) => group);
	expect(groups).toEqual(['figures', 'deciding', 'organisations']);
	expect(onPhone(reader('union', 'reporter', 'delegate'))).toEqual([
		'home',
		'meetings',
		'indicators',
		'action-items'
	]);
});

test('a community officer finds the tasks of the office first', () => {
	expect(onPhone(reader('community', 'reporter', 'delegate'))).toEqual([
		'home',
		'action-items',
		'submissions',
		'meetings'
	]);
});

test('an auditor reads everything and manages nobody', () => {
	const found = pagesOf(reader('government', 'auditor'));
	expect(found).toContain('audit');
	expect(found).toContain('submissions');
	expect(found).not.toContain('members');
	expect(found).not.toContain('rules');
});

test('only the secretariat keeps the rules', () => {
	expect(pagesOf({ ...reader('government', 'admin'), secretariat: true })).toContain('rules');
});

test('a phone shows four entries to everybody, none twice', () => {
	for (const kind of ['government', 'platform', 'party', 'social', 'community', 'union'])
		for (const role of ['admin', 'reporter', 'reviewer', 'delegate', 'viewer', 'auditor']) {
			const found = onPhone(reader(kind, role));
			expect(new Set(found).size, `${role} of a ${kind}`).toBe(4);
		}
});

test('a person without an organisation finds nothing that would be empty', () => {
	expect(groupsOf(null)).toEqual([]);
	expect(entriesOnPhone(null)).toEqual([]);
});

test('a page under an entry keeps it marked, the nearest of nested ones, and home is only home', () => {
	expect(placeAt('/indicators/A01')?.page).toBe('indicators');
	expect(placeAt('/indicators-old')).toBeNull();
	expect(placeAt('/')?.page).toBe('home');
	expect(placeAt('/submissions/completeness')?.page).toBe('completeness');
	expect(placeAt('/submissions/new')?.page).toBe('submissions');
});

test('an address knows its group', () => {
	expect(groupAt('/submissions/new')).toBe('filing');
	expect(groupAt('/groups/deciding')).toBe('deciding');
	expect(groupAt('/help/figures')).toBe('figures');
	expect(groupAt('/account')).toBeNull();
});

test('the pages of every domain stand in the rail', () => {
	const domains = import.meta.glob<PageEntry[] | undefined>('../*/pages.ts', {
		eager: true,
		import: 'pages'
	});
	for (const { page, href } of Object.values(domains).flatMap((pages) => pages ?? []))
		expect(placeAt(href), page).toEqual({ page, href });
});
