import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startOwn, type OwnInstance } from './instance.ts';

// Whoever is refused finds again what they typed. Every act of every page is sent as a browser without a script sends it,
// by somebody whom its page offers it, with something wrong in it: what comes back is what they would send again.

type Case = {
	/** Whom the page offers it: the beginning of a login, or null for a stranger. */
	as: string | null;
	/** What is refused; everything else is filled in. */
	wrong?: Record<string, string>;
	/** What is sent besides, and refused. */
	also?: Record<string, string>;
	/** It is wrong about which row the form is: no form of the page is the one that was sent. */
	elsewhere?: true;
	/** The demonstration has nobody to whom it is offered, and it holds nothing that is typed: it is sent from its page. */
	unseen?: true;
	/** In which state of a filing it is offered. */
	state?: string;
	/** Where it is, where no list leads there. */
	at?: () => Promise<string[]>;
	/** What somebody must have done before it is offered. */
	before?: () => Promise<unknown>;
};

const long = (most: number) => '长'.repeat(most + 1);
const SECRET = 'lantern-over-calm-water';

/** In this order: a vote keeps a meeting open, and a lock ends what can be corrected. */
const cases: Record<string, Case | 'asks for nothing'> = {
	'/(public)/sign-in default': { as: null },
	'/(public)/invitation newcomer': {
		as: null,
		wrong: { password: '2short' },
		at: async () => [await invite('newcomer@haida.example')]
	},
	'/(public)/invitation sign_in': {
		as: null,
		at: async () => [await invite(accountOf('auditor').email)]
	},
	'/(public)/invitation accept': 'asks for nothing',
	'/(public)/setup default': {
		as: null,
		wrong: { region: '不是代码' },
		at: async () => [await setup()]
	},

	'/(app)/account password': { as: 'auditor' },
	'/(app)/account end': { as: 'auditor', wrong: { session: long(100) } },
	'/(app)/account end_others': 'asks for nothing',
	'/(app)/notifications read': { as: 'office.', also: { notification: 'x' } },
	'/(app)/members invite': { as: 'admin.xiaobu', wrong: { email: 'nobody' } },
	'/(app)/members withdraw': { as: 'admin.xiaobu', wrong: { invitation: 'x' } },
	'/(app)/members change': { as: 'admin.xiaobu', also: { roles: 'nobody' } },
	'/(app)/members end': { as: 'admin.xiaobu', wrong: { person: 'x' }, elsewhere: true },
	'/(app)/members/keys make': { as: 'admin.xiaobu', wrong: { name: long(60) } },
	'/(app)/members/keys revoke': {
		as: 'admin.xiaobu',
		wrong: { key: 'x' },
		before: () => send('admin.xiaobu', '/members/keys', 'make')
	},

	'/(app)/organisations register': { as: 'secretariat', wrong: { region: '没有的地方' } },
	'/(app)/organisations/[id] endSeat': { as: 'secretariat', wrong: { organisation: 'x' } },
	'/(app)/releases publish': { as: 'secretariat', wrong: { period: '2026-13' } },
	'/(app)/releases withdraw': { as: 'secretariat', wrong: { reason: '不妥' } },

	'/(app)/meetings plan': { as: 'secretariat', wrong: { title_zh: long(200) } },
	'/(app)/meetings propose': { as: 'secretariat', wrong: { title_en: long(200) } },
	'/(app)/meetings schedule': { as: 'secretariat', wrong: { agenda_item: 'x' }, elsewhere: true },
	'/(app)/meetings decline': { as: 'secretariat', wrong: { agenda_item: 'x' } },
	'/(app)/meetings/[id] open': 'asks for nothing',
	'/(app)/meetings/[id] put': {
		as: 'secretariat',
		wrong: { text_en: long(8000) },
		before: () => send('secretariat', '/meetings/[id]', 'open')
	},
	'/(app)/meetings/[id] close': { as: 'secretariat', wrong: { minutes_zh: long(8000) } },
	'/(app)/meetings/[id] vote': {
		as: 'office.',
		wrong: { choice: 'reserved', reason: '不' },
		before: () => send('secretariat', '/meetings/[id]', 'put')
	},
	'/(app)/meetings/[id] decide': { as: 'secretariat', wrong: { resolution: 'x' } },

	'/(app)/action-items/new default': { as: 'secretariat', wrong: { baseline_period: '2026-13' } },
	'/(app)/action-items/[id] report': { as: 'office', wrong: { progress: '140' } },
	'/(app)/action-items/[id] accept': { as: 'officer.union', wrong: { note: long(4000) } },
	'/(app)/action-items/[id] sendBack': { as: 'officer.union', wrong: { reason: '重做' } },
	'/(app)/action-items/[id] cancel': { as: 'secretariat', wrong: { reason: '算了' } },

	'/(app)/reviews/[id] accept': 'asks for nothing',
	'/(app)/reviews/[id] return': { as: 'reviewer.city', wrong: { reason: '不对' } },
	'/(app)/reviews/[id] open': { state: 'returned', as: 'reviewer.', wrong: { reason: '不对' } },

	'/(app)/submissions open': { as: 'secretariat', wrong: { period: '2026-13' } },
	'/(app)/submissions/completeness lock': { as: 'secretariat', wrong: { days: '很久' } },
	'/(app)/submissions/calendar make': 'asks for nothing',
	'/(app)/submissions/calendar revoke': {
		as: 'office.',
		wrong: { feed: 'x' },
		before: () => send('office.linli', '/submissions/calendar', 'make')
	},
	'/(app)/submissions/rules announce': { as: 'secretariat', wrong: { from_period: '2026-13' } },
	'/(app)/submissions/rules/edit preview': { as: 'secretariat', wrong: { message_en: '' } },
	'/(app)/submissions/rules/edit save': { as: 'secretariat', wrong: { message_zh: '' } },
	'/(app)/submissions/rules/edit retire': 'asks for nothing',

	'/(app)/submissions/deadlines/[id] ask': { as: 'office.', wrong: { reason: '太忙' } },
	'/(app)/submissions/deadlines/[id] approve': { as: 'reviewer.', wrong: { note: long(1000) } },
	'/(app)/submissions/deadlines/[id] decline': { as: 'reviewer.', wrong: { reason: '不行' } },
	'/(app)/submissions/deadlines/[id] withdraw': { as: 'officer.caojiadu', wrong: { request: 'x' } },
	'/(app)/submissions/deadlines/[id] excuse': {
		state: 'overdue',
		as: 'secretariat',
		wrong: { reason: '免了' }
	},
	'/(app)/submissions/deadlines/[id] end': {
		state: 'excused',
		as: 'secretariat',
		wrong: { reason: '不免' }
	},

	'/(app)/submissions/[id] objection': {
		state: 'returned',
		as: 'reporter.hewei',
		wrong: { reason: '不服' }
	},
	'/(app)/submissions/[id] decide': { as: 'secretariat', wrong: { reason: '维持' } },
	'/(app)/submissions/[id] reopen': {
		state: 'accepted',
		as: 'reviewer.',
		wrong: { reason: '有误' }
	},
	'/(app)/submissions/new revise': { state: 'accepted', as: 'office.', wrong: { reason: '有误' } },
	'/(app)/submissions/[id] grant': {
		state: 'accepted&sort=period',
		as: 'secretariat',
		wrong: { reason: '例外' },
		before: () => send('secretariat', '/submissions/completeness', 'lock', { days: '1' })
	},

	'/(app)/submissions/new upload': { as: 'office.', wrong: { obligation: 'x' } },
	'/(app)/submissions/new reply': {
		state: 'returned',
		as: 'reporter.hewei',
		wrong: { submission: 'x' }
	},
	'/(app)/submissions/new correct': {
		as: 'office.',
		wrong: { upload: 'gone' },
		at: async () => [
			await uploaded((text) => text.replace(/^(.*\r?\n(?:[^,]*,){4})[^,\r\n]*/, '$1很多'))
		]
	},
	'/(app)/submissions/new map': {
		as: 'office.',
		wrong: { upload: 'gone' },
		at: async () => [await uploaded((text) => text.replace(/^\ufeff?measure/, '项目'))]
	},
	'/(app)/submissions/new discard': {
		as: 'office.',
		wrong: { upload: 'gone' },
		at: async () => [await uploaded((text) => text.replace(/^\ufeff?measure/, '项目'))]
	},
	'/(app)/submissions/new forget': { as: 'office.', wrong: { obligation: 'x' }, unseen: true },
	'/(app)/submissions/new/form save': { as: 'officer.', wrong: { revision: 'x' } },
	'/(app)/submissions/new/form check': { as: 'officer.', wrong: { revision: 'x' } },
	'/(app)/submissions/new/form file': { as: 'officer.', wrong: { revision: 'x' }, unseen: true },
	'/(app)/submissions/new/form discard': {
		as: 'officer.xinhua',
		wrong: { revision: 'x' },
		before: () => send('officer.xinhua', '/submissions/new/form', 'save')
	}
};

let own: OwnInstance;
/** An empty page: its browser reads forms as it would send them. */
let parser: Page;
/** Without organisations, which only the set-up needs. */
let empty: OwnInstance | undefined;

test.beforeAll(async () => {
	test.setTimeout(300_000);
	own = await startOwn({});
});

test.afterAll(async () => {
	expect(await own.stop()).toBe(0);
	await empty?.stop();
});

test('every act of every page has its case here, and is named as its page names it', () => {
	expect(Object.keys(cases).sort()).toEqual(acts().sort());
});

test('whoever is refused finds everything typed again, whatever they did', async ({ page }) => {
	test.setTimeout(1_200_000);
	parser = page;
	const wrong: string[] = [];
	for (const [key, wanted] of Object.entries(cases)) {
		if (wanted === 'asks for nothing') continue;
		await test.step(key, async () => {
			const problem = await refusedIn(key, wanted).catch(String);
			if (problem) wrong.push(`${key}: ${problem}`);
		});
	}
	expect(wrong).toEqual([]);
});

/** What is wrong with the answer to a refused form, or null. */
async function refusedIn(key: string, wanted: Case): Promise<string | null> {
	const [route = '', act = ''] = key.split(' ');
	await wanted.before?.();
	const offered = await find(wanted, route, act);
	const typed = fill(offered.fields, wanted.wrong);
	const sent = new URLSearchParams([...typed, ...Object.entries(wanted.also ?? {})]);
	const answer = await post(offered.as, offered.action, sent);
	const html = await answer.text();
	if (answer.status < 400 || answer.status >= 500) return `answers ${answer.status}`;
	if (!html.includes('role="alert"')) return 'does not say why';
	if (html.includes(SECRET)) return 'tells a password';
	if (wanted.elsewhere || wanted.unseen) return null;

	const hidden = ['hidden', 'password', 'file'];
	const visible = offered.fields.filter(({ type }) => !hidden.includes(type));
	const kept = [...typed].filter(([name]) => visible.some((field) => field.name === name));
	const again = await formsIn(html, new URL(offered.action).pathname);
	const [lost = kept] = again
		.filter(({ acts }) => acts.includes(act))
		.map(({ sends }) => kept.filter(([name, value]) => !holds(sends, name, value)))
		.toSorted((one, other) => one.length - other.length);
	return lost.length ? `loses ${JSON.stringify(lost).slice(0, 300)}` : null;
}

type Field = {
	name: string;
	type: string;
	value: string;
	/** Of a box, a radio button or an option: whether it is chosen as the page is served. */
	chosen: boolean;
	most: number;
};
type Form = { acts: string[]; action: string; fields: Field[]; sends: [string, string][] };
type Offered = { as: string | null; action: string; fields: Field[] };

/** Every act of the sources: `/(app)/meetings plan`. */
function acts(): string[] {
	const root = join(import.meta.dirname, '..', '..');
	return globSync('src/routes/**/+page.server.ts', { cwd: root }).flatMap((file) => {
		const source = readFileSync(join(root, file), 'utf8');
		const [, block = ''] = /^export const actions = \{\n(.*?)^\};/ms.exec(source) ?? [];
		expect(/^export const actions\b/m.test(source), file).toBe(block !== '');
		return [...block.matchAll(/^\t(\w+)\b(.*)\n(.*)/gm)].map(([, name, how, first]) => {
			expect(how, `${file} ${name}`).toBe(': act({');
			expect(first, file).toContain(`name: '${name}'`);
			return `/${relative('src/routes', dirname(file))} ${name}`;
		});
	});
}

/** The first form of an act that a page offers somebody. Where only hidden fields are wrong, any page of the route will do. */
async function find(wanted: Case, route: string, act: string): Promise<Offered> {
	const known = await wanted.at?.();
	for (const as of wanted.as === null ? [null] : people(wanted.as)) {
		for await (const address of known ?? addresses(as, route, wanted.state)) {
			const answer = await get(as, address);
			if (!answer.ok) continue;
			const html = await answer.text();
			if (wanted.unseen && address.includes('?')) {
				const fields = Object.keys(wanted.wrong ?? {}).map((name) => ({
					name,
					type: 'hidden',
					value: '',
					chosen: false,
					most: -1
				}));
				return { as, action: address.replace('?', `?/${act}&`), fields };
			}
			if (act !== 'default' && !html.includes(`/${act}`)) continue;
			const forms = await formsIn(html, address);
			const form = forms.find((one) => one.acts.includes(act));
			if (form) return { as, action: actionOf(form, address, act), fields: form.fields };
		}
	}
	throw new Error(`Nobody is offered ${route} ${act}.`);
}

function actionOf({ action }: Form, address: string, act: string): string {
	const url = new URL(action, new URL(address, own.address));
	if (act === 'default') return url.href;
	const rest = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
	return `${url.origin}${url.pathname}?/${act}&${new URLSearchParams(rest).toString()}`;
}

/** A form as somebody fills it in: every text typed, every box ticked, the last of every choice taken. */
function fill(fields: Field[], wrong: Record<string, string> = {}): URLSearchParams {
	const typed = new URLSearchParams();
	const last = new Map(
		fields.filter(({ type }) => type === 'option' || type === 'radio').map((one) => [one.name, one])
	);
	for (const field of fields) {
		const { name, type, value, most } = field;
		if (type === 'file') continue;
		const isTaken = isSeveral(fields, name) ? field.chosen : last.get(name) === field;
		if ((type === 'option' || type === 'radio') && !isTaken) continue;
		const text = `${name} 填的话`.slice(0, most > 0 ? most : undefined);
		const given: Record<string, string> = {
			text,
			search: text,
			textarea: text,
			password: SECRET,
			email: 'somebody@haida.example',
			number: '5',
			date: '2027-01-11',
			'datetime-local': '2027-01-11T09:30'
		};
		typed.append(name, wrong[name] ?? given[type] ?? value);
	}
	return typed;
}

/** Several choices of one name, one of each row, are told apart by the row: they stay as served. */
function isSeveral(fields: Field[], name: string): boolean {
	return name === 'target' && fields.filter((one) => one.name === name).length > 1;
}

function holds(sends: [string, string][], name: string, value: string): boolean {
	return sends.some(([of, sent]) => of === name && sent.replaceAll('\r\n', '\n') === value);
}

/** The forms of a page, and what a browser would send of each. */
async function formsIn(html: string, address: string): Promise<Form[]> {
	const forms = await parser.evaluate((text) => {
		const document = new DOMParser().parseFromString(text, 'text/html');
		return [...document.querySelectorAll('form')].map((form) => {
			const buttons = [...form.querySelectorAll('button[formaction]')];
			const actions = [form, ...buttons].map(
				(one) => one.getAttribute(one === form ? 'action' : 'formaction') ?? ''
			);
			const fields = [...form.elements].flatMap((control) => {
				const input = control as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
				if (
					!input.name ||
					control instanceof HTMLButtonElement ||
					control instanceof HTMLFieldSetElement
				)
					return [];
				const common = { name: input.name, most: 'maxLength' in input ? input.maxLength : -1 };
				if (control.localName === 'select')
					return [...(control as HTMLSelectElement).options].map(({ value, selected }) => ({
						...common,
						type: 'option',
						value,
						chosen: selected
					}));
				const chosen = 'checked' in input && Boolean(input.checked);
				return [{ ...common, type: input.type, value: input.value, chosen }];
			});
			const sends = [...new FormData(form)].map(
				([name, value]) => [name, typeof value === 'string' ? value : ''] as [string, string]
			);
			return { method: form.method, actions, fields, sends };
		});
	}, html);
	const here = new URL(address, own.address);
	return forms
		.filter(({ method }) => method === 'post')
		.map(({ actions, fields, sends }) => ({
			acts: actions.map((action) => {
				const url = new URL(action, here);
				if (url.pathname !== here.pathname) return '';
				return (
					[...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default'
				);
			}),
			action: actions[0] || address,
			fields,
			sends
		}));
}

/** Where somebody finds pages of a route: itself, or what the lists lead to. */
async function* addresses(
	as: string | null,
	route: string,
	state?: string
): AsyncGenerator<string> {
	const plain = route.replace(/\/\([^)]+\)/g, '') || '/';
	if (!plain.includes('[') && !state) yield plain;
	const pattern = new RegExp(`^${plain.replace(/\[\w+\]/g, '[0-9a-f-]{36}')}(\\?|$)`);
	const yielded = new Set<string>();
	for (const list of await listsOf(as, plain, state))
		for (const link of await linksIn(as, list)) {
			if (!pattern.test(link) || yielded.has(link)) continue;
			yielded.add(link);
			yield link;
		}
}

async function listsOf(as: string | null, plain: string, state?: string): Promise<string[]> {
	if (plain === '/action-items/new')
		return (await linksIn(as, '/meetings')).filter((link) => /^\/meetings\/[^/?]+$/.test(link));
	const [, domain = ''] = plain.split('/');
	if (domain === 'action-items') return ['/action-items?show=all'];
	if (plain === '/submissions/rules/edit') return ['/submissions/rules'];
	if (state) return [`/submissions?state=${state}`];
	return [`/${domain}`];
}

const known = new Map<string, Promise<string[]>>();

async function first(found: AsyncGenerator<string>): Promise<string | null> {
	for await (const one of found) return one;
	return null;
}

/** Where a page leads somebody. */
function linksIn(as: string | null, address: string): Promise<string[]> {
	const key = `${as} ${address}`;
	const links = known.get(key) ?? readLinks(as, address);
	known.set(key, links);
	return links;
}

async function readLinks(as: string | null, address: string): Promise<string[]> {
	const html = await (await get(as, address)).text();
	const links = [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, href = '']) =>
		href.replaceAll('&amp;', '&')
	);
	// What a list of filings leads to in two steps.
	return links.flatMap((link) => {
		const [, id] = /^\/submissions\/([0-9a-f-]{36})$/.exec(link) ?? [];
		if (id) return [link, `/reviews/${id}`];
		return link.startsWith('/submissions/new?')
			? [link, link.replace('/new?', '/new/form?')]
			: [link];
	});
}

type Account = { email: string; password: string };
let everybody: Account[] | undefined;

function accounts(): Account[] {
	everybody ??= JSON.parse(
		readFileSync(join(own.dataDir, 'demo-accounts.json'), 'utf8')
	) as Account[];
	return everybody;
}

function accountOf(login: string): Account {
	const found = accounts().find(({ email }) => email.startsWith(`${login}@`));
	if (!found) throw new Error(`Nobody in the demonstration is called ${login}.`);
	return found;
}

/** Logins that begin so. */
function people(login: string): string[] {
	return accounts()
		.map(({ email }) => email.split('@')[0] ?? '')
		.filter((one) => one.startsWith(login));
}

const cookies = new Map<string, Promise<string>>();

async function cookieOf(login: string | null): Promise<string> {
	if (login === null) return '';
	const known = cookies.get(login) ?? signIn(login);
	cookies.set(login, known);
	return known;
}

async function signIn(login: string): Promise<string> {
	const { email, password } = accountOf(login);
	const answer = await post(null, '/sign-in', new URLSearchParams({ email, password }));
	expect(answer.status, login).toBe(303);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

async function get(as: string | null, address: string): Promise<Response> {
	const headers = { cookie: await cookieOf(as), accept: 'text/html' };
	return fetch(new URL(address, own.address), { headers, redirect: 'manual' });
}

async function post(
	as: string | null,
	action: string,
	body: URLSearchParams | FormData
): Promise<Response> {
	const url = new URL(action, own.address);
	const headers = { cookie: await cookieOf(as), accept: 'text/html', origin: url.origin };
	return fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
}

/** Does what a page offers somebody, rightly. */
async function send(
	as: string,
	route: string,
	act: string,
	typed: Record<string, string> = {}
): Promise<void> {
	const offered = await find({ as }, route, act);
	const answer = await post(as, offered.action, fill(offered.fields, typed));
	expect(answer.status, `${route} ${act} ${await answer.text()}`.slice(0, 300)).toBeLessThan(400);
}

/** The address of an invitation to an organisation. */
async function invite(email: string): Promise<string> {
	const body = new URLSearchParams({ email, roles: 'viewer' });
	const html = await (await post('admin.xiaobu', '/members?/invite', body)).text();
	const [, token = ''] = /invitation\?token=([\w-]+)/.exec(html) ?? [];
	return `/invitation?token=${token}`;
}

/** The address at which an instance without anybody is set up. */
async function setup(): Promise<string> {
	empty = await startOwn({ DEMO: '0' });
	const token = 'a-link-that-works-once';
	const hash = createHash('sha256').update(token).digest('hex');
	await empty.asOwner(async (client) => {
		await client.query('delete from private.setup_tokens');
		await client.query('insert into private.setup_tokens (token_hash) values ($1)', [hash]);
	});
	return `${empty.address}/setup?token=${token}`;
}

/** The address of a file that is kept while it is corrected: what an office filed before, spoilt. */
async function uploaded(spoil: (text: string) => string): Promise<string> {
	for (const as of people('office.')) {
		const filed = await first(addresses(as, '/(app)/submissions/[id]'));
		if (!filed) continue;
		const text = spoil(await (await get(as, `${filed}/entries.csv`)).text());
		for await (const address of addresses(as, '/(app)/submissions/new')) {
			const obligation = new URL(address, own.address).searchParams.get('obligation');
			if (!obligation) continue;
			const body = new FormData();
			body.set('obligation', obligation);
			body.set('file', new File([text], 'spoilt.csv', { type: 'text/csv' }));
			const answer = await post(as, `/submissions/new?/upload&obligation=${obligation}`, body);
			const to = answer.headers.get('location') ?? '';
			if (to.includes('upload=')) return to;
		}
	}
	throw new Error('No office has a file to correct.');
}
