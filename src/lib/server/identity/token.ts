import { SignJWT } from 'jose';
import type { Identity } from './auth.ts';

/** Seconds that a person's Supabase token is good for; it never leaves the server. */
const tokenSeconds = 5 * 60;

/** A token is taken again while it is good for longer than any request lasts. */
const spareSeconds = 2 * 60;
const mostTokens = 1000;

/** The Supabase token of one request: who asks, for which organisation, in which roles. */
export async function tokenOf(
	identity: Pick<Identity, 'settings' | 'tokens'>,
	{ person, session }: { person: { id: string }; session: { id: string } },
	acting: App.Acting | null
): Promise<string> {
	const claims = {
		role: 'authenticated',
		aal: 'aal1',
		sid: session.id,
		...(acting && {
			org: acting.organisation_id,
			org_kind: acting.kind,
			org_role: acting.roles,
			region: acting.region_code
		})
	};
	const of = JSON.stringify([person.id, claims]);
	const known = identity.tokens.get(of);
	if (known && known.until > Date.now()) return known.token;
	const until = Date.now() + (tokenSeconds - spareSeconds) * 1000;
	const token = await new SignJWT(claims)
		.setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
		.setSubject(person.id)
		.setIssuer('xiezhi')
		.setAudience('authenticated')
		.setIssuedAt()
		.setExpirationTime(`${tokenSeconds}s`)
		.sign(new TextEncoder().encode(identity.settings.secret));
	if (identity.tokens.size >= mostTokens) identity.tokens.clear();
	identity.tokens.set(of, { token, until });
	return token;
}
