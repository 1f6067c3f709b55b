import { isUtf8 } from 'node:buffer';
import { isLopsided } from './signature.ts';

export type Decided = {
	encoding: string;
	/** Bytes of the byte order mark to skip. */
	skip: number;
	/** True when a person must confirm: `encoding` is then only the best guess. */
	doubtful: boolean;
};

export const ENCODINGS = [
	'utf-8',
	'gb18030',
	'utf-16le',
	'utf-16be',
	'big5',
	'shift_jis',
	'euc-kr',
	'windows-1252'
];

/** How much of a file is looked at to tell Chinese from other scripts in two-byte encodings. */
const SAMPLE = 1 << 18;

/**
 * Byte order mark, then strict UTF-8, then GB18030 if what it says looks like Chinese; otherwise a person is
 * asked. Almost any file "is" valid GB18030, so validity alone would import French or Korean as nonsense.
 */
export function decideEncoding(bytes: Uint8Array): Decided {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
		return { encoding: 'utf-8', skip: 3, doubtful: !isUtf8(bytes) };
	}
	if (bytes[0] === 0xff && bytes[1] === 0xfe) {
		return { encoding: 'utf-16le', skip: 2, doubtful: !decodes(bytes, 'utf-16le') };
	}
	if (bytes[0] === 0xfe && bytes[1] === 0xff) {
		return { encoding: 'utf-16be', skip: 2, doubtful: !decodes(bytes, 'utf-16be') };
	}
	const unmarked = unmarkedUtf16(bytes);
	if (unmarked) return { encoding: unmarked, skip: 0, doubtful: true };
	if (isUtf8(bytes)) return { encoding: 'utf-8', skip: 0, doubtful: false };
	if (mostlyUtf8(bytes)) return { encoding: 'utf-8', skip: 0, doubtful: true };
	const chinese = looksChinese(bytes);
	if (!decodes(bytes, 'gb18030')) {
		return { encoding: chinese ? 'gb18030' : 'windows-1252', skip: 0, doubtful: true };
	}
	return { encoding: 'gb18030', skip: 0, doubtful: !chinese || holdsUtf8(bytes) };
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
	const decoder = new TextDecoder(encoding, { fatal: true });
	try {
		for (let at = 0; at < bytes.length; at += 1 << 20) {
			decoder.decode(bytes.subarray(at, at + (1 << 20)), { stream: true });
		}
		decoder.decode();
		return true;
	} catch {
		return false;
	}
}

/** Almost every zero on one side of the pairs: UTF-16 that lost its mark. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
	const length = Math.min(bytes.length, 4096) & ~1;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < length; i += 2) {
		if (bytes[i] === 0) even++;
		if (bytes[i + 1] === 0) odd++;
	}
	// Line ends and delimiters are ASCII in any table, so even a Chinese one has some zeros on one side only.
	if (!isLopsided(even, odd, length)) return null;
	return odd > even ? 'utf-16le' : 'utf-16be';
}

/** UTF-8 with a few damaged bytes must not be taken for GB18030, which it often also is. */
function mostlyUtf8(bytes: Uint8Array): boolean {
	let good = 0;
	let bad = 0;
	const end = Math.min(bytes.length, SAMPLE);
	for (let i = 0; i < end; i++) {
		const byte = bytes[i] ?? 0;
		if (byte < 0x80) continue;
		const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
		let valid = length > 0;
		for (let j = 1; j < length; j++) valid &&= ((bytes[i + j] ?? 0) & 0xc0) === 0x80;
		if (valid) {
			good++;
			i += length - 1;
		} else {
			bad++;
		}
	}
	return good > bad * 3;
}

/**
 * A word of Chinese UTF-8 between the others, as files have that were put together from two: GB18030 reads it too,
 * as other characters. Chinese in GB18030 makes no such run of bytes itself, but by a coincidence that may be asked about.
 */
function holdsUtf8(bytes: Uint8Array): boolean {
	for (let start = 0; start < bytes.length; start++) {
		if ((bytes[start] ?? 0) < 0x80) continue;
		let end = start;
		while ((bytes[end] ?? 0) >= 0x80) end++;
		if ((end - start) % 3 === 0 && isChineseUtf8(bytes.subarray(start, end))) return true;
		start = end;
	}
	return false;
}

function isChineseUtf8(run: Uint8Array): boolean {
	for (let at = 0; at < run.length; at += 3) {
		const lead = run[at] ?? 0;
		if (lead !== 0xe3 && lead !== 0xef && (lead < 0xe4 || lead > 0xe9)) return false;
	}
	return isUtf8(run);
}

/**
 * Real Chinese text keeps almost wholly to the GB 2312 part of the code, and to both halves of its common
 * characters: Korean read as GB18030 fills only rows B0 to C8, European letters leave the part altogether.
 */
function looksChinese(bytes: Uint8Array): boolean {
	let inside = 0;
	let outside = 0;
	let lateRows = 0;
	let kana = 0;
	const end = Math.min(bytes.length - 1, SAMPLE);
	for (let i = 0; i < end; i++) {
		const lead = bytes[i] ?? 0;
		if (lead < 0x81) continue;
		const trail = bytes[++i] ?? 0;
		if (trail >= 0x30 && trail <= 0x39) {
			outside++;
			i += 2;
		} else if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1) {
			inside++;
			if (lead >= 0xc9 && lead <= 0xd7) lateRows++;
		} else if ((lead === 0xa4 || lead === 0xa5) && trail >= 0xa1) {
			kana++;
		} else if (lead >= 0xa1 && lead <= 0xa9 && trail >= 0xa1) {
			// Punctuation, full-width signs: no evidence either way.
		} else {
			outside++;
		}
	}
	if (inside + outside + kana === 0) return true;
	return outside * 10 <= inside && kana * 4 <= inside && (inside < 6 || lateRows > inside / 20);
}
