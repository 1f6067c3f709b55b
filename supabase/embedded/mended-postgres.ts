// Loaded before the API. The package `postgres` 3.4.9 goes on using a connection that was lent out and broke: it writes to a
// socket that is gone, which ends the process, and lends the dead connection out again, where questions wait for ever; others are
// forgotten while they wait for one.
import { registerHooks } from 'node:module';

const mends: Record<string, [from: string, to: string][]> = {
	'/postgres/src/index.js': [
		// A wish for a connection that was refused must not be granted later, when nobody takes it.
		[
			`        const query = { reserve: resolve, reject }
        queries.push(query)
`,
			`        const query = {
          reserve: resolve,
          reject: error => {
            queries.remove(query)
            reject(error)
          }
        }
        queries.push(query)
`
		],
		// Nor forgotten: a new connection looks for it among those that wait.
		[
			`    queries.length && connect(c, queries.shift())
`,
			`    if (queries.length) {
      const query = queries.shift()
      query.reserve && queries.push(query)
      connect(c, query)
    }
`
		],
		[
			`    move(c, reserved)
    c.reserved = () => queue.length
`,
			`    let broken = null
    c.onclose = error => {
      broken = error
      while (queue.length) queue.shift().reject(error)
    }
    move(c, reserved)
    c.reserved = () => queue.length
`
		],
		[
			`    sql.release = () => {
      c.reserved = null
`,
			`    sql.release = () => {
      if (broken) return
      c.onclose = null
      c.reserved = null
`
		],
		[
			`    function handler(q) {
      c.queue === full
        ? queue.push(q)
`,
			`    function handler(q) {
      broken
        ? q.reject(broken)
        : c.queue === full
        ? queue.push(q)
`
		]
	],
	'/postgres/src/connection.js': [
		// What was to be written to the broken socket would keep the next one from being greeted.
		[
			`    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()
`,
			`    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    socket.removeListener('data', data)
    socket.removeListener('connect', connected)
    idleTimer.cancel()
`
		],
		// Between its error and its end a connection is still asked to roll back.
		[`    !hadError && (query || sent.length) && error(`, `    if (query || sent.length) error(`]
	]
};

registerHooks({
	load(url, context, nextLoad) {
		const loaded = nextLoad(url, context);
		const file = Object.keys(mends).find((name) => url.endsWith(`node_modules${name}`));
		if (!file) return loaded;
		let source = Buffer.from(loaded.source as Uint8Array).toString();
		for (const [from, to] of mends[file] ?? []) {
			if (source.split(from).length !== 2) throw new Error(`${file} is not what was mended`);
			source = source.replace(from, () => to);
		}
		return { ...loaded, source };
	}
});
