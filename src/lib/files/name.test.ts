import { expect, test } from 'vitest';
import { keptName } from './name.ts';

test('a file keeps its own name in any script, without the folders that some browsers send', () => {
	expect(keptName('C:\\fakepath\\站点 照片（2）.png', 'image/png')).toBe('站点 照片（2）.png');
	expect(keptName('../../etc/passwd.csv', 'text/csv')).toBe('passwd.csv');
	expect(keptName('照片📷.JPEG', 'image/jpeg')).toBe('照片📷.JPEG');
});

test('nothing hidden makes a name look like another', () => {
	expect(keptName('a\u202egnp.exe.pdf', 'application/pdf')).toBe('agnp.exe.pdf');
	expect(keptName('a\u200b\u0007b\r\n.pdf', 'application/pdf')).toBe('ab.pdf');
	expect(keptName('...htaccess.csv', 'text/csv')).toBe('htaccess.csv');
	// As a Mac takes the two apart.
	expect(keptName('e\u0301.pdf', 'application/pdf')).toBe('\u00e9.pdf');
	expect(keptName('a\ud83d.pdf', 'application/pdf')).toBe('a\ufffd.pdf');
});

test('the end of a name says what the file is', () => {
	expect(keptName('微信图片.jpg', 'image/webp')).toBe('微信图片.webp');
	expect(keptName('image:1024', 'image/jpeg')).toBe('image:1024.jpg');
	expect(keptName('', 'image/png')).toBe('file.png');
	expect(keptName('.png', 'image/png')).toBe('png.png');
	expect(keptName('照片.', 'image/png')).toBe('照片.png');
});

test('a name that is too long loses its beginning, and no half of a character', () => {
	const kept = keptName(`${'📷'.repeat(300)}.png`, 'image/png');
	expect([...kept]).toHaveLength(180);
	expect(kept).toMatch(/^(📷)+\.png$/u);
});
