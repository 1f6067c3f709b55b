import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { actionItems } from './action-items.ts';
import { objections } from './objections.ts';
import { deadlines } from './deadlines.ts';
import { excuses } from './excuses.ts';
import { meetings } from './meetings.ts';
import { members } from './members.ts';
import { notifications } from './notifications.ts';
import { obligations } from './obligations.ts';
import { organisations } from './organisations.ts';
import { councilId, parties } from './parties.ts';
import { makeAccounts, type Account } from './people.ts';
import { releases } from './releases.ts';
import { resolutions } from './resolutions.ts';
import { reviews } from './reviews.ts';
import { revisions } from './revisions.ts';
import { insertRows } from './store.ts';
import { beginStory, type Chapter } from './story.ts';
import { submissions } from './submissions.ts';
import { targets } from './targets.ts';
import { tell } from './tell.ts';
import { calendarOf } from './time.ts';

/** What each domain tells; at the same hour the first comes first. */
const chapters: Chapter[] = [
	organisations,
	members,
	obligations,
	excuses,
	deadlines,
	submissions,
	reviews,
	revisions,
	objections,
	meetings,
	resolutions,
	targets,
	actionItems,
	releases,
	notifications
];

export type LoadOptions = {
	/** The login that owns the database. */
	ownerUrl: string;
	/** Where demo-accounts.json goes. */
	dataDir: string;
	log?: (line: string) => void;
	/** The day the demonstration is told from; tests use other days. */
	now?: Date;
};

/**
 * Loads the demonstration once, in one transaction: a load that is killed leaves nothing, and the next one starts
 * anew. False when it was there already. The accounts file (mode 600) is in place before the commit, so that
 * whoever finds the demonstration finds its passwords.
 */
export async function loadDemo({
	ownerUrl,
	dataDir,
	log = () => undefined,
	now = new Date()
}: LoadOptions): Promise<boolean> {
	const started = Date.now();
	const client = new Client({ connectionString: ownerUrl, pipeline: true });
	await client.connect();
	client.on('error', () => undefined);
	try {
		await client.query('begin');
		await client.query(`set local work_mem = '64MB'`);
		// Two starts at the same moment: the second waits, then finds everything there.
		await client.query('lock table public.councils in share row exclusive mode');
		const known = await client.query('select from public.councils where id = $1', [councilId]);
		if (known.rowCount) {
			await client.query('rollback');
			return false;
		}
		const hashing = makeAccounts();
		// A failure elsewhere must not leave this one unheard.
		hashing.catch(() => undefined);
		const story = await beginStory(client, calendarOf(now));
		await tell(
			client,
			chapters.flatMap((chapter) => chapter(story))
		);
		const { accounts, hashes } = await hashing;
		await insertPasswords(client, hashes);
		writeAccounts(dataDir, accounts);
		await client.query('commit');
		await client.query(
			'analyze public.entries, public.totals, public.submissions, public.obligations, public.audit_events, private.contributions, private.reporting, private.compared, private.figures, private.unmatched, private.group_totals, private.groups'
		);
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		log(`demonstration data: ${parties.length} organisations in ${seconds} s`);
		return true;
	} catch (error) {
		await client.query('rollback').catch(() => undefined);
		throw error;
	} finally {
		await client.end().catch(() => undefined);
	}
}

async function insertPasswords(client: Client, hashes: Map<string, string>) {
	await insertRows(
		(sql, values) => client.query(sql, values),
		'identity.account',
		[...hashes].map(([person, password]) => ({
			account_id: person,
			provider_id: 'credential',
			user_id: person,
			password
		}))
	);
}

/** Whole or not at all, and never readable by others, not even for a moment. */
function writeAccounts(dataDir: string, accounts: Account[]) {
	mkdirSync(dataDir, { recursive: true });
	const file = join(dataDir, 'demo-accounts.json');
	writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, '\t')}\n`, { mode: 0o600 });
	chmodSync(`${file}.new`, 0o600);
	renameSync(`${file}.new`, file);
}
