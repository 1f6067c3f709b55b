/** The kind of a file by its first bytes, whatever its name says. */
export type Kind = 'text' | 'zip' | { refused: string };

const SIGNATURES: [number[], string][] = [
	[[0x25, 0x50, 0x44, 0x46], 'pdf_file'],
	[[0x89, 0x50, 0x4e, 0x47], 'picture_file'],
	[[0xff, 0xd8, 0xff], 'picture_file'],
	[[0x47, 0x49, 0x46, 0x38], 'picture_file'],
	[[0x1f, 0x8b], 'archive_file'],
	[[0x37, 0x7a, 0xbc, 0xaf], 'archive_file'],
	[[0x52, 0x61, 0x72, 0x21], 'archive_file'],
	[[0x42, 0x5a, 0x68], 'archive_file'],
	[[0xfd, 0x37, 0x7a, 0x58], 'archive_file'],
	[[0x4d, 0x5a, 0x90], 'binary_file'],
	[[0x7f, 0x45, 0x4c, 0x46], 'binary_file']
];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const OLD_EXCEL = [
	[0x09, 0x08, 0x10, 0x00],
	[0x09, 0x04, 0x06, 0x00],
	[0x09, 0x02, 0x06, 0x00],
	[0x09, 0x00, 0x04, 0x00]
];

export function signature(bytes: Buffer): Kind {
	if (starts(bytes, OLE)) {
		// An encrypted workbook is an OLE container with a stream of this name.
		const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
		return { refused: encrypted ? 'password_protected' : 'old_excel_file' };
	}
	if (OLD_EXCEL.some((magic) => starts(bytes, magic))) return { refused: 'old_excel_file' };
	for (const [magic, rule] of SIGNATURES) if (starts(bytes, magic)) return { refused: rule };
	if (starts(bytes, [0x50, 0x4b]) && [0x0304, 0x0506, 0x0708].includes(bytes.readUInt16BE(2))) {
		return 'zip';
	}
	const opening = openingText(bytes);
	const root = rootOf(opening);
	if (root !== null) {
		if (root === 'workbook' || /^<\?xml[^>]*>\s*<\?mso/i.test(opening))
			return { refused: 'xml_spreadsheet' };
		if (root === 'document' && /office:document/.test(opening)) return { refused: 'opendocument' };
		return { refused: HTML.test(root) ? 'html_file' : 'xml_file' };
	}
	// A page saved with its pictures in one file, as Excel does too.
	if (/^mime-version:/i.test(opening)) return { refused: 'html_file' };
	// SYLK and DIF: spreadsheets of long ago that look like a CSV.
	if (/^ID;P/.test(opening) || /^TABLE\r?\n0,1\r?\n"/.test(opening))
		return { refused: 'old_exchange_file' };
	if (/^\{\\rtf/.test(opening)) return { refused: 'not_a_spreadsheet' };
	if (isJson(opening, bytes)) return { refused: 'json_file' };
	if (isBinary(bytes)) return { refused: 'binary_file' };
	return 'text';
}

function starts(bytes: Buffer, magic: number[]): boolean {
	return magic.every((byte, i) => bytes[i] === byte);
}

function openingText(bytes: Buffer): string {
	const head = bytes.subarray(0, 2048);
	const turned = (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] === 0x3c);
	const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0);
	const text = turned
		? Buffer.from(head.subarray(0, head.length & ~1))
				.swap16()
				.toString('utf16le')
		: head.toString(wide ? 'utf16le' : 'latin1');
	return text.replace(/^(ï»¿|\ufeff)/, '').trimStart();
}

const HTML =
	/^(!doctype|html|head|body|table|tr|td|meta|title|style|script|link|div|p|center|font|span|b|frameset)$/;

/** The first element of markup without its prefix, past declarations and comments; null where there is none. */
function rootOf(opening: string): string | null {
	const [, root] =
		/^(?:<\?[^>]*>\s*|<!--.*?(?:-->|$)\s*)*<(?:[\w-]+:)?(!doctype|[a-z][\w-]*)[\s/>]/is.exec(
			opening
		) ?? [];
	if (root) return root.toLowerCase();
	return /^<(\?xml|!--)/i.test(opening) ? '' : null;
}

function isJson(opening: string, bytes: Buffer): boolean {
	if (!/^[[{]/.test(opening) || bytes.length > 5_000_000) return false;
	// A record in each line.
	if (/^\{\s*"[^"\r\n]*"\s*:.*\}\s*\r?\n\{/.test(opening)) return true;
	try {
		return typeof JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) === 'object';
	} catch {
		return false;
	}
}

/** Control characters that no text file has. Zeros may be UTF-16 and are judged with the encoding. */
function isBinary(bytes: Buffer): boolean {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return false;
	const end = Math.min(bytes.length, 65_536);
	let odd = 0;
	let zerosEven = 0;
	let zerosOdd = 0;
	for (let i = 0; i < end; i++) {
		const byte = bytes[i] ?? 0;
		if (byte === 0) {
			if (i & 1) zerosOdd++;
			else zerosEven++;
		} else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a && byte !== 0x1b)) {
			odd++;
		}
	}
	const zerosOnBothSides = Math.min(zerosEven, zerosOdd);
	// UTF-16 without its mark: ASCII signs leave zeros on one side, but for a few such as 一 and the wide space.
	if (isLopsided(zerosEven, zerosOdd, end)) return false;
	return odd > end / 50 || zerosOnBothSides > end / 50;
}

/** Whether almost all zeros among so many bytes stand on one side of the pairs, and they are many. */
export function isLopsided(even: number, odd: number, bytes: number): boolean {
	return Math.max(even, odd) > bytes / 50 && Math.min(even, odd) * 4 <= Math.max(even, odd);
}
