import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from 'pg';
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

// A file hangs on a row of any kind, and is read by whoever may read that row. Evidence: `action-items.test.ts`.

let stage: Stage;
let owner: Client;
let council: string;
let meeting: string;
const ids: Record<string, string> = {};
const people: Record<string, Actor> = {};
const the = (name: string) => ids[name] ?? '';
const actor = (name: string) => people[name] as Actor;

beforeAll(async () => {
	stage = await openStage('files');
	owner = stage.owner;
	await registry(owner);
	for (const [name, kind] of [
		['city', 'government'],
		['union', 'union'],
		['leaving', 'platform'],
		['outsider', 'social']
	] as const) {
		ids[name] = await organisation(owner, kind, name, '31');
		people[name] = await member(owner, the(name), 'admin', 'delegate');
	}
	people.former = await member(owner, the('union'), 'delegate');
	council = await convened(owner, '31', ...['city', 'union', 'leaving'].map(the));
	await neverLocks(owner, council);
	meeting = await does(
		owner,
		actor('city'),
		`public.plan_meeting($1, '例会', 'meeting', private.now())`,
		[council]
	);
}, 180_000);

afterAll(() => stage?.close());

/** As a verb does it that has tested the right to. */
async function attach(type: string, subject: string, file: { name?: string } = {}) {
	await owner.query('begin');
	await owner.query(`select set_config('request.jwt.claims', $1, true)`, [
		JSON.stringify({ sub: actor('city').person, role: 'authenticated', org: the('city') })
	]);
	const made = await one(
		owner,
		`select private.attach_file($1, $2, $3, $4, $5, 'image/png', 'aGVsbG8=')`,
		[type, subject, council, the('city'), file.name ?? '议程.png']
	);
	await owner.query('commit');
	return made;
}

async function reads(who: string | null, file: string) {
	return as(owner, who === null ? null : actor(who), async (client) => ({
		listed: await one<number>(client, 'select count(*)::int from public.files where id = $1', [
			file
		]),
		opened: await one<string | undefined>(
			client,
			'select content_base64 from public.file_content($1)',
			[file]
		)
	}));
}

const wholly = { listed: 1, opened: 'aGVsbG8=' };
const nothing = { listed: 0, opened: undefined };

describe('a file', () => {
	test('is read by whoever may read the row it hangs on, and by nobody else', async () => {
		const file = await attach('meeting', meeting);
		for (const who of ['city', 'union', 'leaving', 'former'])
			expect(await reads(who, file), who).toEqual(wholly);
		expect(await reads('outsider', file)).toEqual(nothing);
		await expect(reads(null, file)).rejects.toThrow('permission denied');
	});

	test('says who added it, how large it is and by which hash it is known', async () => {
		const file = await attach('meeting', meeting);
		const { rows } = await owner.query(
			'select subject_type, subject_id, council_id, organisation_id, name, media_type, size, sha256, added_by from public.files where id = $1',
			[file]
		);
		expect(rows).toEqual([
			{
				subject_type: 'meeting',
				subject_id: meeting,
				council_id: council,
				organisation_id: the('city'),
				name: '议程.png',
				media_type: 'image/png',
				size: 5,
				sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
				added_by: actor('city').person
			}
		]);
	});

	test('is no longer read by who left the organisation, nor by an organisation whose seat ended', async () => {
		const file = await attach('meeting', meeting);
		await owner.query('delete from public.members where person_id = $1', [actor('former').person]);
		expect(await reads('former', file)).toEqual(nothing);
		await does(owner, actor('city'), 'public.end_seat($1, $2)', [council, the('leaving')]);
		expect(await reads('leaving', file)).toEqual(nothing);
		expect(await reads('union', file)).toEqual(wholly);
	});

	test('of a row that is no subject, or that is not there, is read by nobody', async () => {
		for (const [type, subject] of [
			['no_such_type', meeting],
			['meeting', council],
			['meeting', 'x'],
			["meeting') --", meeting]
		] as const) {
			const file = await attach(type, subject);
			expect(await reads('city', file), type).toEqual(nothing);
		}
	});

	test('is kept with what it proves: nobody changes or removes it', async () => {
		const file = await attach('meeting', meeting);
		for (const change of [
			`update public.files set name = 'b.png' where id = $1`,
			'delete from public.files where id = $1',
			`update private.file_contents set content = 'x' where file_id = $1`,
			'delete from private.file_contents where file_id = $1'
		]) {
			await expect(owner.query(change, [file]), change).rejects.toThrow('record_is_kept');
			await expect(
				as(owner, actor('city'), (client) => client.query(change, [file])),
				change
			).rejects.toThrow('permission denied');
		}
	});

	test('is hung on a row by verbs alone', async () => {
		await expect(
			as(owner, actor('city'), (client) =>
				client.query(
					`select private.attach_file('meeting', $1, null, null, 'a.png', 'image/png', 'aGVsbG8=')`,
					[meeting]
				)
			)
		).rejects.toThrow('permission denied');
	});
});

describe('the bytes of a file', () => {
	test('are out of reach of the API, but for those who read the file', async () => {
		const file = await attach('meeting', meeting);
		const ask = async (who: string, path: string, init: RequestInit = {}) => {
			const answer = await fetch(`${stage.backend.apiUrl}/rest/v1/${path}`, {
				...init,
				headers: {
					apikey: stage.backend.publishableKey,
					authorization: `Bearer ${await tokenOf(stage.backend, actor(who))}`,
					'content-type': 'application/json',
					...init.headers
				}
			});
			return { status: answer.status, text: await answer.text() };
		};
		const content = (who: string) =>
			ask(who, 'rpc/file_content', { method: 'POST', body: JSON.stringify({ file }) });
		expect((await content('union')).text).toContain('aGVsbG8=');
		expect(await content('outsider')).toEqual({ status: 200, text: '[]' });
		for (const path of [
			'file_contents',
			'private.file_contents',
			'files?select=*,file_contents(*)'
		])
			for (const headers of [{}, { 'accept-profile': 'private' }] as Record<string, string>[]) {
				const { status, text } = await ask('union', path, { headers });
				expect(status, path).toBeGreaterThanOrEqual(400);
				expect(text).not.toContain('68656c6c6f');
			}
	});
});
