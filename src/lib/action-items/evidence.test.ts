import { describe, expect, it } from 'vitest';
import { evidenceType, safeFileName } from './evidence.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('an officer who attaches evidence', () => {
	it('may send photos, PDF, tables and documents', () => {
		expect(evidenceType(bytes('\xff\xd8\xff\xe0..'), '现场.JPG')).toBe('image/jpeg');
		expect(evidenceType(bytes('\x89PNG\r\n\x1a\n....'), 'a.png')).toBe('image/png');
		expect(evidenceType(bytes('RIFF....WEBPVP8 '), 'a.webp')).toBe('image/webp');
		expect(evidenceType(bytes('%PDF-1.7\n'), 'a.pdf')).toBe('application/pdf');
		expect(evidenceType(new TextEncoder().encode('街道,次数\n江浦路,3\n'), 'a.csv')).toBe(
			'text/csv'
		);
		expect(evidenceType(bytes('PK\x03\x04....word/document.xml'), 'a.docx')).toMatch(/wordproc/);
		expect(evidenceType(bytes('PK\x03\x04....xl/workbook.xml'), 'a.xlsx')).toMatch(/spreadsheet/);
	});

	it('cannot pass a page, a script, a macro or an archive off as one', () => {
		expect(evidenceType(bytes('<html><script>1</script>'), 'a.png')).toBeNull();
		expect(evidenceType(bytes('<svg onload=alert(1)>'), 'a.svg')).toBeNull();
		expect(evidenceType(bytes('%PDF-1.7'), 'a.html')).toBeNull();
		expect(
			evidenceType(bytes('PK\x03\x04..word/document.xml..vbaProject.bin'), 'a.docx')
		).toBeNull();
		expect(evidenceType(bytes('PK\x03\x04....a.exe'), 'a.zip')).toBeNull();
		expect(evidenceType(bytes('a\0b'), 'a.csv')).toBeNull();
	});
});

it('keeps no folder and no hidden direction mark of a file name', () => {
	expect(safeFileName('C:\\fakepath\\照片.png')).toBe('照片.png');
	expect(safeFileName('../../etc/passwd')).toBe('passwd');
	expect(safeFileName('a\u202egnp.exe')).toBe('agnp.exe');
	expect(safeFileName('')).toBe('file');
});
