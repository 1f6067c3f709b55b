// The job queue as the app runs it, alone, so that a test can kill it.
import { needed } from '../../supabase/embedded/environment.ts';
import { startJobs } from '../../src/lib/server/process/jobs.ts';
import { openMail } from '../../src/lib/server/process/mail.ts';

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
