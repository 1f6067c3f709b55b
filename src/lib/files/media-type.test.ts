import { describe, expect, it } from 'vitest';
import { accepted, mediaType } from './media-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('an officer who attaches a file', () => {
	it('may send photos, PDF, tables and documents', () => {
		expect(mediaType(bytes('\xff\xd8\xff\xe0..'), '现场.JPG')).toBe('image/jpeg');
		expect(mediaType(bytes('\x89PNG\r\n\x1a\n....'), 'a.png')).toBe('image/png');
		expect(mediaType(bytes('RIFF....WEBPVP8 '), 'a.webp')).toBe('image/webp');
		expect(mediaType(bytes('%PDF-1.7\n'), 'a.pdf')).toBe('application/pdf');
		expect(mediaType(new TextEncoder().encode('街道,次数\n江浦路,3\n'), 'a.csv')).toBe('text/csv');
		expect(mediaType(bytes('PK\x03\x04....word/document.xml'), 'a.docx')).toMatch(/wordproc/);
		expect(mediaType(bytes('PK\x03\x04....xl/workbook.xml'), 'a.xlsx')).toMatch(/spreadsheet/);
	});

	it('may send a picture that a phone or messenger gave the name of another kind, or none', () => {
		expect(mediaType(bytes('RIFF....WEBPVP8 '), '微信图片.jpg')).toBe('image/webp');
		expect(mediaType(bytes('\xff\xd8\xff\xe0..'), 'image:1024')).toBe('image/jpeg');
	});

	it('cannot pass a page, a script, a macro or an archive off as one', () => {
		expect(mediaType(bytes('<html><script>1</script>'), 'a.png')).toBeNull();
		expect(mediaType(bytes('<svg onload=alert(1)>'), 'a.svg')).toBeNull();
		expect(mediaType(bytes('<svg onload=alert(1)>'), 'a.png')).toBeNull();
		expect(mediaType(bytes('\xff\xd8\xff\xe0..'), 'a.html')).toBeNull();
		expect(mediaType(bytes('%PDF-1.7'), 'a.html')).toBeNull();
		expect(mediaType(bytes('%PDF-1.7'), 'pdf')).toBeNull();
		expect(mediaType(bytes('PK\x03\x04..word/document.xml..vbaProject.bin'), 'a.docx')).toBeNull();
		expect(mediaType(bytes('PK\x03\x04....a.exe'), 'a.zip')).toBeNull();
		expect(mediaType(bytes('a\0b'), 'a.csv')).toBeNull();
	});

	it('is offered just these by the file dialog', () => {
		expect(accepted).toBe('.jpg,.jpeg,.jfif,.png,.webp,.pdf,.csv,.xlsx,.docx');
	});
});
