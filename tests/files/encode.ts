let table: Map<string, number> | undefined;

/** Node decodes GB 18030 but does not encode it: the two-byte part, turned round. */
function gbTable(): Map<string, number> {
	if (table) return table;
	table = new Map();
	const decoder = new TextDecoder('gb18030');
	for (let lead = 0x81; lead <= 0xfe; lead++) {
		for (let trail = 0x40; trail <= 0xfe; trail++) {
			if (trail === 0x7f) continue;
			const text = decoder.decode(Uint8Array.of(lead, trail));
			if ([...text].length === 1 && text !== '\ufffd') table.set(text, lead * 256 + trail);
		}
	}
	return table;
}

/** Text as bytes of an encoding that people's programs write. */
export function encode(text: string, encoding: string): Buffer {
	switch (encoding) {
		case 'utf-8':
			return Buffer.from(text, 'utf8');
		case 'utf-8-bom':
			return Buffer.from('\ufeff' + text, 'utf8');
		case 'utf-16le':
			return Buffer.from('\ufeff' + text, 'utf16le');
		case 'utf-16be':
			return Buffer.from('\ufeff' + text, 'utf16le').swap16();
		case 'gb18030':
			return Buffer.from(
				[...text].flatMap((sign) => {
					const code = sign.charCodeAt(0) < 0x80 ? undefined : gbTable().get(sign);
					return code === undefined ? [sign.charCodeAt(0)] : [code >> 8, code & 255];
				})
			);
		case 'latin1':
			return Buffer.from(text, 'latin1');
		default:
			throw new Error(encoding);
	}
}
