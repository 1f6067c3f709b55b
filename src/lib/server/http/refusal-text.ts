import { m } from '#lib/paraglide/messages.js';

/**
 * Words a refusal of the database (`raise sqlstate 'PT409' using message = '<key>'`) in the language of the
 * request, or in the one given. Server only: looking a message up by name keeps all of them in the bundle.
 */
export function refusalText(key: string, language?: 'zh-CN' | 'en'): string {
	const messages = m as unknown as Record<string, typeof m.refusal_unknown | undefined>;
	return (messages[`refusal_${key}`] ?? m.refusal_unknown)({}, language && { locale: language });
}
