import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	writeSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boundLogs } from './folder.ts';

test('a log that has grown too long begins anew while it is written, and what it held stays beside it', () => {
	const folder = mkdtempSync(join(tmpdir(), 'xiezhi-logs-'));
	const log = join(folder, 'logs', 'app.log');
	mkdirSync(join(folder, 'logs'));
	appendFileSync(join(folder, 'logs', 'api.log'), 'short');
	const writer = openSync(log, 'a');
	writeSync(writer, Buffer.alloc(17 * 1024 * 1024, 'x'));
	boundLogs(folder);
	writeSync(writer, 'new');
	expect(readFileSync(log, 'utf8')).toBe('new');
	expect(statSync(`${log}.1`).size).toBe(17 * 1024 * 1024);
	boundLogs(folder);
	expect(readFileSync(log, 'utf8')).toBe('new');
	expect(readFileSync(join(folder, 'logs', 'api.log'), 'utf8')).toBe('short');
	rmSync(folder, { recursive: true });
});
