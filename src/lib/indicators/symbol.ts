import { getLocale, type Locale } from '#lib/paraglide/runtime.js';

/** A unit's short sign in the reader's language. */
export function symbolOf(
	unit: { symbol_zh: string; symbol_en: string },
	language: Locale = getLocale()
): string {
	return language === 'zh-CN' ? unit.symbol_zh : unit.symbol_en;
}

/** One of two texts, by the reader's language; the Chinese one where there is no other. */
export function inLanguage(
	zh: string | null,
	en: string | null,
	language: Locale = getLocale()
): string {
	return (language === 'zh-CN' ? zh : (en ?? zh)) ?? '';
}
