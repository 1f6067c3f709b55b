import { crc32, deflateSync } from 'node:zlib';

type File = { name: string; media_type: string; content: Buffer };

/** A picture that stands for a photo: a street at dusk with a lit station, in colours of its own. */
export function photo(name: string, kind: number): File {
	const width = 480;
	const height = 320;
	const rows = Buffer.alloc((width * 3 + 1) * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = y * (width * 3 + 1) + 1 + x * 3;
			rows.set(colourAt(x / width, y / height, kind), at);
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return {
		name,
		media_type: 'image/png',
		content: Buffer.concat([
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
			chunk('IHDR', header),
			chunk('IDAT', deflateSync(rows)),
			chunk('IEND', Buffer.alloc(0))
		])
	};
}

function colourAt(x: number, y: number, kind: number): [number, number, number] {
	const shade = kind * 14;
	const inside = (left: number, top: number, right: number, bottom: number) =>
		x >= left && x < right && y >= top && y < bottom;
	if (y > 0.82) return [70 + shade / 3, 72, 78];
	if (inside(0.34, 0.52, 0.46, 0.82)) return [250, 214, 120];
	if (inside(0.5, 0.5, 0.64, 0.66)) return [252, 226, 150];
	if (inside(0.28, 0.38, 0.7, 0.45)) return [178, 32 + shade, 40];
	if (inside(0.28, 0.38, 0.7, 0.82)) return [206, 200 - shade, 190];
	return [Math.round(40 + 90 * y), Math.round(60 + 80 * y + shade / 2), Math.round(110 + 70 * y)];
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(data.length, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A one-page PDF. The reader's own Chinese font is used, none is embedded. */
export function pdfFile(name: string, lines: string[]): File {
	const text = lines
		.map(
			(line, at) => `BT /F1 ${at === 0 ? 18 : 12} Tf 72 ${760 - at * 28} Td <${utf16(line)}> Tj ET`
		)
		.join('\n');
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
		'<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
		'<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R /DW 1000 >>',
		'<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>'
	];
	let body = '%PDF-1.4\n';
	const places = objects.map((object, at) => {
		const place = body.length;
		body += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return place;
	});
	const table = body.length;
	body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
	body += places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
	body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
	return { name, media_type: 'application/pdf', content: Buffer.from(body, 'latin1') };
}

function utf16(text: string): string {
	return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

/** A small CSV with a byte order mark, so that office programs read its Chinese. */
export function csvFile(name: string, rows: string[][]): File {
	const text = rows.map((row) => row.join(',')).join('\r\n');
	return { name, media_type: 'text/csv', content: Buffer.from(`\ufeff${text}\r\n`, 'utf8') };
}
