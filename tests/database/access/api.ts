import { refusedTo, type Domain } from './engine.ts';
import { id } from './council.ts';

export const api: Domain = {
	tables: {
		api_keys: {
			columns: `id organisation_id name prefix scopes person_id created_by created_at expires_at last_used_at revoked_at revoked_by`,
			label: 'name',
			seen: { administrator: ['用工平台'] }
		}
	},
	calls: {
		'create_api_key(organisation uuid, name text, scopes text[], token_hash text, prefix text, expires_at timestamp with time zone)':
			{
				given: `$1, '新', '{read}', '${'b'.repeat(64)}', 'xz_123456'`,
				values: () => [id.ours],
				...refusedTo('only_an_administrator', ['administrator'])
			},
		'revoke_api_key(api_key uuid)': {
			given: '$1',
			values: () => [id.api_key],
			...refusedTo('api_key_not_live', ['administrator'])
		}
	}
};
