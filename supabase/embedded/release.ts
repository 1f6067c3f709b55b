// npm run release: from then on the version of package.json is held to its migrations, and tried as an older one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from './connection.ts';
import { writeRelease } from './released.ts';
import { temporaryBackend } from './test-backend.ts';

/** Figures follow by themselves; what was filed is kept from everybody else. */
const forgetOlderPeriods = `
	create temp table older on commit drop as
	select t.submission_id from public.totals t group by 1
	having max(t.starts_on) < (select max(starts_on) - interval '2 months' from public.totals);
	delete from public.totals where submission_id in (select submission_id from older);
	alter table public.entries disable trigger user;
	delete from public.entries where submission_id in (select submission_id from older);
	alter table public.entries enable trigger user`;

const { version } = JSON.parse(
	readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
) as { version: string };
const backend = await temporaryBackend('demonstration', 'release');
try {
	// Two periods say what a folder of this version is like; thirteen are thirty times the repository's other files.
	await withClient(backend.ownerUrl, (owner) => owner.query(forgetOlderPeriods));
	await writeRelease(version, backend);
} finally {
	await backend.stop();
}
