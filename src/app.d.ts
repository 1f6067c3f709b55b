import type { Scope } from '#lib/api/scopes.ts';
import type { Db } from '#lib/server/db.ts';
import type { Identity } from '#lib/server/identity/auth.ts';

declare global {
	namespace App {
		interface Locals {
			/** Names this request in the logs and on the error page. */
			request_id: string;
			language: 'zh-CN' | 'en';
			/** The Supabase API as the signed-in person acting for an organisation, or as a stranger. */
			db: Db;
			identity: Identity;
			session: { id: string } | null;
			person: { id: string; name: string; email: string } | null;
			acting: Acting | null;
			memberships: Acting[];
			/** The key of a request that an organisation's own system sends; `person` is then the key's own member. */
			api_key: { id: string; scopes: Scope[] } | null;
		}
		/** An organisation a person is a member of, and may act for. */
		interface Acting {
			organisation_id: string;
			name_zh: string;
			name_en: string;
			kind: string;
			region_code: string;
			roles: string[];
			council_id: string | null;
			/** Acts as administrator of the organisation that convenes the council. */
			secretariat: boolean;
			is_demo: boolean;
		}
		interface Error {
			message: string;
			/** Of a refusal: the key of its sentence. */
			key?: string;
			/** Of a fault: what to quote when asking for help. */
			reference?: string;
		}
	}
}

export {};
