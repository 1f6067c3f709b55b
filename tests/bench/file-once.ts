// Files as the page for filing does, in a process of its own: from the first request's body to the receipt or the reasons.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { findings } from '#lib/server/api/filing.ts';
import type { Db } from '#lib/server/db.ts';
import * as parts from '#lib/server/process/parts.ts';
import * as filing from '#lib/server/filing.ts';
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
	const sent = sentParts(path);
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-bench-parts-'));
	const loop = monitorEventLoopDelay({ resolution: 10 });
	loop.enable();
	const times = await Promise.all(
		obligations.map((obligation) => file(db, obligation, folder, sent))
	);
	loop.disable();
	rmSync(folder, { recursive: true });
	const delay = { p99: loop.percentile(99) / 1e6, most: loop.max / 1e6 };
	return { times, delay, megabytes: process.resourceUsage().maxRSS / 1024 };
}

/** Bytes that the page sends at once. */
const PART = 512 * 1024;

type Sent = { size: number; sha256: string; pieces: Uint8Array<ArrayBuffer>[] };

/** What a browser has ready before it sends anything. */
function sentParts(path: string): Sent {
	const bytes = readFileSync(path);
	const pieces: Sent['pieces'] = [];
	for (let at = 0; at < bytes.length; at += PART) pieces.push(bytes.subarray(at, at + PART));
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { size: bytes.length, sha256, pieces };
}

async function file(db: Db, obligation: string, folder: string, sent: Sent): Promise<Times> {
	const begin = performance.now();
	// Each is somebody else's, as one person sends a file once.
	const part = { person: randomUUID(), sha256: sent.sha256 };
	let at = 0;
	for (const piece of sent.pieces) {
		const { body } = new Request('http://bench', { method: 'PATCH', body: piece });
		if (body) at = await parts.append(folder, part, at, body, sent.size);
	}
	const bytes = await parts.whole(folder, part);
	const owed = await submissions.obligation(db, obligation);
	const checking = await filing.check(db, owed, { name: 'bench.csv', bytes });
	findings(checking.checked, 'zh-CN');
	const afterCheck = performance.now();
	if (checking.ready) await filing.file(db, checking);
	const end = performance.now();
	return { checked: afterCheck - begin, total: end - begin, receipt: checking.ready };
}
