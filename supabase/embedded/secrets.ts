import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './folder.ts';

/** Random for each data folder; nothing in the product has a default password. */
export type Secrets = {
	superuserPassword: string;
	ownerPassword: string;
	apiPassword: string;
	identityPassword: string;
	jobsPassword: string;
	/** HS256 key that signs the short-lived tokens of people. */
	jwtSecret: string;
	publishableKey: string;
};

/** The secrets of a data folder, made on first use (`secrets.json`, mode 600). */
export function readSecrets(dataDir: string): Secrets {
	const path = join(dataDir, 'secrets.json');
	const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>) : {};
	const secret = (bytes = 24) => randomBytes(bytes).toString('base64url');
	const secrets: Secrets = {
		superuserPassword: secret(),
		ownerPassword: secret(),
		apiPassword: secret(),
		identityPassword: secret(),
		jobsPassword: secret(),
		jwtSecret: secret(48),
		publishableKey: `sb_publishable_${secret()}`,
		...kept
	};
	// A folder of an older version lacks what came later.
	if (Object.keys(kept).length < Object.keys(secrets).length)
		writePrivate(path, JSON.stringify(secrets, null, '\t'));
	return secrets;
}
