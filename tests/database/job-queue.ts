// The job queue as the app runs it, alone, so that a test can kill it. By Vite, which collects what the domains give.
import { runnerImport } from 'vite';
import { needed } from '../../supabase/embedded/environment.ts';

const running = async <Module>(file: string) =>
	(await runnerImport<Module>(`./src/lib/server/process/${file}`, { configFile: false })).module;
const { startJobs } =
	await running<typeof import('../../src/lib/server/process/jobs.ts')>('jobs.ts');
const { openMail } =
	await running<typeof import('../../src/lib/server/process/mail.ts')>('mail.ts');

const origin = 'https://xiezhi.example';
const jobs = startJobs({
	databaseUrl: needed('JOBS_DATABASE_URL'),
	origin,
	send: openMail({
		smtpUrl: process.env.SMTP_URL ?? '',
		outbox: process.env.OUTBOX ?? '',
		from: '',
		origin
	})
});
process.once('SIGTERM', () => void jobs.stop().then(() => process.exit(0)));
