import { language } from '#lib/server/language.ts';

export const handle = language;
