/** What a file is by its first bytes, whatever its name says. */
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
	if (/^<\?xml[^>]*>\s*(<\?mso|<!--|<(\w+:)?Workbook)/i.test(opening)) {
		return { refused: 'xml_spreadsheet' };
	}
	if (/^<(!doctype|html|head|body|table|meta|style|script|div|frameset)\b/i.test(opening)) {
		return { refused: 'html_file' };
	}
	if (/^<(\?xml|[a-z]+[\s>])/i.test(opening)) return { refused: 'xml_file' };
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
	const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0x3c && head[1] === 0);
	return head
		.toString(wide ? 'utf16le' : 'latin1')
		.replace(/^(ï»¿|\ufeff)/, '')
		.trimStart();
}

function isJson(opening: string, bytes: Buffer): boolean {
	if (!/^[[{]/.test(opening) || bytes.length > 5_000_000) return false;
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
	// UTF-16 without its mark: ASCII signs leave zeros on one side only.
	if (zerosOnBothSides === 0 && Math.max(zerosEven, zerosOdd) > end / 50) return false;
	return odd > end / 50 || zerosOnBothSides > end / 50;
}
