import { crc32, deflateRawSync } from 'node:zlib';

export type ZipPart = {
	name: string;
	data: Buffer | string;
	/** What the directory claims, when that is not the truth. */
	claimedSize?: number;
	claimedChecksum?: number;
	flags?: number;
};

/** A ZIP archive made by hand, so that tests can make broken and lying ones too. */
export function zip(parts: ZipPart[]): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, data, claimedSize, claimedChecksum, flags = 0x800 } of parts) {
		const bytes = Buffer.from(data);
		const packed = deflateRawSync(bytes);
		const size = claimedSize ?? bytes.length;
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(flags, 2);
		fields.writeUInt16LE(8, 4);
		fields.writeUInt32LE(claimedChecksum ?? crc32(bytes), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(size, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(
			Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, tail, Buffer.from(name)])
		);
		locals.push(local);
		offset += local.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...locals, central, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of a workbook of one sheet with the given content of `sheetData`; `changed` replaces or adds parts. */
export function workbook(sheetData: string, changed: Record<string, string | Buffer> = {}): ZipPart[] {
	const parts: Record<string, string | Buffer> = {
		'[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
		'_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}">${sheetData}</worksheet>`,
		...changed
	};
	return Object.entries(parts).map(([name, data]) => ({ name, data }));
}

/** `<row>` elements with inline texts and plain numbers; null leaves a cell out. */
export function sheetRows(rows: (string | number | null)[][]): string {
	const escape = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
	const body = rows.map((row, i) => {
		const cells = row.map((value, j) => {
			const at = `${letters(j)}${i + 1}`;
			if (value === null) return '';
			if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
			return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
		});
		return `<row r="${i + 1}">${cells.join('')}</row>`;
	});
	return `<sheetData>${body.join('')}</sheetData>`;
}

function letters(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}
