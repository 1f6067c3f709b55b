// A version that was released stays: its migrations as they were, and what people filed with it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startBackend, type Backend } from '../../supabase/embedded/backend.ts';
import {
	figuresHash,
	keptOf,
	makeFolderOf,
	migrationHashes,
	releases
} from '../../supabase/embedded/released.ts';
import { quick } from '../../supabase/embedded/test-backend.ts';
import { does, one } from './council.ts';

const released = releases();
const migrations = Object.values(released).flatMap((files) => Object.entries(files));

test('released migrations are as they were, and every other one comes after them', () => {
	const files = [...migrationHashes()];
	expect(files.slice(0, migrations.length)).toEqual(migrations);
});

test('the version of package.json is released, or the next', () => {
	const { version } = JSON.parse(
		readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
	) as { version: string };
	const versions = Object.keys(released);
	const newest = versions.at(-1) ?? '';
	expect(versions.length).toBeGreaterThan(0);
	expect(version.localeCompare(newest, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
});

describe.each(Object.keys(released))('a data folder made by %s', (version) => {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-released-'));
	const kept = keptOf(version);
	let backend: Backend;
	let owner: Client;

	beforeAll(async () => {
		await makeFolderOf(version, folder);
		backend = await startBackend({ dataDir: folder, tuning: quick });
		owner = new Client({ connectionString: backend.ownerUrl });
		await owner.connect();
	}, 120_000);

	afterAll(async () => {
		await owner?.end();
		await backend?.stop();
		rmSync(folder, { recursive: true, force: true });
	}, 60_000);

	it('is brought up to date by what is newer than it, and by nothing else', async () => {
		const names = Object.keys(Object.fromEntries(migrations));
		const last = Object.keys(released[version] ?? {}).at(-1) ?? '';
		const newer = [...migrationHashes().keys()].filter((name) => name > last);
		expect(names).toContain(last);
		expect(backend.applied.migrations).toEqual(newer.map((name) => `migrations/${name}`));
		expect(await one(owner, 'select max(version) from supabase_migrations.schema_migrations')).toBe(
			[...migrationHashes().keys()].at(-1)?.slice(0, 14)
		);
	});

	it('keeps every row that people made', async () => {
		const made = Object.entries(kept.rows).filter(([name]) => name.startsWith('public.'));
		expect(made.length).toBeGreaterThan(50);
		for (const [name, rows] of made) {
			const there = await one(owner, `select count(*)::int from ${name}`);
			// Reference data may grow by a newer seed.
			expect(Number(there), name).toBeGreaterThanOrEqual(rows.length);
		}
		for (const name of ['public.entries', 'public.totals', 'public.votes', 'public.audit_events'])
			expect(kept.rows[name]?.length, name).toBeGreaterThan(0);
	});

	it('says the same figures to the last digit', async () => {
		expect(await figuresHash(owner)).toBe(kept.figures);
	});

	it('is worked on: what waited for a reviewer is accepted, and is in the figures', async () => {
		const { rows } = await owner.query<{ id: string; person: string; organisation: string }>(
			`select s.id, m.person_id as person, m.organisation_id as organisation
			 from public.submissions s
			 join public.datasets d on d.code = s.dataset_code and d.review_stages = s.stage + 1
			 join public.organisations g on g.id = s.organisation_id
			 join public.members m on m.roles @> '{reviewer}' and m.ended_at is null
			 where s.status = 'submitted' order by s.id`
		);
		const verdicts: string[] = [];
		for (const { id, person, organisation } of rows) {
			const actor = { person, organisation };
			const accepted = await does(owner, actor, 'public.accept_submission($1)', [id]).catch(
				() => null
			);
			if (accepted) verdicts.push(id);
			if (verdicts.length > 0) break;
		}
		expect(verdicts).toHaveLength(1);
		const status = await one(
			owner,
			'select status from public.submissions where id = $1',
			verdicts
		);
		expect(status).toBe('accepted');
		const totals = 'select count(*)::int from public.totals where submission_id = $1';
		expect(Number(await one(owner, totals, verdicts))).toBeGreaterThan(0);
	});
});
