// Files as the page for filing does, in a process of its own: from the request's body to the receipt or the reasons.
import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { findings } from '#lib/server/api/filing.ts';
import type { Db } from '#lib/server/db.ts';
import * as sheet from '#lib/server/sheet.ts';
import * as submissions from '#lib/server/submissions.ts';
import { dbOf, type Api } from './people.ts';
import type { Reader } from './volume.ts';

export type Filing = { path: string; obligations: string[]; reader: Reader; api: Api };
/** Milliseconds of each filing, and of the server's thread being busy; the most memory the process ever held. */
export type Filed = { times: Times[]; delay: { p99: number; most: number }; megabytes: number };
type Times = { checked: number; total: number; receipt: boolean };

process.on('message', (filing: Filing) => {
	void fileAll(filing).then((filed) => process.send?.(filed));
});

/** The same file for each obligation, all at once. */
async function fileAll({ path, obligations, reader, api }: Filing): Promise<Filed> {
	const db = await dbOf(api, reader);
	const form = new FormData();
	form.set('file', new Blob([readFileSync(path)]), 'bench.csv');
	const sent = new Response(form);
	const headers = { 'content-type': sent.headers.get('content-type') ?? '' };
	const body = await sent.arrayBuffer();
	const loop = monitorEventLoopDelay({ resolution: 10 });
	loop.enable();
	const times = await Promise.all(
		obligations.map((obligation) =>
			file(db, obligation, new Request('http://bench', { method: 'POST', headers, body }))
		)
	);
	loop.disable();
	const delay = { p99: loop.percentile(99) / 1e6, most: loop.max / 1e6 };
	return { times, delay, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function file(db: Db, obligation: string, request: Request): Promise<Times> {
	const begin = performance.now();
	const upload = (await request.formData()).get('file') as File;
	const bytes = new Uint8Array(await upload.arrayBuffer());
	const owed = await submissions.obligation(db, obligation);
	const dataset = await submissions.dataset(db, owed.dataset_code);
	const context = await submissions.context(db, owed, dataset);
	const { checked, batches } = await sheet.check(bytes, dataset, context);
	const worded = findings(checked, 'zh-CN');
	const afterCheck = performance.now();
	if (worded.verdict === 'ready') {
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const named = { name: 'bench.csv', size: bytes.length, sha256 };
		await submissions.submit(db, obligation, named, batches, checked.warnings);
	}
	const end = performance.now();
	return { checked: afterCheck - begin, total: end - begin, receipt: worded.verdict === 'ready' };
}
