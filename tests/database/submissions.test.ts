import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Client } from 'pg';
import { openDb, refusalOf, type Db } from '#lib/server/db.ts';
import { batchesOf } from '#lib/server/sheets/batches.ts';
import * as filing from '#lib/server/filing.ts';
import * as submissions from '#lib/server/submissions.ts';
import type { Entry as CheckedEntry } from '#lib/filing/entry.ts';
import {
	as,
	convened,
	does,
	entryColumns,
	file,
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

// The life of a filing: what is refused leaves nothing behind, what is acknowledged stands, and figures count only
// when somebody else accepted them.

let stage: Stage;
let owner: Client;
let council: string;
let occupations: string[];
let modes: string[];
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;

beforeAll(async () => {
	stage = await openStage('submissions');
	owner = stage.owner;
	await registry(owner);
	occupations = await one(
		owner,
		'select array_agg(code order by position) from public.occupations'
	);
	modes = await one(owner, 'select array_agg(code order by position) from public.employment_modes');
	const seats: [string, string, string][] = [
		['city', 'government', '31'],
		['district', 'government', '310105'],
		['other_district', 'government', '310115'],
		['ours', 'platform', '31'],
		['rival', 'platform', '31'],
		['office', 'community', '310105001']
	];
	for (const [name, kind, region] of seats) {
		ids[name] = await organisation(owner, kind, name, region);
		people[name] = await member(
			owner,
			the(name),
			...(kind === 'government' ? ['reviewer'] : ['reporter'])
		);
	}
	people.secretariat = await member(owner, the('city'), 'admin');
	people.colleague = await member(owner, the('ours'), 'reporter');
	people.viewer = await member(owner, the('ours'), 'viewer');
	council = await convened(owner, '31', ...seats.map(([name]) => the(name)));
	await neverLocks(owner, council);
}, 180_000);

afterAll(() => stage?.close());

/** No entry without its submission, measure, region, occupation and mode, whatever a test did. */
afterEach(async () => {
	const { rows } = await owner.query(`
		select e.submission_id, e.position from public.entries e
		where not exists (select from public.submissions s where s.id = e.submission_id)
		union all
		select e.submission_id, e.position from public.entries e
		join public.submissions s on s.id = e.submission_id and s.status <> 'draft'
		where e.measure_code not in (select code from public.measures) or e.region_code not in (select code from public.regions)
			or e.occupation <> '' and e.occupation not in (select code from public.occupations)
			or e.employment_mode <> '' and e.employment_mode not in (select code from public.employment_modes)`);
	expect(rows).toEqual([]);
});

let months = 0;
/** The obligation of an organisation for a month that no other test uses. */
async function owed(name: string, dataset = 'test_monthly'): Promise<string> {
	const period = `${2015 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
	months += 1;
	await does(owner, actor('secretariat'), 'public.open_obligations($1, $2, $3)', [
		council,
		dataset,
		period
	]);
	return one(
		owner,
		'select id from public.obligations where organisation_id = $1 and period = $2 and dataset_code = $3',
		[the(name), period, dataset]
	);
}

type Entry = {
	measure?: string;
	region?: string;
	occupation?: string;
	mode?: string;
	value?: unknown;
};
type Receipt = { submission: string; status: string; version?: number; repeated?: boolean };

const start = (
	who: string,
	obligation: string,
	sha = hash(randomUUID()),
	key: string | null = null
) =>
	does<Receipt>(owner, actor(who), `public.start_submission($1, '月报.csv', $2, 100, $3)`, [
		obligation,
		sha,
		key
	]);

const hash = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

const left = async (obligation: string) => {
	const { rows } = await owner.query(
		`select s.status, (select count(*)::int from public.entries e where e.submission_id = s.id) as entries
		 from public.submissions s where s.obligation_id = $1`,
		[obligation]
	);
	return rows as unknown[];
};

const columns = (entries: Entry[]) =>
	entryColumns(
		entries.map((entry) => ({
			measure: 'test_workers',
			region: '310105',
			value: 10,
			...entry
		}))
	);

const add = (who: string, submission: string, entries: Entry[], first = 1) =>
	does<number>(owner, actor(who), 'public.add_entries($1, $2, $3)', [
		submission,
		columns(entries),
		first
	]);

const submit = (who: string, submission: string, expected: number | null, warnings = '[]') =>
	does<Receipt>(owner, actor(who), 'public.submit_submission($1, $2, $3)', [
		submission,
		expected,
		warnings
	]);

const accept = (who: string, submission: string) =>
	does(owner, actor(who), 'public.accept_submission($1)', [submission]);
const sendBack = (who: string, submission: string, reason: string | null, marks = '[]') =>
	does(owner, actor(who), 'public.return_submission($1, $2, $3)', [submission, reason, marks]);

const both: Entry[] = [{ measure: 'test_workers' }, { measure: 'test_signed', value: 4 }];
const small = (value = 10): [string, string, number][] => [
	['test_workers', '310105', value],
	['test_signed', '310105', 4]
];

const statusOf = (submission: string) =>
	one(owner, 'select status from public.submissions where id = $1', [submission]);

async function rpc(
	who: string,
	name: string,
	body: unknown
): Promise<{ status: number; body: unknown }> {
	const answer = await fetch(`${stage.backend.apiUrl}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: {
			apikey: stage.backend.publishableKey,
			authorization: `Bearer ${await tokenOf(stage.backend, actor(who))}`,
			'content-type': 'application/json'
		},
		body: JSON.stringify(body)
	});
	return { status: answer.status, body: await answer.json() };
}

/** As the check of a file gives them. */
const checked: CheckedEntry[] = both.map((entry, at) => ({
	measure_code: entry.measure ?? '',
	region_code: entry.region ?? '310105',
	occupation: '',
	employment_mode: '',
	value: Number(entry.value ?? 10),
	missing_reason: null,
	explanation: null,
	row: at + 3,
	cell: `D${at + 3}`
}));

async function dbOf(who: string) {
	const { apiUrl, publishableKey } = stage.backend;
	return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor(who)));
}

describe('a draft', () => {
	test('is seen by its organisation only, and filled by the person who began it only', async () => {
		const { submission } = await start('ours', await owed('ours'));
		await add('ours', submission, both);
		const seen = (who: string) =>
			as(owner, actor(who), (client) =>
				one(client, 'select count(*)::int from public.entries where submission_id = $1', [
					submission
				])
			);
		expect(await seen('viewer')).toBe(2);
		for (const who of ['city', 'district', 'rival', 'secretariat'])
			expect(await seen(who), who).toBe(0);
		for (const who of ['colleague', 'viewer', 'rival', 'city']) {
			await expect(add(who, submission, both), who).rejects.toThrow(
				'submission_not_open_for_entries'
			);
			await expect(submit(who, submission, 2), who).rejects.toThrow('submission_not_found');
		}
		await expect(accept('city', submission)).rejects.toThrow('submission_not_found');
		expect(await submit('ours', submission, 2)).toMatchObject({ status: 'submitted', version: 1 });
		await expect(add('ours', submission, both)).rejects.toThrow('submission_not_open_for_entries');
		expect(await seen('city')).toBe(2);
		expect(await seen('district')).toBe(0);
		expect(await seen('rival')).toBe(0);
	});

	test('is begun by a reporter of the organisation that owes it, and by nobody else', async () => {
		const obligation = await owed('ours');
		for (const who of ['viewer', 'rival', 'city', 'secretariat'])
			await expect(start(who, obligation), who).rejects.toThrow('obligation_not_found');
		await expect(start('ours', obligation, 'not a hash')).rejects.toThrow('submission_not_valid');
	});
});

describe('a filing that is cancelled', () => {
	test('is taken away with its values by the person who began it, and what is filed stays', async () => {
		const obligation = await owed('ours');
		const { submission } = await start('ours', obligation);
		await add('ours', submission, both);
		const abandon = (who: string) =>
			does(owner, actor(who), 'public.abandon_submission($1)', [submission]);
		for (const who of ['colleague', 'viewer', 'rival', 'city'])
			await expect(abandon(who), who).rejects.toThrow('submission_not_open_for_entries');
		await abandon('ours');
		expect(await left(obligation)).toEqual([]);
		expect(
			await one(owner, 'select count(*)::int from public.entries where submission_id = $1', [
				submission
			])
		).toBe(0);
		await expect(add('ours', submission, both)).rejects.toThrow('submission_not_open_for_entries');

		const filed = await start('ours', obligation);
		await add('ours', filed.submission, both);
		await submit('ours', filed.submission, 2);
		await expect(
			does(owner, actor('ours'), 'public.abandon_submission($1)', [filed.submission])
		).rejects.toThrow('submission_not_open_for_entries');
		expect(await left(obligation)).toEqual([{ status: 'submitted', entries: 2 }]);
	});

	test('while its values are stored leaves nothing, and the same file can be filed again', async () => {
		const [db, obligation] = [await dbOf('ours'), await owed('ours')];
		const file = { name: 'a.csv', size: 10, sha256: hash(randomUUID()) };
		const batches = checked.flatMap((entry, at) =>
			batchesOf([entry]).map((batch) => ({ ...batch, first: at + 1 }))
		);
		// Before anything is stored, while the first batches travel, and between batches.
		for (const when of [0, 1, 2]) {
			const cancel = new AbortController();
			const reason = { status: 409, key: 'upload_cancelled' };
			const told: string[] = [];
			if (when === 0) cancel.abort(reason);
			const watcher = {
				tell: ({ phase }: { phase: string }) => {
					if (told.push(phase) === when) cancel.abort(reason);
				},
				cancelled: cancel.signal
			};
			await expect(filing.submit(db, obligation, file, batches, [], watcher)).rejects.toBe(reason);
			expect(told).not.toContain('filing');
			expect(await left(obligation), String(when)).toEqual([]);
		}
		const phases: string[] = [];
		const receipt = await filing.submit(db, obligation, file, batches, [], {
			tell: ({ phase }) => phases.push(phase),
			cancelled: new AbortController().signal
		});
		expect(receipt).toMatchObject({ version: 1, row_count: 2 });
		expect(receipt.repeated).toBeUndefined();
		expect(phases).toEqual(['storing', 'storing', 'filing']);
		expect(await left(obligation)).toEqual([{ status: 'submitted', entries: 2 }]);
	});
});

describe('a form', () => {
	const save = (who: string, obligation: string, fields: unknown, revision: number) =>
		does<{ revision: number; saved_at: string }>(
			owner,
			actor(who),
			'public.save_form_draft($1, $2, $3)',
			[obligation, JSON.stringify(fields), revision]
		);
	const typed = (value: string) => ({ value, reason: '', explanation: '' });
	const fieldsOf = (obligation: string) =>
		one<Record<string, unknown>>(
			owner,
			'select fields from public.form_drafts where obligation_id = $1',
			[obligation]
		);
	const workers = 'test_workers|310105||';
	const signed = 'test_signed|310105||';

	test('a colleague goes on with it, and saves over nothing that was saved meanwhile', async () => {
		const obligation = await owed('ours');
		expect(await save('ours', obligation, { [workers]: typed('12') }, 0)).toMatchObject({
			revision: 1
		});
		expect(await save('colleague', obligation, { [signed]: typed('4') }, 1)).toMatchObject({
			revision: 2
		});
		expect(await fieldsOf(obligation)).toEqual({ [workers]: typed('12'), [signed]: typed('4') });

		for (const revision of [0, 1])
			await expect(save('ours', obligation, { [signed]: typed('5') }, revision)).rejects.toThrow(
				'form_draft_changed'
			);
		expect(await fieldsOf(obligation)).toMatchObject({ [signed]: typed('4') });
		await save('ours', obligation, { [signed]: typed('5') }, 2);
		expect(await fieldsOf(obligation)).toMatchObject({ [signed]: typed('5') });
	});

	test('is seen and saved by reporters of its organisation only', async () => {
		const obligation = await owed('ours');
		await save('ours', obligation, { [workers]: typed('12') }, 0);
		const seen = (who: string) =>
			as(owner, actor(who), (client) =>
				one<number>(
					client,
					'select count(*)::int from public.form_drafts where obligation_id = $1',
					[obligation]
				)
			);
		expect(await seen('colleague')).toBe(1);
		for (const who of ['viewer', 'rival', 'city', 'secretariat']) {
			expect(await seen(who), who).toBe(0);
			await expect(save(who, obligation, {}, 1), who).rejects.toThrow('obligation_not_found');
			await does(owner, actor(who), 'public.discard_form_draft($1, 1)', [obligation]);
		}
		expect(await seen('ours')).toBe(1);
	});

	test('is taken away at the revision that was filed, and not when somebody saved since', async () => {
		const obligation = await owed('ours');
		const discard = (revision: number) =>
			does<boolean>(owner, actor('ours'), 'public.discard_form_draft($1, $2)', [
				obligation,
				revision
			]);
		await save('ours', obligation, { [workers]: typed('12') }, 0);
		await save('colleague', obligation, { [workers]: typed('13') }, 1);
		expect(await discard(1)).toBe(false);
		expect(await fieldsOf(obligation)).toEqual({ [workers]: typed('13') });
		expect(await discard(2)).toBe(true);
		expect(await discard(2)).toBe(false);
	});

	test('refuses what is no form', async () => {
		const obligation = await owed('ours');
		for (const fields of [[], 'x', { workers: typed('1') }, { [workers]: '1' }])
			await expect(save('ours', obligation, fields, 0)).rejects.toThrow('form_draft_not_valid');
		const much = { [workers]: typed('1'.repeat(600_000)) };
		await expect(save('ours', obligation, much, 0)).rejects.toThrow('form_draft_not_valid');
	});
});

describe('the same file', () => {
	test('the same file read otherwise, with a cell corrected, is another filing', async () => {
		const sha = hash(randomUUID());
		const obligation = await owed('ours');
		const file = (reading: string) =>
			does<Receipt>(
				owner,
				actor('ours'),
				`public.start_submission($1, '月报.csv', $2, 100, null, $3)`,
				[obligation, sha, reading]
			);
		const first = await file('');
		await add('ours', first.submission, both);
		await submit('ours', first.submission, 2);
		expect(await file('')).toMatchObject({ submission: first.submission, repeated: true });
		expect(await file(hash('D3 corrected'))).toMatchObject({ status: 'draft' });
	});

	test('sent again changes nothing and is answered with the first receipt', async () => {
		const obligation = await owed('ours');
		const { submission } = await start('ours', obligation, hash('one file'));
		await add('ours', submission, both);
		const first = await submit('ours', submission, 2);
		expect(await start('colleague', obligation, hash('one file'))).toEqual({
			...first,
			repeated: true
		});
		expect(await submit('ours', submission, 2)).toEqual({ ...first, repeated: true });
		expect(
			await one(owner, 'select count(*)::int from public.submissions where obligation_id = $1', [
				obligation
			])
		).toBe(1);
	});

	test('sent twenty times at once over the API is filed once', async () => {
		const obligation = await owed('ours');
		const send = async () => {
			const begun = await rpc('ours', 'start_submission', {
				obligation,
				file_name: 'a.csv',
				file_sha256: hash('twenty'),
				file_size: 10
			});
			const { submission } = begun.body as Receipt;
			if ((begun.body as Receipt).repeated) return begun.body as Receipt;
			await rpc('ours', 'add_entries', {
				submission,
				entries: JSON.parse(columns(both)) as unknown
			});
			return (await rpc('ours', 'submit_submission', { submission, expected: 2, warnings: [] }))
				.body as Receipt;
		};
		const receipts = await Promise.all(Array.from({ length: 20 }, send));
		expect(new Set(receipts.map(({ submission }) => submission)).size).toBe(1);
		expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
		const { rows } = await owner.query(
			'select version, status from public.submissions where obligation_id = $1',
			[obligation]
		);
		expect(rows).toEqual([{ version: 1, status: 'submitted' }]);
	}, 30_000);

	test('under one key is filed once; the key serves no other file', async () => {
		const obligation = await owed('ours');
		const begun = await start('ours', obligation, hash('keyed'), 'key 1');
		await add('ours', begun.submission, both);
		// The upload broke off: the same key begins anew with an empty draft, for a colleague too.
		const anew = await start('colleague', obligation, hash('keyed'), 'key 1');
		expect(anew.submission).not.toBe(begun.submission);
		await add('colleague', anew.submission, both);
		const receipt = await submit('colleague', anew.submission, 2);
		expect(await start('ours', obligation, hash('keyed'), 'key 1')).toEqual({
			...receipt,
			repeated: true
		});
		await expect(start('ours', obligation, hash('other'), 'key 1')).rejects.toThrow(
			'idempotency_key_reused'
		);
	});
});

test('batches of one filing come side by side, in any order, and each position once', async () => {
	const { submission } = await start('ours', await owed('ours'));
	await Promise.all([
		add('ours', submission, [{ measure: 'test_signed', value: 4 }], 2),
		add('ours', submission, [{}], 1)
	]);
	await expect(add('ours', submission, [{}], 2)).rejects.toThrow('submission_under_way');
	for (const first of [null, 2_147_483_647])
		await expect(
			does(owner, actor('ours'), 'public.add_entries($1, $2, $3)', [
				submission,
				columns(both),
				first
			])
		).rejects.toThrow('entries_not_valid');
	await submit('ours', submission, 2);
	const { rows } = await owner.query(
		'select position, measure_code from public.entries where submission_id = $1 order by position',
		[submission]
	);
	expect(rows).toEqual([
		{ position: 1, measure_code: 'test_workers' },
		{ position: 2, measure_code: 'test_signed' }
	]);
});

describe('two attempts under one key', () => {
	const key = () => randomUUID();

	test('never mix their entries: those of the first are refused once the second began', async () => {
		const [obligation, mine] = [await owed('ours'), key()];
		const first = await start('ours', obligation, hash(mine), mine);
		await add('ours', first.submission, both);
		const second = await start('ours', obligation, hash(mine), mine);
		await expect(add('ours', first.submission, both)).rejects.toThrow(
			'submission_not_open_for_entries'
		);
		await expect(submit('ours', first.submission, 2)).rejects.toThrow('submission_not_found');
		await add('ours', second.submission, both);
		expect(await submit('ours', second.submission, 2)).toMatchObject({ row_count: 2 });
		expect(
			await one(owner, 'select count(*)::int from public.entries where submission_id = $1', [
				first.submission
			])
		).toBe(0);
	});

	test('that run at the same moment in several processes end in one filing, and the others are told', async () => {
		for (let round = 0; round < 8; round++) {
			const [obligation, mine] = [await owed('ours'), key()];
			const file = { name: 'a.csv', size: 10, sha256: hash(mine), key: mine };
			const attempts = await Promise.allSettled(
				Array.from({ length: 6 }, async () => {
					const db = await dbOf('ours');
					return filing.submit(db, obligation, file, batchesOf(checked), []);
				})
			);
			const receipts = attempts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
			expect(new Set(receipts.map(({ submission }) => submission)).size).toBe(1);
			for (const attempt of attempts)
				if (attempt.status === 'rejected')
					expect(refusalOf(attempt.reason)).toEqual({ status: 409, key: 'submission_under_way' });
			const { rows } = await owner.query(
				`select s.status, s.row_count, (select count(*)::int from public.entries e where e.submission_id = s.id) as entries
				 from public.submissions s where s.obligation_id = $1`,
				[obligation]
			);
			expect(rows).toEqual([{ status: 'submitted', row_count: 2, entries: 2 }]);
		}
	});
});

describe('one file that a page, a form or a system sends several times at once', () => {
	const bytes = Buffer.from(
		'行政区划代码,test_workers,test_signed\r\n310105,1000,300\r\n310115,2000,700\r\n'
	);
	const arrived = (db: Db, obligation: string) =>
		submissions
			.obligation(db, obligation)
			.then((owing) => filing.check(db, owing, { name: 'a.csv', bytes }));

	test('is filed once, and each gets the receipt', async () => {
		const [db, obligation] = [await dbOf('ours'), await owed('ours')];
		const receipts = await Promise.all(
			Array.from({ length: 6 }, async () => filing.file(db, await arrived(db, obligation)))
		);
		expect(new Set(receipts.map(({ submission }) => submission)).size).toBe(1);
		expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
		expect(receipts[0]).toMatchObject({ version: 1, file_sha256: hash(bytes), row_count: 4 });
		expect(await left(obligation)).toEqual([{ status: 'submitted', entries: 4 }]);
	});

	test('is not filed by whoever cancels while it waits for the others', async () => {
		const [db, obligation] = [await dbOf('ours'), await owed('ours')];
		const cancel = new AbortController();
		const watcher = { tell: () => expect.fail('it began'), cancelled: cancel.signal };
		const checking = await arrived(db, obligation);
		const first = filing.file(db, checking);
		const second = filing.file(db, checking, { watcher });
		const reason = { status: 409, key: 'upload_cancelled' };
		cancel.abort(reason);
		await expect(second).rejects.toBe(reason);
		expect((await first).version).toBe(1);
	});

	test('is not filed while something in it is not right', async () => {
		const [db, obligation] = [await dbOf('ours'), await owed('ours')];
		const owing = await submissions.obligation(db, obligation);
		const wrong = Buffer.from('行政区划代码,test_workers,test_signed\r\n310105,many,300\r\n');
		const checking = await filing.check(db, owing, { name: 'a.csv', bytes: wrong });
		expect(checking).toMatchObject({ ready: false, checked: { verdict: 'row_errors' } });
		await expect(filing.file(db, checking)).rejects.toThrow('only what is ready');
		expect(await left(obligation)).toEqual([]);
	});
});

test('what interrupted uploads of others left behind goes with the next filing of anybody', async () => {
	const { submission } = await start('ours', await owed('ours'), undefined, 'abandoned');
	await add('ours', submission, both);
	const fresh = await start('ours', await owed('ours'));
	await owner.query(
		`update public.submissions set created_at = now() - interval '2 hours' where id = $1`,
		[submission]
	);
	await start('rival', await owed('rival'));
	expect(
		await one(
			owner,
			'select array_agg(id) from public.submissions where id = any ($1) and status = $2',
			[[submission, fresh.submission], 'draft']
		)
	).toEqual([fresh.submission]);
	expect(
		await one(owner, 'select count(*)::int from public.entries where submission_id = $1', [
			submission
		])
	).toBe(0);
});

describe('a filing that does not hold', () => {
	const refused: [string, Entry[], string][] = [
		['with a measure nobody knows', [...both, { measure: 'unheard' }], 'entries_not_in_dataset'],
		[
			'with a measure of another dataset',
			[...both, { measure: 'test_visits' }],
			'entries_not_in_dataset'
		],
		[
			'for a region outside of the jurisdiction',
			[...both, { region: '330106' }],
			'entries_not_in_dataset'
		],
		['for a region that does not exist', [...both, { region: '310999' }], 'entries_not_in_dataset'],
		['for a withdrawn region', [...both, { region: '310103' }], 'entries_not_in_dataset'],
		[
			'for a street where counties are asked',
			[...both, { region: '310105001' }],
			'entries_not_in_dataset'
		],
		[
			'for an occupation nobody knows',
			[...both, { occupation: 'unheard', region: '310115' }],
			'entries_not_in_dataset'
		],
		[
			'for a mode nobody knows',
			[...both, { mode: 'unheard', region: '310115' }],
			'entries_not_in_dataset'
		],
		['that gives a figure twice', [...both, { value: 11 }], 'entries_counted_twice'],
		['without a required measure', [{ measure: 'test_workers' }], 'required_measure_missing'],
		[
			'with fewer than no workers',
			[...both, { region: '310115', value: -1 }],
			'entries_out_of_range'
		],
		['with nothing in it', [], 'submission_not_complete']
	];
	for (const [name, entries, refusal] of refused)
		test(`${name} is refused, and nothing counts`, async () => {
			const { submission } = await start('ours', await owed('ours'));
			await add('ours', submission, entries);
			await expect(submit('ours', submission, entries.length)).rejects.toThrow(refusal);
			expect(await statusOf(submission)).toBe('draft');
		});

	test('mixing a total with its parts is refused', async () => {
		for (const parts of [
			[{}, { occupation: occupations[0] }],
			[{}, { mode: modes[0] }]
		]) {
			const { submission } = await start('ours', await owed('ours'));
			await add('ours', submission, [...parts, { measure: 'test_signed' }]);
			await expect(submit('ours', submission, 3)).rejects.toThrow('entries_counted_twice');
		}
	});

	test('of another count than announced, or of none announced, is refused', async () => {
		const { submission } = await start('ours', await owed('ours'));
		await add('ours', submission, both);
		for (const expected of [1, 3, 0, null])
			await expect(submit('ours', submission, expected)).rejects.toThrow('submission_not_complete');
		await expect(submit('ours', submission, 2, '{"not": "a list"}')).rejects.toThrow(
			'submission_not_valid'
		);
	});

	test('with numbers that are none is refused whole, in the database and in the API', async () => {
		const { submission } = await start('ours', await owed('ours'));
		for (const value of [
			'NaN',
			'Infinity',
			'-Infinity',
			'1e400',
			'1e15',
			'-1e15',
			'1e200000',
			'abc',
			''
		]) {
			await expect(
				add('ours', submission, [{}, { value, region: '310115' }]),
				value
			).rejects.toThrow('entries_not_valid');
			const answer = await rpc('ours', 'add_entries', {
				submission,
				entries: JSON.parse(columns([{ value }])) as unknown
			});
			expect(answer.status, value).toBe(422);
		}
		const given = JSON.parse(columns(both)) as Record<string, unknown>;
		for (const wrong of [
			{ measure: '{1}' },
			{ value: '{1,2,3}' },
			{ value: '1,2' },
			{ cell: undefined },
			{ region: '{98,99}' },
			{ occupation: '{NULL,NULL}' },
			{ texts: 'no list' }
		])
			await expect(
				does(owner, actor('ours'), 'public.add_entries($1, $2)', [
					submission,
					JSON.stringify({ ...given, ...wrong })
				]),
				JSON.stringify(wrong)
			).rejects.toThrow('entries_not_valid');
		expect(
			await one(owner, 'select count(*)::int from public.entries where submission_id = $1', [
				submission
			])
		).toBe(0);
	});

	test('before its period is over is refused', async () => {
		await does(
			owner,
			actor('secretariat'),
			`public.open_obligations($1, 'test_monthly', '2099-01')`,
			[council]
		);
		const obligation = await one(
			owner,
			`select id from public.obligations where period = '2099-01' and organisation_id = $1`,
			[the('ours')]
		);
		await expect(start('ours', obligation)).rejects.toThrow('obligation_not_open_yet');
	});
});

describe('acceptance', () => {
	const totals = async (submission: string, measure = 'test_workers') => {
		const { rows } = await owner.query<{ key: string; value: string }>(
			`select concat_ws(' ', region_code, nullif(occupation, '')) as key, value::float8 as value from public.totals
			 where submission_id = $1 and measure_code = $2`,
			[submission, measure]
		);
		return Object.fromEntries(rows.map(({ key, value }) => [key, Number(value)]));
	};

	test('adds up exactly, by district, for the city and by occupation', async () => {
		const [rider = '', driver = ''] = occupations;
		const [mode = '', other = ''] = modes;
		const { submission } = await start('ours', await owed('ours'));
		const entries: Entry[] = [
			{ occupation: rider, mode, value: '0.1' },
			{ occupation: rider, mode: other, value: '0.2' },
			{ occupation: driver, mode, value: 5 },
			{ occupation: rider, mode, region: '310115', value: 7 },
			{ occupation: driver, mode, region: '310115', value: null },
			{ measure: 'test_signed', value: 4 }
		];
		await add('ours', submission, entries);
		await submit('ours', submission, entries.length);
		expect(await totals(submission)).toEqual({});
		expect(await accept('city', submission)).toBe('accepted');
		expect(await totals(submission)).toEqual({
			'31': 12.3,
			'310105': 5.3,
			'310115': 7,
			[`31 ${rider}`]: 7.3,
			[`31 ${driver}`]: 5,
			[`310105 ${rider}`]: 0.3,
			[`310105 ${driver}`]: 5,
			[`310115 ${rider}`]: 7,
			[`310115 ${driver}`]: 0
		});
		expect(
			await one(
				owner,
				`select missing_count from public.totals where submission_id = $1 and region_code = '31' and occupation = '' and measure_code = 'test_workers'`,
				[submission]
			)
		).toBe(1);
	});

	test('of a corrected version replaces the figures and the version before', async () => {
		const obligation = await owed('ours');
		const first = await file(owner, actor('ours'), obligation, small());
		await accept('city', first);
		const second = await file(owner, actor('ours'), obligation, small(12));
		expect(await totals(first)).toEqual({ '31': 10, '310105': 10 });
		const third = await file(owner, actor('ours'), obligation, small(13));
		expect([await statusOf(first), await statusOf(second)]).toEqual(['accepted', 'superseded']);
		await expect(accept('city', second)).rejects.toThrow('submission_not_open_for_review');
		await accept('city', third);
		expect(await statusOf(first)).toBe('superseded');
		expect(await totals(first)).toEqual({});
		expect(await totals(third)).toEqual({ '31': 13, '310105': 13 });
		const { rows } = await as(owner, actor('city'), (client) =>
			client.query<{ measure_code: string; total: string; previous_version_total: string }>(
				'select measure_code, total::float8 as total, previous_version_total::float8 as previous_version_total from public.submission_summary($1)',
				[third]
			)
		);
		expect(rows[0]).toEqual({
			measure_code: 'test_workers',
			total: 13,
			previous_version_total: 12
		});
		await expect(accept('city', third)).rejects.toThrow('submission_not_open_for_review');
	});

	test('at the same moment by two people happens once', async () => {
		people.second_reviewer = await member(owner, the('city'), 'reviewer');
		const submission = await file(owner, actor('ours'), await owed('ours'), small());
		const answers = await Promise.all(
			['city', 'second_reviewer', 'city', 'second_reviewer', 'city'].map((who) =>
				rpc(who, 'accept_submission', { submission })
			)
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
		expect(
			await one(owner, 'select count(*)::int from public.reviews where submission_id = $1', [
				submission
			])
		).toBe(1);
	});

	test('and return are not for whoever filed it, in whatever organisation they act', async () => {
		await owner.query(
			`insert into public.members (person_id, organisation_id, roles) values ($1, $2, '{reviewer}')`,
			[actor('colleague').person, the('city')]
		);
		people.two_hats = { person: actor('colleague').person, organisation: the('city') };
		const submission = await file(owner, actor('colleague'), await owed('ours'), small());
		await expect(accept('two_hats', submission)).rejects.toThrow('nobody_reviews_their_own');
		await expect(sendBack('two_hats', submission, '请核对人数')).rejects.toThrow(
			'nobody_reviews_their_own'
		);
		const { rows } = await as(owner, actor('two_hats'), (client) =>
			client.query('select 1 from public.review_queue() where submission_id = $1', [submission])
		);
		expect(rows).toEqual([]);
		await accept('city', submission);
	});

	test('of what offices file takes a district and then the city, each once', async () => {
		const obligation = await owed('office', 'test_services');
		const submission = await file(owner, actor('office'), obligation, [
			['test_visits', '310105001', 40]
		]);
		await expect(accept('city', submission)).rejects.toThrow('another_organisation_decides_next');
		await expect(accept('other_district', submission)).rejects.toThrow('submission_not_found');
		expect(await accept('district', submission)).toBe('submitted');
		await expect(accept('district', submission)).rejects.toThrow(
			'another_organisation_decides_next'
		);
		expect(await totals(submission, 'test_visits')).toEqual({});
		expect(await accept('city', submission)).toBe('accepted');
		expect(await totals(submission, 'test_visits')).toEqual({ '31': 40, '310105': 40 });
	});
});

describe('a return', () => {
	test('needs a reason that says something, and marks that exist', async () => {
		const obligation = await owed('ours');
		const submission = await file(owner, actor('ours'), obligation, small());
		for (const reason of [null, '', '     ', '　　　　　', '\n\n\n\n\n', '改一下吧', ' 四个字 '])
			await expect(sendBack('city', submission, reason)).rejects.toThrow('return_needs_a_reason');
		for (const marks of ['[{"position": 99}]', '["1"]', '{"position": 1}'])
			await expect(sendBack('city', submission, '请核对人数', marks)).rejects.toThrow(
				'marked_cell_not_found'
			);
		expect(await statusOf(submission)).toBe('submitted');
		expect(
			await sendBack(
				'city',
				submission,
				'请核对人数',
				'[{"position": 1, "code": "other", "note": "请核对本格"}]'
			)
		).toBe('returned');
		const again = await file(owner, actor('ours'), obligation, small(11));
		expect(await accept('city', again)).toBe('accepted');
		expect(await statusOf(submission)).toBe('returned');
	});
});

describe('due dates', () => {
	const cases: [string, string, number, string][] = [
		['skip a weekend', '2026-03-31', 5, '2026-04-08'],
		['skip National Day and work on its make-up Saturday', '2025-09-30', 3, '2025-10-11'],
		['skip Spring Festival and work on its make-up days', '2026-02-13', 2, '2026-02-24'],
		['count the make-up Saturday after Spring Festival', '2026-02-27', 1, '2026-02-28'],
		['count the make-up Sunday before Spring Festival', '2025-01-25', 1, '2025-01-26'],
		['skip Labour Day', '2025-04-30', 1, '2025-05-06'],
		['skip New Year, whose Sunday is worked', '2025-12-31', 1, '2026-01-04']
	];
	for (const [name, after, days, due] of cases)
		test(name, async () => {
			expect(await one(owner, 'select private.due_date($1, $2)::text', [after, days])).toBe(due);
		});

	test('stand for each seat once, however often the period is opened', async () => {
		const open = () =>
			does(owner, actor('secretariat'), `public.open_obligations($1, 'test_monthly', '2025-09')`, [
				council
			]);
		expect([await open(), await open()]).toEqual([2, 0]);
		const { rows } = await owner.query(
			`select opens_on::text, due_on::text from public.obligations where period = '2025-09'`
		);
		expect(rows).toEqual(Array(2).fill({ opens_on: '2025-10-01', due_on: '2025-10-21' }));
		for (const period of ['2025-Q3', '2025', '2025-13', ''])
			await expect(
				does(owner, actor('secretariat'), `public.open_obligations($1, 'test_monthly', $2)`, [
					council,
					period
				])
			).rejects.toThrow('period_does_not_fit_dataset');
	});
});

describe('whatever people do in whatever order', () => {
	test('one version at most counts, totals are what it says, and no entry is left over', async () => {
		const obligation = await owed('ours');
		const step = fc.oneof(
			fc.record({ does: fc.constant('start' as const), file: fc.nat(3) }),
			fc.record({ does: fc.constantFrom('add' as const, 'bad' as const, 'submit' as const) }),
			fc.record({
				does: fc.constantFrom(
					'accept' as const,
					'return' as const,
					'revise' as const,
					'reopen' as const
				)
			})
		);
		let newest = '';
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
				for (const given of steps) {
					// Refusals are part of it.
					try {
						if (given.does === 'start')
							newest = (await start('ours', obligation, hash(`file ${given.file}`))).submission;
						else if (given.does === 'add') await add('ours', newest, both);
						else if (given.does === 'bad') await add('ours', newest, [{}, { value: 'NaN' }]);
						else if (given.does === 'submit') await submit('ours', newest, 2);
						else if (given.does === 'accept') await accept('city', newest);
						else if (given.does === 'revise')
							await does(owner, actor('ours'), `public.open_revision($1, '上期漏报人数')`, [
								obligation
							]);
						else if (given.does === 'reopen')
							await does(owner, actor('city'), `public.reopen_submission($1, '请再次核对')`, [
								newest
							]);
						else await sendBack('city', newest, '请核对人数');
					} catch (error) {
						expect((error as { code: string }).code).toMatch(/^(PT4|22P02)/);
					}
				}
				const { rows } = await owner.query<{ status: string; id: string }>(
					`select id, status from public.submissions where obligation_id = $1 and status in ('submitted', 'accepted', 'reopened')`,
					[obligation]
				);
				const accepted = rows.filter(({ status }) => status !== 'submitted');
				expect(accepted.length).toBeLessThanOrEqual(1);
				expect(rows.length - accepted.length).toBeLessThanOrEqual(1);
				const { rows: counted } = await owner.query<{ submission_id: string }>(
					`select distinct t.submission_id from public.totals t join public.submissions s on s.id = t.submission_id where s.obligation_id = $1`,
					[obligation]
				);
				expect(counted.map(({ submission_id }) => submission_id)).toEqual(
					accepted.map(({ id }) => id)
				);
			}),
			{ numRuns: 25, endOnFailure: true }
		);
	}, 60_000);
});

describe('a large filing', () => {
	test('of 100,000 entries goes in by chunks and counts to the last', async () => {
		const obligation = await owed('office', 'test_services');
		await owner.query(`update public.organisations set region_code = '31' where id = $1`, [
			the('office')
		]);
		const streets = await one<string[]>(
			owner,
			`select array_agg(code order by code) from public.regions where level = 'street' and code like '31%' and valid_to is null`
		);
		const entries: Entry[] = [];
		for (const region of streets)
			for (const occupation of occupations)
				for (const mode of modes)
					if (entries.length < 100_000)
						entries.push({ measure: 'test_visits', region, occupation, mode, value: 1 });
		const { submission } = await start('office', obligation);
		// Fewer combinations than 100,000: the rest goes to a second measure.
		await owner.query(`
			insert into public.measures (code, name_zh, name_en, unit, additive, counts_persons, description_zh, description_en)
			select 'test_more_' || n, 'x', 'x', 'test_unit', true, false, '', '' from generate_series(1, 60) n on conflict do nothing;
			insert into public.dataset_measures (dataset_code, measure_code, position, required)
			select 'test_services', 'test_more_' || n, 1 + n, false from generate_series(1, 60) n on conflict do nothing;
		`);
		const all = [...entries];
		for (let n = 1; all.length < 100_000; n++)
			all.push(
				...entries
					.slice(0, 100_000 - all.length)
					.map((entry) => ({ ...entry, measure: `test_more_${n}` }))
			);
		for (let from = 0; from < all.length; from += 20_000)
			await add('office', submission, all.slice(from, from + 20_000), from + 1);
		expect(await submit('office', submission, all.length)).toMatchObject({ row_count: 100_000 });
		expect(
			await one(owner, 'select max(position) from public.entries where submission_id = $1', [
				submission
			])
		).toBe(100_000);
	}, 60_000);
});
