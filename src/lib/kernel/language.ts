import { getLocale, type Locale } from '#lib/paraglide/runtime.js';
import type { Named } from './named.ts';

/** The languages of the product, Chinese first. */
export type Language = Locale;

type Both<Field extends string> = Record<`${Field}_zh` | `${Field}_en`, string | null>;

/**
 * What stands in a row in both languages, in the reader's: `inLanguage(item, 'title')` is `title_zh` or `title_en`, the
 * other one where it is missing.
 */
export function inLanguage<Field extends string>(
	row: Both<Field>,
	field: Field,
	language: Language = getLocale()
): string {
	const zh = row[`${field}_zh`];
	const en = row[`${field}_en`];
	return (language === 'zh-CN' ? zh || en : en || zh) ?? '';
}

/** The name a party chose, in the reader's language. */
export function nameOf(
	{ name_zh, name_en = null }: Named,
	language: Language = getLocale()
): string {
	return inLanguage({ name_zh, name_en }, 'name', language);
}
