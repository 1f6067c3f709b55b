import { DOCX, XLSX } from '#lib/kernel/media-types.ts';
import type { Values } from '#lib/kernel/database-values.ts';

export type MediaType = Values['files.media_type'];

/** The endings of a file name by media type; the first is the one that we write. */
export const extensions: Record<MediaType, string[]> = {
	'image/jpeg': ['jpg', 'jpeg', 'jfif'],
	'image/png': ['png'],
	'image/webp': ['webp'],
	'application/pdf': ['pdf'],
	'text/csv': ['csv'],
	[XLSX]: ['xlsx'],
	[DOCX]: ['docx']
};

/** As of `<input accept>`. */
export const accepted = Object.values(extensions)
	.flat()
	.map((extension) => `.${extension}`)
	.join(',');

/** Pictures are shown on the page; everything else is downloaded. */
export function isPicture(type: MediaType): boolean {
	return type.startsWith('image/');
}

/** The end of a name, in small letters; empty where it has none. */
export function extensionOf(name: string): string {
	return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/**
 * What a file is by its content; what the browser calls it is not believed. Null if it is none of the allowed kinds, or
 * its name says another kind than its content. Phones and messengers name one kind of picture after another: that is
 * no lie.
 */
export function mediaType(bytes: Uint8Array, name: string): MediaType | null {
	const extension = extensionOf(name);
	const found = sniff(bytes, extension);
	if (!found) return null;
	const allowed = isPicture(found) ? ofPictures : extensions[found];
	return allowed.includes(extension) ? found : null;
}

const ofPictures = [
	'',
	...(Object.keys(extensions) as MediaType[]).filter(isPicture).flatMap((type) => extensions[type])
];

function sniff(bytes: Uint8Array, extension: string): MediaType | null {
	const begins = (...wanted: number[]) => wanted.every((byte, index) => bytes[index] === byte);
	if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'image/webp';
	if (text(bytes, 0, 5) === '%PDF-') return 'application/pdf';
	if (begins(0x50, 0x4b, 0x03, 0x04)) return office(bytes);
	return extension === 'csv' && isText(bytes) ? 'text/csv' : null;
}

/** The list of contents at a ZIP's end names the parts; macros make it another kind. */
function office(bytes: Uint8Array): MediaType | null {
	const names = text(bytes, Math.max(0, bytes.length - 65_536), bytes.length);
	if (names.includes('vbaProject')) return null;
	if (names.includes('word/document.xml')) return DOCX;
	if (names.includes('xl/workbook.xml')) return XLSX;
	return null;
}

function text(bytes: Uint8Array, from: number, to: number): string {
	return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}

function isText(bytes: Uint8Array): boolean {
	if (bytes.includes(0)) return false;
	return ['utf-8', 'gb18030'].some((encoding) => {
		try {
			new TextDecoder(encoding, { fatal: true }).decode(bytes);
			return true;
		} catch {
			return false;
		}
	});
}
