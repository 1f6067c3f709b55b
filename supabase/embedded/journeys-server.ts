// The instance that the journeys visit: the production build with demonstration data, in a folder of its own.
import { mkdirSync, rmSync } from 'node:fs';
import { needed } from './environment.ts';
import { startInstance } from './instance.ts';
import { copyTemplate, quick } from './test-backend.ts';

const dataDir = needed('JOURNEYS_DATA_DIR');
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));

mkdirSync(dataDir, { recursive: true });
await copyTemplate('demonstration', dataDir);
const instance = await startInstance({
	dataDir,
	host: '127.0.0.1',
	port: Number(needed('JOURNEYS_PORT')),
	demo: true,
	tuning: quick,
	log: (line) => console.log(line),
	signal: stop.signal
});
await stopped;
await instance.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
