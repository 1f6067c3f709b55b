import { Pool, type PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { digest, type DigestItem } from '#lib/notifications/digest.ts';
import { log, trace } from './log.ts';
import type { Send } from './mail.ts';
import { surviveBreaks } from './pool.ts';

export type JobSettings = {
	/** The login `xiezhi_jobs`, which owns the schema `jobs`. */
	databaseUrl: string;
	/** The address people open, for links in mails. */
	origin: string;
	send: Send;
};

export type Jobs = { stop(): Promise<void> };

/** Working hours of the council. */
const tz = 'Asia/Shanghai';

/** How long to wait before the queue is tried again when the database does not answer. */
const pause = 10_000;

/**
 * Runs the daily reminders and sends the mails they make, until stopped. Several processes may run at once. What a
 * killed one left undone, the next one does.
 */
export function startJobs({ databaseUrl, origin, send }: JobSettings): Jobs {
	// One connection sends a mail, the other remembers what is to be sent.
	const pool = new Pool({
		connectionString: databaseUrl,
		max: 2,
		connectionTimeoutMillis: 5_000,
		application_name: 'xiezhi jobs'
	});
	surviveBreaks(pool);
	const boss = new PgBoss({
		connectionString: databaseUrl,
		application_name: 'xiezhi jobs',
		schema: 'jobs',
		createSchema: false,
		max: 2
	});
	boss.on('error', (error) => log.error('job_queue_failed', trace(error)));

	let stopping = false;
	let wait: NodeJS.Timeout | undefined;
	let starting = start();
	return {
		async stop() {
			stopping = true;
			clearTimeout(wait);
			await starting;
			await boss.stop({ graceful: true, timeout: 4_000 }).catch(() => undefined);
			await pool.end();
		}
	};

	async function start(): Promise<void> {
		try {
			await boss.start();
			await pool.query(fixedSearchPaths);
			// One waits at a time; a job that a killed process left open holds up no other.
			await boss.createQueue('remind', { policy: 'short', retryLimit: 5, retryBackoff: true });
			await boss.createQueue('mail', { policy: 'short', retryLimit: 0, deleteAfterSeconds: 3600 });
			await boss.work('remind', { pollingIntervalSeconds: 5 }, () =>
				attempt('remind', async () => {
					const told = await remind(pool);
					log.info('reminded', { told });
					await boss.send('mail');
				})
			);
			await boss.work('mail', { pollingIntervalSeconds: 5 }, () =>
				attempt('mail', async () => {
					const sent = await sendMails(pool, origin, send);
					if (sent > 0) log.info('mails_sent', { sent });
				})
			);
			// A morning during which nothing ran is made up for.
			await boss.schedule('remind', '0 8 * * *', null, { tz, missed: 'once' });
			await boss.schedule('mail', '*/5 * * * *', null, { tz });
			await boss.send('mail');
		} catch (error) {
			if (stopping) return;
			log.error('job_queue_failed', trace(error));
			wait = setTimeout(() => {
				starting = start();
			}, pause);
		}
	}
}

/**
 * pg-boss makes its functions, and makes them over when it is updated, without a search path of their own. They name
 * their schema everywhere. One process after the other: two cannot alter the same function at once.
 */
const fixedSearchPaths = `
	do $$
	declare
		loose regprocedure;
	begin
		perform pg_advisory_xact_lock(hashtextextended('jobs.search_path', 0));
		for loose in
			select p.oid from pg_proc p where p.pronamespace = 'jobs'::regnamespace and p.proconfig is null
		loop
			execute format('alter function %s set search_path = %L', loose, '');
		end loop;
	end $$`;

async function attempt(job: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		log.error('job_failed', { job, ...trace(error) });
		throw error;
	}
}

/** Makes today's notifications; gives how many are new. May run again at any time. */
async function remind(pool: Pool): Promise<number> {
	const { rows } = await pool.query<{ told: number }>('select private.remind() as told');
	return rows[0]?.told ?? 0;
}

type NextMail = { id: string; to: string; name: string; items: DigestItem[]; is_demo: boolean };

/**
 * Sends what is to be sent, one mail for each person; gives how many went out. A mail is noted as sent in the
 * transaction that holds it, after it went out: a process killed between the two sends it once more, under the same
 * Message-ID, and none is lost.
 */
async function sendMails(pool: Pool, origin: string, send: Send): Promise<number> {
	await pool.query('select private.gather_mails()');
	for (let sent = 0; ;) {
		const outcome = await inTransaction(pool, async (client) => {
			const { rows } = await client.query<{ mail: NextMail | null }>(
				'select private.next_mail() as mail'
			);
			const mail = rows[0]?.mail;
			if (!mail) return 'none';
			try {
				await send({ id: mail.id, to: mail.to, ...digest(mail.name, mail.items, origin, mail) });
			} catch (error) {
				log.warn('mail_failed', { mail: mail.id, ...trace(error) });
				await client.query('select private.mail_failed($1)', [mail.id]);
				return 'failed';
			}
			await client.query('select private.mail_sent($1)', [mail.id]);
			return 'sent';
		});
		if (outcome === 'none') return sent;
		if (outcome === 'sent') sent += 1;
	}
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	try {
		await client.query('begin');
		const done = await work(client);
		await client.query('commit');
		client.release();
		return done;
	} catch (error) {
		// Its connection may be broken: the transaction ends with it.
		client.release(true);
		throw error;
	}
}
