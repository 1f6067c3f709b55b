import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answers } from '#lib/submissions/find-table.ts';
import { readBytes } from './read-bytes.ts';

/** Rows travel in portions, so that taking them never holds the server's one thread for long. */
const PORTION = 2000;

type Job = { path: string | null; bytes: Uint8Array | null; answers: Answers; rows: boolean };

const job = workerData as Job;
const bytes = job.path === null ? Buffer.from(job.bytes ?? []) : readFileSync(job.path);
const table = await readBytes(bytes, job.answers);
const { rows } = table;
if (job.rows) {
	for (let at = 0; at < rows.length; at += PORTION)
		parentPort?.postMessage({ rows: rows.slice(at, at + PORTION) });
}
parentPort?.postMessage({ table: { ...table, rows: [] } });
