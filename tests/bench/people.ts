import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { openDb, type Db } from '#lib/server/db.ts';
import type { Backend } from '../../supabase/embedded/backend.ts';
import type { Reader } from './volume.ts';

/** The claims of a person's token. */
export function claimsOf({ person, organisation }: Reader) {
	return { sub: person, role: 'authenticated', aal: 'aal1', org: organisation, sid: randomUUID() };
}

/** The API as a signed-in person, as the app opens it for each request. */
export async function dbOf(backend: Api, reader: Reader): Promise<Db> {
	const token = await new SignJWT(claimsOf(reader))
		.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
		.setIssuer('xiezhi')
		.setAudience('authenticated')
		.setIssuedAt()
		// Longer than a benchmark runs; the app's own last five minutes.
		.setExpirationTime('1h')
		.sign(new TextEncoder().encode(backend.jwtSecret));
	return openDb({ url: backend.apiUrl, publishableKey: backend.publishableKey }, token);
}

export type Api = Pick<Backend, 'apiUrl' | 'publishableKey' | 'jwtSecret'>;
