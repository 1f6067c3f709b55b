import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scope } from '#lib/api/scopes.ts';
import * as api from '#lib/server/api.ts';
import { limitCalls } from '#lib/server/api/endpoint.ts';
import { openIdentity, type Identity } from '#lib/server/identity/auth.ts';
import { openDb, type Db } from '#lib/server/db.ts';
import { tokenOf as tokenFor } from '#lib/server/identity/token.ts';
import { log } from '#lib/server/process/log.ts';
import * as filing from '#lib/server/filing.ts';
import * as template from '#lib/server/filing/template.ts';
import { GET as getDatasets } from '../../src/routes/api/v1/datasets/+server.ts';
import { GET as getIndicators } from '../../src/routes/api/v1/indicators/+server.ts';
import { GET as getObservations } from '../../src/routes/api/v1/observations/+server.ts';
import { GET as getRegions } from '../../src/routes/api/v1/regions/+server.ts';
import { POST as postSubmission } from '../../src/routes/api/v1/submissions/+server.ts';
import { GET as getSubmission } from '../../src/routes/api/v1/submissions/[id]/+server.ts';
import {
	as,
	convened,
	does,
	member,
	neverLocks,
	one,
	openStage,
	organisation,
	registry,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';

const origin = 'https://xiezhi.example';
const period = '2026-03';
const roomy = { requests: 10_000, uploads: 10_000 };

let stage: Stage;
let identity: Identity;
let council: string;
let ours: string;
let rival: string;
let third: string;
let secretariat: Actor;
let reviewer: Actor;
let administrator: Actor;
let reporter: Actor;
let rivalAdministrator: Actor;

beforeAll(async () => {
	for (const level of ['info', 'warn', 'error'] as const)
		vi.spyOn(log, level).mockImplementation(() => undefined);
	stage = await openStage('api');
	const { owner, backend } = stage;
	identity = openIdentity({ databaseUrl: backend.identityUrl, secret: backend.jwtSecret, origin });
	await registry(owner);

	const convener = await organisation(owner, 'government', 'convener', '31');
	ours = await organisation(owner, 'platform', 'ours', '31');
	rival = await organisation(owner, 'platform', 'rival', '31');
	third = await organisation(owner, 'platform', 'third', '31');
	council = await convened(owner, '31', convener, ours, rival, third);
	await neverLocks(owner, council);
	secretariat = await member(owner, convener, 'admin');
	reviewer = await member(owner, convener, 'reviewer');
	administrator = await member(owner, ours, 'admin');
	reporter = await member(owner, ours, 'reporter');
	rivalAdministrator = await member(owner, rival, 'admin');
	await does(owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
		council,
		period
	]);
}, 180_000);

afterAll(async () => {
	await identity?.pool.end();
	await stage?.close();
});

beforeEach(() => {
	api.forgiveAddresses();
	limitCalls(roomy);
});

// ---------------------------------------------------------------- keys and requests

async function dbOf(actor: Actor): Promise<Db> {
	const { apiUrl, publishableKey } = stage.backend;
	return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor));
}

async function keyFor(actor: Actor, ...scopes: Scope[]): Promise<string> {
	const db = await dbOf(actor);
	return api.makeKey(db, actor.organisation ?? '', { name: '用工数据平台', scopes, days: null });
}

const keyId = (key: string) =>
	one(stage.owner, 'select id from public.api_keys where prefix = $1', [key.slice(0, 9)]);

type Asked = {
	method?: string;
	headers?: Record<string, string>;
	body?: BodyInit;
	address?: string;
	params?: Record<string, string>;
};

/** Sends a request as the hook, the endpoint and the database treat it. */
async function ask(
	handler: (event: RequestEvent) => Promise<Response>,
	key: string | null,
	path: string,
	{ method = 'GET', headers = {}, body, address = '10.0.0.1', params = {} }: Asked = {}
): Promise<Response> {
	const request = new Request(`${origin}/api/v1/${path}`, {
		method,
		headers: { ...headers, ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
		...(body === undefined ? {} : { body })
	});
	const getClientAddress = () => address;
	const sender = await api.senderOf(identity, { request, getClientAddress });
	if (sender instanceof Response) return sender;

	const { apiUrl, publishableKey } = stage.backend;
	const acting = sender?.memberships[0] ?? null;
	const token = sender && (await tokenFor(identity, sender, acting));
	const locals = {
		request_id: randomUUID(),
		db: openDb({ url: apiUrl, publishableKey }, token),
		person: sender?.person ?? null,
		acting,
		api_key: sender?.key ?? null
	};
	const route = { id: '/api/v1' };
	const url = new URL(request.url);
	return handler({
		request,
		url,
		locals,
		params,
		route,
		getClientAddress
	} as unknown as RequestEvent);
}

const good = (workers = 1000) =>
	`行政区划代码,test_workers,test_signed\r\n310105,${workers},300\r\n310115,2000,700\r\n`;

function upload(key: string | null, body: BodyInit, headers: Record<string, string> = {}) {
	return ask(postSubmission, key, `submissions?dataset=test_monthly&period=${period}`, {
		method: 'POST',
		headers: { 'content-type': 'text/csv', ...headers },
		body
	});
}

const keyOf = async (answer: Response) =>
	((await answer.json()) as { error: { key: string } }).error.key;

// ---------------------------------------------------------------- keys

describe('a key', () => {
	test('is shown once and kept only as its hash', async () => {
		const key = await keyFor(administrator, 'submissions:write');
		expect(key).toMatch(/^xz_[\w-]{43}$/);
		const dump = await one(
			stage.owner,
			`select string_agg(k::text, ' ') || (select string_agg(e::text, ' ') from public.audit_events e) from public.api_keys k`
		);
		expect(dump).not.toContain(key.slice(9));
	});

	test('is made and revoked by administrators only, and seen by nobody else', async () => {
		await expect(keyFor(reporter, 'read')).rejects.toMatchObject({
			status: 403,
			body: { key: 'only_an_administrator' }
		});
		const key = await keyFor(administrator, 'read');
		await expect(
			api.revokeKey(await dbOf(rivalAdministrator), await keyId(key))
		).rejects.toMatchObject({
			body: { key: 'api_key_not_live' }
		});
		for (const other of [reporter, rivalAdministrator, secretariat, reviewer])
			expect(await api.keys(await dbOf(other), ours)).toEqual([]);
		expect((await api.keys(await dbOf(administrator), ours)).length).toBeGreaterThan(0);
	});

	test('stops at once when it is revoked', async () => {
		const key = await keyFor(administrator, 'read');
		expect((await ask(getDatasets, key, 'datasets')).status).toBe(200);
		await api.revokeKey(await dbOf(administrator), await keyId(key));
		const answer = await ask(getDatasets, key, 'datasets');
		expect(answer.status).toBe(401);
		expect(await keyOf(answer)).toBe('api_key_refused');
	});

	test('stops when its day has come', async () => {
		const key = await keyFor(administrator, 'read');
		await stage.owner.query(
			`update public.api_keys set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where prefix = $1`,
			[key.slice(0, 9)]
		);
		expect((await ask(getDatasets, key, 'datasets')).status).toBe(401);
	});

	test('is no way to more rights: its roles stay, and its end is for good', async () => {
		const key = await keyFor(administrator, 'read');
		const person = await one(
			stage.owner,
			'select person_id from public.api_keys where prefix = $1',
			[key.slice(0, 9)]
		);
		await expect(
			does(stage.owner, administrator, 'public.change_member_roles($1, $2, $3)', [
				ours,
				person,
				['admin']
			])
		).rejects.toThrow('member_is_an_api_key');
		await does(stage.owner, administrator, 'public.end_membership($1, $2)', [ours, person]);
		expect((await ask(getDatasets, key, 'datasets')).status).toBe(401);
		const revoked = await one(
			stage.owner,
			'select revoked_at from public.api_keys where prefix = $1',
			[key.slice(0, 9)]
		);
		expect(revoked).not.toBeNull();
	});

	test('tells its administrators when it was last used', async () => {
		const key = await keyFor(administrator, 'read');
		const read = async () =>
			(await api.keys(await dbOf(administrator), ours)).find(({ prefix }) =>
				key.startsWith(prefix)
			);
		expect((await read())?.last_used_at).toBeNull();
		await ask(getDatasets, key, 'datasets');
		expect((await read())?.last_used_at).not.toBeNull();
	});

	test.each([['Bearer xz_wrong'], ['Basic abc'], [`Bearer xz_${'a'.repeat(43)}`], ['']])(
		'that is wrong (%s) is refused',
		async (authorization) => {
			const answer = await ask(getDatasets, null, 'datasets', { headers: { authorization } });
			expect(answer.status).toBe(401);
		}
	);

	test('is guessed ten times a minute from one address, while right keys there go on', async () => {
		const key = await keyFor(administrator, 'read');
		expect((await ask(getDatasets, key, 'datasets', { address: '10.0.0.9' })).status).toBe(200);
		const statuses = [];
		for (let guess = 0; guess < 12; guess++) {
			const answer = await ask(getDatasets, `xz_${'b'.repeat(43)}`, 'datasets', {
				address: '10.0.0.9'
			});
			statuses.push(answer.status);
			if (answer.status === 429)
				expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		}
		expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
		expect((await ask(getDatasets, key, 'datasets', { address: '10.0.0.9' })).status).toBe(200);
	});
});

// ---------------------------------------------------------------- filing

describe("a platform's system", () => {
	let key: string;
	beforeAll(async () => {
		key = await keyFor(administrator, 'submissions:write');
	});

	test('gets the same list of problems as the page, in the language it asks for', async () => {
		const bad = `行政区划代码,test_workers,test_signed\r\n310105,abc,300\r\n310115,,700\r\n`;
		const english = await upload(key, bad, { 'accept-language': 'en-GB,zh;q=0.5' });
		expect(english.status).toBe(422);
		const body = (await english.json()) as {
			error: { key: string };
			verdict: string;
			problem_count: number;
			problems: Record<string, unknown>[];
		};
		expect(body.error.key).toBe('file_has_problems');
		expect(body.verdict).toBe('row_errors');
		expect(body.problem_count).toBe(2);
		expect(
			body.problems.map(({ cell, row, column, value }) => ({ cell, row, column, value }))
		).toEqual([
			{ cell: 'B2', row: 2, column: 'test_workers', value: 'abc' },
			{ cell: 'B3', row: 3, column: 'test_workers', value: '' }
		]);
		expect(String(body.problems[0]?.['message'])).toMatch(/[a-z]/);
		const chinese = (await (await upload(key, bad)).json()) as typeof body;
		expect(String(chinese.problems[0]?.['message'])).toMatch(/[\u4e00-\u9fff]/);
		expect(await one(stage.owner, 'select count(*)::int from public.submissions')).toBe(0);
	});

	test('gets a thousand of three thousand problems, and their true number', async () => {
		const rows = Array.from({ length: 3000 }, (_, at) => `310105,${at % 2 ? 'abc' : '-1'},300`);
		const bad = ['行政区划代码,test_workers,test_signed', ...rows].join('\r\n');
		const alone = await upload(key, bad.replaceAll(',300', ',-3'));
		const { problem_count, problems } = (await alone.json()) as {
			problem_count: number;
			problems: { cell: string; rule: string }[];
		};
		expect(alone.status).toBe(422);
		expect(problems).toHaveLength(1000);
		expect(problem_count).toBe(6000);
		// The signed workers are wrong in the same way in every row: one problem.
		expect(problems.slice(0, 3).map(({ cell, rule }) => [cell, rule])).toEqual([
			['B2', 'negative'],
			['C2:C3001', 'negative'],
			['B3', 'number_unclear']
		]);
		expect(await one(stage.owner, 'select count(*)::int from public.submissions')).toBe(0);
	});

	test.each([
		['en', 'zh-CN;q=0.5, en', /template has changed.*version 1/],
		['zh-CN', 'zh-CN', /模板已经更新.*第 1 版/]
	] as const)(
		'that files in an outdated template gets one error and the address of the right one (%s)',
		async (language, asked, words) => {
			const owed = await one(
				stage.owner,
				'select id from public.obligations where organisation_id = $1 and period = $2',
				[ours, period]
			);
			const given = await filing.templateOf(await dbOf(reporter), owed);
			const old = { ...given, dataset: { ...given.dataset, version: 0 }, language };
			const answer = await upload(
				key,
				new Uint8Array(await template.xlsx(old, { is_demo: false })),
				{
					'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
					'accept-language': asked
				}
			);
			expect(answer.status).toBe(422);
			expect(await answer.json()).toMatchObject({
				error: {
					key: 'template_out_of_date',
					message: expect.stringMatching(words) as string,
					template: `${origin}/submissions/template/${owed}?format=xlsx`
				},
				verdict: 'refused',
				problem_count: 1,
				problems: [{ rule: 'template_out_of_date', cell: '' }]
			});
			const stored = 'select count(*)::int from public.';
			expect(await one(stage.owner, `${stored}submissions`)).toBe(0);
			expect(await one(stage.owner, `${stored}entries`)).toBe(0);
		}
	);

	test('files a CSV once, however often it sends it', async () => {
		const first = await upload(key, good());
		expect(first.status).toBe(201);
		const receipt = (await first.json()) as Record<string, unknown>;
		expect(receipt).toMatchObject({ version: 1, row_count: 4, status: 'submitted' });
		expect(String(receipt['submitted_by'])).toBe('API · 用工数据平台');
		expect(first.headers.get('location')).toBe(
			`/api/v1/submissions/${String(receipt['submission'])}`
		);
		const again = await upload(key, good());
		expect(again.status).toBe(200);
		expect(await again.json()).toMatchObject({ submission: receipt['submission'], repeated: true });
	});

	test('is told that a period is excused, and files it once it is owed again', async () => {
		const excused = '2026-04';
		await does(stage.owner, secretariat, `public.open_obligations($1, 'test_monthly', $2)`, [
			council,
			excused
		]);
		const obligation = await one(
			stage.owner,
			'select id from public.obligations where organisation_id = $1 and period = $2',
			[ours, excused]
		);
		await does(stage.owner, secretariat, `public.excuse_obligation($1, '系统迁移，免报一期')`, [
			obligation
		]);
		const send = () =>
			ask(postSubmission, key, `submissions?dataset=test_monthly&period=${excused}`, {
				method: 'POST',
				headers: { 'content-type': 'text/csv', 'accept-language': 'en' },
				body: good()
			});
		const refused = await send();
		expect(refused.status).toBe(409);
		const { error } = (await refused.json()) as { error: { key: string; message: string } };
		expect(error.key).toBe('obligation_is_excused');
		expect(error.message).toContain('secretariat');
		await does(stage.owner, secretariat, `public.end_excuse($1, '系统迁移已经完成')`, [obligation]);
		expect((await send()).status).toBe(201);
	});

	test('sends one filing twenty times at once under one key, and files once', async () => {
		const before = await one<number>(stage.owner, 'select count(*)::int from public.submissions');
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => upload(key, good(1500), { 'idempotency-key': 'march-2' }))
		);
		const statuses = answers.map(({ status }) => status).toSorted();
		expect(statuses).toEqual([...Array<number>(19).fill(200), 201]);
		const named = await Promise.all(
			answers.map(async (answer) => ((await answer.json()) as { submission: string }).submission)
		);
		expect(new Set(named).size).toBe(1);
		expect(await one(stage.owner, 'select count(*)::int from public.submissions')).toBe(before + 1);
	}, 60_000);

	test('cannot use one key for two filings', async () => {
		const answer = await upload(key, good(1600), { 'idempotency-key': 'march-2' });
		expect(answer.status).toBe(409);
		expect(await keyOf(answer)).toBe('idempotency_key_reused');
	});

	test('sends the same figures as JSON', async () => {
		const entries = [
			{ measure: 'test_workers', region: '310105', value: 1700 },
			{ measure: 'test_signed', region: '310105', value: 300 },
			{ measure: 'test_workers', region: '310115', value: 2000 },
			{
				measure: 'test_signed',
				region: '310115',
				missing_reason: 'late',
				explanation: '说明：="a", 换\n行'
			}
		];
		const post = (body: unknown) =>
			upload(key, JSON.stringify(body), { 'content-type': 'application/json' });
		const filed = await post({ dataset: 'test_monthly', period, entries });
		expect(filed.status, JSON.stringify(await filed.clone().json())).toBe(201);
		const { submission, row_count } = (await filed.json()) as {
			submission: string;
			row_count: number;
		};
		expect(row_count).toBe(4);
		const explanation = await one(
			stage.owner,
			`select explanation from public.entries where submission_id = $1 and value is null`,
			[submission]
		);
		expect(explanation).toContain('="a"');

		const unread = await post({ dataset: 'test_monthly', period, entries: [{ measure: 1 }] });
		expect(unread.status).toBe(400);
		expect(((await unread.json()) as { error: { fields: unknown[] } }).error.fields).not.toEqual(
			[]
		);
		const unknown = await post({
			dataset: 'test_monthly',
			period,
			entries: [{ measure: 'nothing', region: '310105', value: 1 }]
		});
		expect(unknown.status).toBe(422);
		expect(await unknown.json()).toMatchObject({ problems: [{ row: 2, column: 'measure' }] });
	});

	test('may send a form', async () => {
		const form = new FormData();
		form.set('file', new File([good(1800)], '三月.csv'));
		form.set('dataset', 'test_monthly');
		form.set('period', period);
		const answer = await ask(postSubmission, key, 'submissions', { method: 'POST', body: form });
		expect(answer.status).toBe(201);
		expect(await answer.json()).toMatchObject({ file_name: '三月.csv' });
	});

	test.each([
		['text/plain', good(), 415, 'upload_type_not_known'],
		['application/x-www-form-urlencoded', 'a=b', 415, 'upload_type_not_known'],
		['', good(), 415, 'upload_type_not_known'],
		['application/json', '{"dataset":', 400, 'upload_not_readable'],
		['application/json', '[]', 400, 'request_not_valid'],
		['multipart/form-data; boundary=x', 'nonsense', 400, 'upload_not_readable'],
		['text/csv', new Uint8Array(33 * 1024 * 1024), 413, 'upload_too_large'],
		['application/json', new Uint8Array(9 * 1024 * 1024), 413, 'upload_too_large']
	])('is refused a body of type %s', async (type, body, status, expected) => {
		const answer = await upload(key, body as BodyInit, { 'content-type': type });
		expect(answer.status).toBe(status);
		expect(await keyOf(answer)).toBe(expected);
	});

	test('is refused what its organisation does not owe, and a period that is none', async () => {
		const post = (query: string) =>
			ask(postSubmission, key, `submissions?${query}`, {
				method: 'POST',
				headers: { 'content-type': 'text/csv' },
				body: good()
			});
		expect((await post(`dataset=test_services&period=${period}`)).status).toBe(404);
		expect((await post('dataset=test_monthly&period=2031-01')).status).toBe(404);
		expect((await post('dataset=test_monthly&period=March')).status).toBe(400);
		expect((await post('dataset=test_monthly')).status).toBe(400);
		expect((await upload(key, good(), { 'idempotency-key': 'a b' })).status).toBe(400);
	});

	test('reads its receipt, the decision, and the cells that came back', async () => {
		const filed = await upload(key, good(1900));
		const { submission } = (await filed.json()) as { submission: string };
		await does(stage.owner, reviewer, 'public.return_submission($1, $2, $3, true)', [
			submission,
			'请核对长宁区人数',
			JSON.stringify([{ position: 1, code: 'out_of_line_with_history', note: '比上月多一倍' }])
		]);
		const read = () =>
			ask(getSubmission, key, `submissions/${submission}`, { params: { id: submission } });
		const answer = await read();
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({
			id: submission,
			status: 'returned',
			accepted_measures: ['test_signed'],
			receipt: { row_count: 4 },
			reviews: [
				{
					decision: 'return',
					reason: '请核对长宁区人数',
					cells: [
						{
							cell: 'B2',
							value: 1900,
							code: 'out_of_line_with_history',
							note: '比上月多一倍',
							opens: 'cell'
						}
					]
				}
			]
		});
		const rivalKey = await keyFor(rivalAdministrator, 'submissions:write', 'read');
		const foreign = await ask(getSubmission, rivalKey, 'submissions/x', {
			params: { id: submission }
		});
		expect(foreign.status).toBe(404);
		const nonsense = await ask(getSubmission, key, 'submissions/x', { params: { id: 'x' } });
		expect(nonsense.status).toBe(404);
	});

	test('is refused a change in a cell that did not come back, by its address', async () => {
		const filed = await upload(key, good(1700));
		const { submission } = (await filed.json()) as { submission: string };
		await does(stage.owner, reviewer, 'public.return_submission($1, $2, $3)', [
			submission,
			'请核对长宁区人数',
			JSON.stringify([{ position: 1, code: 'wrong_unit', note: '请核对长宁区人数' }])
		]);
		const [header = '', first = '', ...rest] = good(1750).split('\n');
		const cells = first.split(',');
		const changed = [header, cells.with(2, '7').join(','), ...rest].join('\n');
		const refused = await upload(key, changed);
		expect(refused.status).toBe(422);
		expect(await refused.json()).toMatchObject({
			problem_count: 1,
			problems: [{ cell: 'C2', rule: 'locked_cell', value: '7' }]
		});
		expect((await upload(key, good(1750))).status).toBe(201);
	});

	test('is asked to wait after too many uploads', async () => {
		limitCalls({ requests: 1000, uploads: 2 });
		await upload(key, 'x');
		await upload(key, 'x');
		const answer = await upload(key, 'x');
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		expect((await ask(getDatasets, key, 'datasets')).status).toBe(200);
	});

	test('is asked to wait after too many requests', async () => {
		limitCalls({ requests: 2, uploads: 10 });
		await ask(getDatasets, key, 'datasets');
		await ask(getDatasets, key, 'datasets');
		expect((await ask(getDatasets, key, 'datasets')).status).toBe(429);
	});
});

// ---------------------------------------------------------------- reading

describe('a key that may only read', () => {
	let key: string;
	beforeAll(async () => {
		key = await keyFor(administrator, 'read');
	});

	test('files nothing', async () => {
		const answer = await upload(key, good());
		expect(answer.status).toBe(403);
		expect(await keyOf(answer)).toBe('api_scope_missing');
	});

	test('reads the registry page by page, and nothing twice', async () => {
		const first = await ask(getRegions, key, 'regions?within=31&level=county&per_page=5');
		expect(first.status).toBe(200);
		const { data, total } = (await first.json()) as { data: { code: string }[]; total: number };
		expect(data).toHaveLength(5);
		expect(total).toBeGreaterThan(15);
		expect(first.headers.get('link')).toContain('page=2');
		const known = await ask(getRegions, key, 'regions?within=31&level=county&per_page=5', {
			headers: { 'if-none-match': first.headers.get('etag') ?? '' }
		});
		expect(known.status).toBe(304);
		const beyond = await ask(getRegions, key, 'regions?within=31&level=county&page=900');
		expect(await beyond.json()).toMatchObject({ data: [] });

		const datasets = (await (await ask(getDatasets, key, 'datasets?kind=platform')).json()) as {
			data: { code: string; measures: { code: string }[] }[];
		};
		expect(
			datasets.data.find(({ code }) => code === 'test_monthly')?.measures.map(({ code }) => code)
		).toEqual(['test_workers', 'test_signed']);
		const indicators = (await (await ask(getIndicators, key, 'indicators')).json()) as {
			data: { code: string; note_zh: string | null }[];
		};
		expect(indicators.data.find(({ code }) => code === 'SZ1')?.note_zh).toBe('跨平台未去重');
		expect((await ask(getIndicators, key, 'indicators?colour=red')).status).toBe(400);
	});

	test('sees of a rival what the page shows: nothing by name', async () => {
		const { owner } = stage;
		const keys = {
			ours: await keyFor(administrator, 'submissions:write'),
			rival: await keyFor(rivalAdministrator, 'submissions:write'),
			third: await keyFor(await member(owner, third, 'admin'), 'submissions:write')
		};
		for (const [sent, workers] of Object.entries({ ours: 2100, rival: 2200, third: 2300 })) {
			const filed = await upload(keys[sent as keyof typeof keys], good(workers));
			const { submission } = (await filed.json()) as { submission: string };
			await does(owner, reviewer, 'public.accept_submission($1)', [submission]);
		}
		const observations = `observations?indicator=TEST2&period=${period}`;
		const answer = await ask(getObservations, key, observations);
		expect(answer.status).toBe(200);
		const { data } = (await answer.json()) as {
			data: {
				scope: string;
				organisation_id: string | null;
				value: number | null;
				period: string;
			}[];
		};
		expect(data.map(({ scope }) => scope).toSorted()).toEqual(['own', 'total']);
		expect(data[0]).toMatchObject({ note_zh: null, group: null });
		const { rows: shown } = await as(owner, { ...administrator }, (client) =>
			client.query<{ scope: string; value: string | null }>(
				`select scope, value from public.indicator_series($1, 'TEST2', null, '2026-03-01', '2026-03-01') where period = $2`,
				[council, period]
			)
		);
		const plain = (found: { scope: string; value: unknown }[]) =>
			found
				.map(({ scope, value }) => `${scope} ${value === null ? '-' : Number(value)}`)
				.toSorted();
		expect(plain(data)).toEqual(plain(shown));

		const csv = await ask(getObservations, key, observations, { headers: { accept: 'text/csv' } });
		expect(csv.headers.get('content-type')).toContain('text/csv');
		const text = await csv.text();
		expect(text.split('\r\n')[0]).toContain('indicator,period,region,scope');
		expect(text).not.toContain('rival');
		expect((await ask(getObservations, keys.ours, observations)).status).toBe(403);

		// As if all three had filed riders, and ours by mode too.
		await owner.query(
			`insert into private.group_totals (council_id, measure_code, period, region_code, organisation_id, occupation, employment_mode, value)
			 select council_id, measure_code, period, region_code, organisation_id, 'rider', case organisation_id when $2 then 'dedicated' else '' end, value
			 from public.totals where period = $1 and measure_code = 'test_workers' and occupation = ''`,
			[period, administrator.organisation]
		);
		await owner.query('delete from private.group_editions where period = $1', [period]);
		await owner.query('select private.keep_finished_groups($1, $2)', [council, period]);
		const by = async (dimension: string) => {
			const found = await ask(getObservations, key, `${observations}&by=${dimension}`);
			const { data } = (await found.json()) as { data: Record<string, unknown>[] };
			return data.filter(({ scope }) => scope === dimension);
		};
		expect(await by('occupation')).toMatchObject([
			{
				group: 'rider',
				group_zh: '外卖配送员（骑手）',
				group_share: 1,
				contributors: 3,
				hidden: null
			}
		]);
		expect(await by('employment_mode')).toMatchObject([
			{ group: 'dedicated', value: null, hidden: 'too_few_contributors', own_value: 4100 },
			{ group: '', group_zh: null, value: null, hidden: 'too_few_contributors', own_value: null }
		]);
		expect((await ask(getObservations, key, `${observations}&by=colour`)).status).toBe(400);
		const divided = await ask(getObservations, key, `${observations}&by=occupation&format=csv`);
		expect(await divided.text()).toMatch(
			/,occupation,.*,rider,外卖配送员（骑手）,Delivery rider,1,/
		);
		expect(
			(await ask(getObservations, key, `observations?indicator=NONE&period=${period}`)).status
		).toBe(404);
	}, 30_000);
});

describe('a stranger', () => {
	test('gets nothing without a key', async () => {
		for (const handler of [getDatasets, getIndicators, getRegions, getObservations, getSubmission])
			expect((await ask(handler, null, 'datasets')).status).toBe(401);
		expect((await upload(null, good())).status).toBe(401);
	});
});
