import { extensionOf, extensions, type MediaType } from './media-type.ts';

/** The longest name that is kept, in characters; longer ones lose their beginning. */
const LONGEST = 180;

/**
 * The name under which a file is kept: its own, in any script, without the folders that some browsers send and without
 * what no file system takes or what makes a name look like another; with an end that says what it is.
 */
export function keptName(name: string, type: MediaType): string {
	const last = name.split(/[\\/]/).at(-1) ?? '';
	const clean = last
		.toWellFormed()
		.normalize('NFC')
		.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
		.replace(/^[.\s]+|\s+$/g, '');
	const known = extensions[type].includes(extensionOf(clean));
	const base = known ? clean : clean.replace(/\.[a-z0-9]*$/i, '') || 'file';
	const whole = known ? base : `${base}.${extensions[type][0]}`;
	return [...whole].slice(-LONGEST).join('');
}
