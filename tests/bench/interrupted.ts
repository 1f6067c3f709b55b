const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
// The process that handed over to this one is gone.
process.once('disconnect', () => controller.abort());

/** Told to stop: scratch instances end, and with them the benchmark. */
export const interrupted = controller.signal;
