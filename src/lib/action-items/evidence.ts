import { XLSX } from '#lib/kernel/media-types.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** As the database allows them; for `<input accept>` too. */
export const evidenceTypes = [
	'image/jpeg',
	'image/png',
	'image/webp',
	'application/pdf',
	'text/csv',
	XLSX,
	docx
] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

export const largestEvidence = 10 * 1024 * 1024;

export const evidenceAccept = '.jpg,.jpeg,.png,.webp,.pdf,.csv,.xlsx,.docx';

/** Images are shown on the page; everything else is downloaded. */
export function isImage(type: string): boolean {
	return type.startsWith('image/');
}

/**
 * What a file is by its content; what the browser calls it is not believed. Null if it is none of the allowed
 * kinds, or its name says another kind than its content.
 */
export function evidenceType(bytes: Uint8Array, name: string): EvidenceType | null {
	const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
	const found = sniff(bytes, extension);
	return found && extensions[found].includes(extension) ? found : null;
}

const extensions: Record<EvidenceType, string[]> = {
	'image/jpeg': ['jpg', 'jpeg'],
	'image/png': ['png'],
	'image/webp': ['webp'],
	'application/pdf': ['pdf'],
	'text/csv': ['csv'],
	[XLSX]: ['xlsx'],
	[docx]: ['docx']
};

function sniff(bytes: Uint8Array, extension: string): EvidenceType | null {
	const begins = (...wanted: number[]) => wanted.every((byte, index) => bytes[index] === byte);
	if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return 'image/webp';
	if (text(bytes, 0, 5) === '%PDF-') return 'application/pdf';
	if (begins(0x50, 0x4b, 0x03, 0x04)) return office(bytes);
	return extension === 'csv' && isText(bytes) ? 'text/csv' : null;
}

/** The list of contents at a ZIP's end names the parts; macros make it another kind. */
function office(bytes: Uint8Array): EvidenceType | null {
	const names = text(bytes, Math.max(0, bytes.length - 65_536), bytes.length);
	if (names.includes('vbaProject')) return null;
	if (names.includes('word/document.xml')) return docx;
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

/** A file's own name without the folders some browsers send and without what no file system takes. */
export function safeFileName(name: string): string {
	const last = name.split(/[\\/]/).at(-1) ?? '';
	// eslint-disable-next-line no-control-regex -- control characters are what is taken out
	const clean = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim();
	return clean.slice(-180) || 'file';
}
