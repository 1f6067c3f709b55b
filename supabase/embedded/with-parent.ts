// Loaded before the app: if whoever started it dies, it ends too instead of holding the port.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
