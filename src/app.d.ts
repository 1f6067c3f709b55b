declare global {
	namespace App {
		interface Locals {
			person: { id: string; name: string; email: string } | null;
			acting: Acting | null;
			memberships: Acting[];
			language: 'zh-CN' | 'en';
			session: { id: string } | null;
		}
		interface Acting {
			organisation_id: string;
			name_zh: string;
			name_en: string;
			kind: string;
			region_code: string;
			roles: string[];
			council_id: string | null;
			secretariat: boolean;
			is_demo: boolean;
		}
		interface Error {
			message: string;
			reference?: string;
		}
	}
}

export {};
