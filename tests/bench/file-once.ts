// Files one file as the page for filing does, and says how long each step took and how much memory the most.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as sheet from '#lib/server/sheet.ts';
import * as submissions from '#lib/server/submissions.ts';
import { dbOf, type Api } from './people.ts';
import type { Reader } from './volume.ts';

export type Filing = { path: string; obligation: string; reader: Reader; api: Api };
/** Milliseconds, and the most memory the process ever held. */
export type Filed = { checked: number; stored: number; total: number; megabytes: number };

process.once('message', (filing: Filing) => {
	void file(filing).then((filed) => {
		process.send?.(filed);
		process.disconnect();
	});
});

async function file({ path, obligation, reader, api }: Filing): Promise<Filed> {
	const db = await dbOf(api, reader);
	const bytes = new Uint8Array(readFileSync(path));
	// The app knows datasets and regions already, and its code is warm.
	const owed = await submissions.obligation(db, obligation);
	const dataset = await submissions.dataset(db, owed.dataset_code);
	await submissions.context(db, owed, dataset);

	const begin = performance.now();
	const context = await submissions.context(db, owed, dataset);
	const { checked } = await sheet.check(bytes, dataset, context);
	const afterCheck = performance.now();
	if (checked.verdict !== 'ready' || checked.unexplained > 0)
		throw new Error(JSON.stringify([checked.verdict, checked.problems[0], checked.warnings[0]]));
	const sha256 = createHash('sha256').update(bytes).update(obligation).digest('hex');
	const named = { name: 'bench.csv', size: bytes.length, sha256 };
	await submissions.submit(db, obligation, named, checked.entries, checked.warnings);
	const end = performance.now();
	return {
		checked: afterCheck - begin,
		stored: end - afterCheck,
		total: end - begin,
		megabytes: process.resourceUsage().maxRSS / 1024
	};
}
