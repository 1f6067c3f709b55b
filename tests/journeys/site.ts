import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Browser } from '@playwright/test';
import { browserOf } from '../people.ts';

/** Every page there is, as its folder under src/routes says it: `/(app)/meetings/[id]`. */
export const routes = globSync('src/routes/**/+page.svelte', {
	cwd: join(import.meta.dirname, '..', '..')
})
	.map((file) => `/${relative('src/routes', dirname(file))}`)
	.sort();

/** Who has the most to see on a page; the secretariat where nobody is named. Null: a person without an account. */
export function readerOf(route: string): string | null {
	if (route.startsWith('/(public)')) return null;
	return readers[route] ?? 'secretariat';
}

const readers: Record<string, string> = {
	'/(app)/submissions': 'reporter.hewei',
	'/(app)/submissions/new': 'reporter.hewei',
	'/(app)/submissions/new/form': 'officer.xinhua',
	'/(app)/submissions/[id]': 'reporter.hewei',
	'/(app)/submissions/deadlines/[id]': 'reporter.hewei',
	'/(app)/reviews': 'reviewer.city',
	'/(app)/reviews/[id]': 'reviewer.city',
	'/(app)/action-items/[id]': 'officer.lujiazui',
	'/(app)/members': 'admin.xiaobu',
	'/(app)/audit': 'auditor'
};

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const found = (from: string, pattern: string) => ({ from, pattern: new RegExp(pattern) });

/** For a page with a parameter: where a reader finds one, or one that is always there. A row's own page needs none where its list leads there. */
const samples: Record<string, string | ReturnType<typeof found>> = {
	'/(app)/groups/[group=group]': '/groups/filing',
	'/(app)/help/[group=group]': '/help/filing',
	'/(app)/search': '/search?q=IN3',
	'/(app)/indicators/[code]': '/indicators/IN3',
	'/(app)/submissions/rules/edit':
		'/submissions/rules/edit?dataset=platform_labour_monthly&rule=orders_completed_jump',
	'/(app)/submissions/new': found('/submissions', `/submissions/new\\?obligation=${uuid}`),
	'/(app)/submissions/new/form': found('/submissions', `/submissions/new\\?obligation=${uuid}`),
	'/(app)/submissions/deadlines/[id]': found('/submissions', `/submissions/deadlines/${uuid}`),
	'/(app)/meetings/[id]': found('/meetings?sort=at', `/meetings/${uuid}`),
	'/(app)/meetings/[id]/minutes': found('/meetings?sort=at', `/meetings/${uuid}`),
	'/(app)/action-items/new': found('/action-items?show=all', `/action-items/${uuid}`),
	'/(public)/open/indicators/[code]': found('/open/indicators', '/open/indicators/[A-Z]+\\d+'),
	'/(public)/open/series/[code]': found('/open/series', '/open/series/[a-z0-9_-]+'),
	'/(public)/open/releases/[id]': found('/open', `/open/releases/${uuid}`)
};

const addresses = new Map<string, Promise<string>>();

/** An address of a route that its reader can open. Throws for a page that nobody has named a sample of. */
export function addressOf(browser: Browser, route: string): Promise<string> {
	const known = addresses.get(route) ?? search(route, (reader, at) => looked(browser, reader, at));
	addresses.set(route, known);
	return known;
}

/** The text of a page as somebody is given it. */
type Look = (reader: string | null, address: string) => Promise<string>;

/** The same where pages are looked at in another way, as on an instance of its own. */
export async function search(route: string, look: Look): Promise<string> {
	const plain = route.replace(/\/\([^)]+\)/g, '') || '/';
	const list = /^([^[]+)\/\[id\]$/.exec(plain)?.[1];
	const sample = samples[route] ?? (list ? found(list, `${list}/${uuid}`) : undefined);
	if (sample === undefined) {
		if (plain.includes('[')) throw new Error(`tests/journeys/site.ts names no sample of ${route}.`);
		return plain;
	}
	if (typeof sample === 'string') return sample;
	const address = await find(look, readerOf(route), sample.from, sample.pattern);
	if (plain.endsWith('/new/form')) return address.replace('/new?', '/new/form?');
	if (plain.endsWith('/minutes')) return `${address}/minutes`;
	if (plain !== '/action-items/new') return address;
	const resolution = new RegExp(`#resolution-(${uuid})`);
	const link = await find(look, readerOf(route), address, resolution);
	return `/action-items/new?resolution=${link.replace('#resolution-', '')}`;
}

async function find(
	look: Look,
	reader: string | null,
	from: string,
	pattern: RegExp
): Promise<string> {
	const page = await look(reader, from);
	const match = pattern.exec(page.replaceAll('&amp;', '&'));
	if (!match) throw new Error(`${reader ?? 'Nobody'} finds no ${pattern.source} at ${from}.`);
	return match[0];
}

async function looked(browser: Browser, reader: string | null, address: string): Promise<string> {
	const context = reader ? await browserOf(browser, reader) : await browser.newContext();
	const page = await (await context.request.get(address)).text();
	await context.close();
	return page;
}
