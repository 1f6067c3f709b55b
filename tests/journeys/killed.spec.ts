import { createHash, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Client } from 'pg';
import { counts } from '../counts.ts';
import { member, one, organisation } from '../database/council.ts';
import { seeded } from '../seeded.ts';
import { startOwn, type OwnInstance } from './instance.ts';

// A platform's system files while processes are killed at random moments, and sends again under the same idempotency
// key until it has a receipt: what was acknowledged stands, nothing is half there, nothing is there twice.

const { kills } = counts;
const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
const dataset = 'platform_labour_monthly';
const region = '51';

const random = seeded(seed);
const token = `xz_${'k'.repeat(43)}`;
let own: OwnInstance;
let obligations: { id: string; period: string }[];
let file: { bytes: Buffer; entries: number };
/** How long one filing takes when nothing dies, and what it leaves. */
let undisturbed: { milliseconds: number; values_sha256: string };

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
	test.setTimeout(300_000);
	console.log(`killed: seed ${seed}`);
	own = await startOwn({
		DEMO: '0',
		API_REQUESTS_PER_MINUTE: '100000',
		API_UPLOADS_PER_MINUTE: '100000'
	});
	await prepare();
	const begin = performance.now();
	const { status, receipt } = await send(take());
	expect(status).toBe(201);
	undisturbed = {
		milliseconds: performance.now() - begin,
		values_sha256: receipt?.values_sha256 ?? ''
	};
});

test.afterAll(async () => {
	expect(await own.stop()).toBe(0);
});

for (const part of ['app', 'postgres', 'api'])
	test(`when ${part} is killed while a file is on its way, the sender's retries end in exactly one filing`, async () => {
		const times = part === 'api' ? Math.ceil(kills / 4) : kills;
		test.setTimeout(30_000 + times * 60_000);
		const ready: number[] = [];
		const others = othersThan(part);
		let acknowledged = 0;
		for (let time = 0; time < times; time++) {
			const owed = take();
			const first = send(owed).catch(() => null);
			await pause(random() * 1.2 * undisturbed.milliseconds);
			const dead = own.connection().pids[part] ?? 0;
			process.kill(dead, 'SIGKILL');
			const killed = performance.now();
			await until(async () => own.connection().pids[part] !== dead && (await isReady()));
			ready.push(performance.now() - killed);

			const answer = await first;
			if (answer?.receipt) acknowledged++;
			// Before anybody asks again: whole, or not there.
			const before = await filed(owed.id);
			expect(before).toHaveLength(answer?.receipt ? 1 : before.length);
			for (const one of before) expect(one).toMatchObject({ entries: file.entries });

			const receipt = await sendUntilAcknowledged(owed);
			if (answer?.receipt) expect(receipt.submission).toBe(answer.receipt.submission);
			expect(await filed(owed.id)).toEqual([
				{
					id: receipt.submission,
					status: 'submitted',
					version: 1,
					entries: file.entries,
					row_count: file.entries,
					values_sha256: undisturbed.values_sha256,
					times_recorded: 1
				}
			]);
			expect(await drafts(owed.id)).toBe(0);
		}
		expect(othersThan(part)).toEqual(others);
		const sorted = ready.toSorted((a, b) => a - b);
		console.log(
			`killed: ${part} ${times} times, ${acknowledged} of the filings acknowledged before; ready again after ` +
				`${Math.round(sorted[Math.floor(times / 2)] ?? 0)} ms (median), ${Math.round(sorted.at(-1) ?? 0)} ms (worst)`
		);
	});

/** The processes of the other parts, which nobody killed. */
function othersThan(part: string): [string, number][] {
	return Object.entries(own.connection().pids).filter(([name]) => name !== part);
}

// ---------------------------------------------------------------- the sender

type Owed = { id: string; period: string };
type Receipt = { submission: string; values_sha256: string };

function take(): Owed {
	const owed = obligations.pop();
	if (!owed) throw new Error('no obligation is left');
	return owed;
}

async function send({
	id,
	period
}: Owed): Promise<{ status: number; receipt: Receipt | null; body: unknown }> {
	const answer = await fetch(
		`${own.address}/api/v1/submissions?dataset=${dataset}&period=${period}&file_name=file.csv`,
		{
			method: 'POST',
			headers: {
				authorization: `Bearer ${token}`,
				'content-type': 'text/csv',
				'idempotency-key': `filing-${id}`
			},
			body: new Uint8Array(file.bytes)
		}
	);
	const body = (await answer.json()) as Receipt;
	return { status: answer.status, receipt: answer.ok ? body : null, body };
}

/** As a careful program does: again after a broken connection, and after an answer that says "later". */
async function sendUntilAcknowledged(owed: Owed): Promise<Receipt> {
	let last: unknown;
	for (let attempt = 0; attempt < 100; attempt++) {
		const answer = await send(owed).catch(() => null);
		if (answer?.receipt) return answer.receipt;
		last = answer;
		if (answer && ![409, 503].includes(answer.status)) break;
		await pause(100);
	}
	throw new Error(`never acknowledged: ${JSON.stringify(last)}`);
}

async function isReady(): Promise<boolean> {
	const answer = await fetch(`${own.address}/healthz`).catch(() => null);
	return answer?.status === 200;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (Date.now() < deadline) {
		if (await holds()) return;
		await pause(20);
	}
	const said = ['instance', 'postgres'].map((part) =>
		readFileSync(join(own.dataDir, 'logs', `${part}.log`), 'utf8').slice(-1500)
	);
	throw new Error(`it did not come back:\n${said.join('\n')}`);
}

// ---------------------------------------------------------------- what is there

const filed = (obligation: string) =>
	own.asOwner(async (client) => {
		const { rows } = await client.query<Record<string, unknown>>(
			`select s.id, s.status, s.version, s.row_count, s.values_sha256,
			        (select count(*)::int from public.entries e where e.submission_id = s.id) as entries,
			        (select count(*)::int from public.audit_events a where a.verb = 'submit' and a.subject_id = s.id::text) as times_recorded
			 from public.submissions s where s.obligation_id = $1 and s.status <> 'draft'`,
			[obligation]
		);
		return rows;
	});

const drafts = (obligation: string) =>
	own.asOwner((client) =>
		one<number>(
			client,
			`select count(*)::int from public.submissions where obligation_id = $1 and status = 'draft'`,
			[obligation]
		)
	);

/** A platform with a key, as many open obligations as there are kills, and a file of 10,000 values. */
async function prepare(): Promise<void> {
	await own.asOwner(async (client) => {
		const government = await organisation(client, 'government', 'regulator', region);
		const platform = await organisation(client, 'platform', 'platform', region);
		const council = await one(
			client,
			`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', $1, $2) returning id`,
			[region, government]
		);
		await client.query(
			`insert into public.council_seats (council_id, organisation_id, standing, since) select $1, unnest($2::uuid[]), 'voting', '2000-01-01'`,
			[council, [government, platform]]
		);
		const { person } = await member(client, platform, 'reporter');
		await client.query(
			`insert into public.api_keys (organisation_id, name, prefix, token_hash, scopes, person_id, created_by)
			 values ($1, 'system', $2, $3, '{submissions:write,read}', $4, $4)`,
			[platform, token.slice(0, 9), createHash('sha256').update(token).digest('hex'), person]
		);
		const made = await client.query<Owed>(
			`insert into public.obligations (council_id, dataset_code, organisation_id, period, opens_on, due_on)
			 select $1, $2, $3, to_char(date '2015-01-01' + make_interval(months => n), 'YYYY-MM'), '2015-01-01', '2015-01-01'
			 from generate_series(0, $4) n returning id, period`,
			[council, dataset, platform, 3 * kills + 1]
		);
		obligations = made.rows;
		file = await largeFile(client);
	});
}

async function largeFile(client: Client) {
	const codes = (sql: string) =>
		one<string[]>(client, `select array_agg(code order by code) from (${sql}) x`);
	const measures = await codes(
		`select measure_code as code from public.dataset_measures where dataset_code = '${dataset}'`
	);
	const places = await codes(
		`select code from public.regions where level = 'county' and code like '${region}%' and valid_to is null`
	);
	const occupations = await codes('select code from public.occupations');
	const lines = ['region_code,occupation,measure,value'];
	for (const place of places)
		for (const occupation of occupations)
			for (const measure of measures) {
				if (lines.length > 10_000) break;
				lines.push(`${place},${occupation},${measure},${values[measure] ?? 100}`);
			}
	return { bytes: Buffer.from(`${lines.join('\n')}\n`), entries: lines.length - 1 };
}

/** Where 100 would break a rule of the dataset. */
const values: Record<string, number> = {
	active_workers: 900,
	headcount_first_day: 900,
	headcount_last_day: 900,
	labour_relation_workers: 300,
	partial_relation_workers: 300,
	civil_relation_workers: 300,
	orders_completed: 90_000,
	mean_commission_rate: 15.25,
	median_net_hourly_income: 25.5
};
