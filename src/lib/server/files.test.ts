import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from './db.ts';
import { prepared } from './files.ts';
import { drawnAnew } from './files/picture.ts';
import { LARGEST_KEPT } from '#lib/files/file.ts';

/** Upright it is 60 wide and 80 high, red on top; the camera lay on its side, and wrote down where it was. */
let phonePhoto: Buffer;

beforeAll(async () => {
	const half = (background: string) =>
		sharp({
			create: { width: 60, height: 40, channels: 3, background }
		})
			.png()
			.toBuffer();
	const upright = await sharp({
		create: { width: 60, height: 80, channels: 3, background: '#00f' }
	})
		.composite([{ input: await half('#f00'), top: 0, left: 0 }])
		.png()
		.toBuffer();
	phonePhoto = await sharp(await sharp(upright).rotate(-90).toBuffer())
		.jpeg({ quality: 95 })
		.withMetadata({ orientation: 6 })
		.withExifMerge(whereAndWhat)
		.toBuffer();
});

const whereAndWhat = {
	IFD0: { Make: 'Huaxiang', Model: 'P-100' },
	IFD3: {
		GPSLatitudeRef: 'N',
		GPSLatitude: '31/1 13/1 49/1',
		GPSLongitudeRef: 'E',
		GPSLongitude: '121/1 28/1 25/1'
	}
};

const fileOf = (name: string, bytes: Buffer | string) =>
	new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

async function kept(name: string, bytes: Buffer | string) {
	const file = await prepared(fileOf(name, bytes));
	if (!file) throw new Error('nothing was sent');
	return { ...file, bytes: Buffer.from(file.content_base64, 'base64') };
}

const refused = async (name: string, bytes: Buffer | string) => {
	try {
		await prepared(fileOf(name, bytes));
	} catch (caught) {
		return refusalOf(caught);
	}
	throw new Error('it was taken');
};

describe('the photo of a phone', () => {
	test('says where it was taken when it is sent, and no longer when it is kept', async () => {
		const before = await sharp(phonePhoto).metadata();
		expect(before).toMatchObject({ orientation: 6, width: 80, height: 60 });
		expect(before.exif?.includes('Huaxiang')).toBe(true);
		// The tag of the GPS directory, in a file of the least significant byte first.
		expect(before.exif?.includes(Buffer.from([0x25, 0x88]))).toBe(true);

		const { bytes, media_type, file_name } = await kept('站点.jpg', phonePhoto);
		expect({ media_type, file_name }).toEqual({ media_type: 'image/jpeg', file_name: '站点.jpg' });
		const after = await sharp(bytes).metadata();
		for (const part of ['exif', 'xmp', 'iptc', 'icc', 'orientation', 'comments'] as const)
			expect(after[part], part).toBeUndefined();
		expect(bytes.includes('Huaxiang')).toBe(false);
		expect(bytes.includes('Exif')).toBe(false);
	});

	test('stands upright, as the phone showed it', async () => {
		const { bytes } = await kept('站点.jpg', phonePhoto);
		const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
		expect(info).toMatchObject({ width: 60, height: 80 });
		const colour = (x: number, y: number) => [...data.subarray((y * 60 + x) * 3).subarray(0, 3)];
		expect(colour(30, 10)[0]).toBeGreaterThan(200);
		expect(colour(30, 70)[2]).toBeGreaterThan(200);
	});

	test.each(['png', 'webp'] as const)('says nothing more as %s either', async (format) => {
		const picture = await sharp(phonePhoto).toFormat(format).withExif(whereAndWhat).toBuffer();
		expect((await sharp(picture).metadata()).exif).toBeDefined();
		const { bytes } = await kept(`a.${format}`, picture);
		const after = await sharp(bytes).metadata();
		expect(after.format).toBe(format);
		expect(after.exif).toBeUndefined();
		expect(bytes.includes('Huaxiang')).toBe(false);
	});

	test('loses what was hidden behind its end', async () => {
		const { bytes } = await kept('a.jpg', Buffer.concat([phonePhoto, Buffer.from('PK hidden')]));
		expect(bytes.includes('hidden')).toBe(false);
	});
});

describe('what is no picture', () => {
	test('is refused under the name of one', async () => {
		for (const text of ['<svg onload="alert(1)"/>', '<!doctype html><script>1</script>', 'MZ'])
			expect(await refused('站点.png', text)).toEqual({
				status: 415,
				key: 'file_kind_not_allowed'
			});
	});

	test('is refused where it only begins like one, or breaks off', async () => {
		const torn = phonePhoto.subarray(0, Math.floor(phonePhoto.length * 0.7));
		for (const bytes of [torn, Buffer.from('\xff\xd8\xff\xe0 <script>', 'latin1')])
			expect(await refused('a.jpg', bytes)).toEqual({ status: 422, key: 'picture_not_readable' });
	});

	test('is not unpacked where it says that it is larger than any photo', async () => {
		const bomb = await sharp({
			create: { width: 20_000, height: 4_000, channels: 3, background: '#fff' }
		})
			.png()
			.toBuffer();
		expect(bomb.length).toBeLessThan(1024 * 1024);
		expect(await refused('a.png', bomb)).toEqual({ status: 413, key: 'picture_too_large' });
	});
});

test('documents and tables are kept byte for byte, under a name that is safe', async () => {
	const pdf = await kept('..\\名单.pdf', '%PDF-1.7\n1 0 obj');
	expect(pdf).toMatchObject({ file_name: '名单.pdf', media_type: 'application/pdf' });
	expect(pdf.bytes.toString()).toBe('%PDF-1.7\n1 0 obj');
	expect((await kept('a.csv', '街道,次数\n')).bytes.toString()).toBe('街道,次数\n');
});

test('ten megabytes are taken, one byte more is refused, and a form without a file has none', async () => {
	const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n')], size);
	expect((await kept('a.pdf', pdf(LARGEST_KEPT))).bytes.length).toBe(LARGEST_KEPT);
	expect(await refused('a.pdf', pdf(LARGEST_KEPT + 1))).toEqual({
		status: 413,
		key: 'file_too_large'
	});
	expect(await prepared(fileOf('', ''))).toBeNull();
	expect(await prepared(null)).toBeNull();
});

test('a photo that grows too large when it is drawn anew is kept a little less well, or refused', async () => {
	const [width, height] = [300, 200];
	const noise = await sharp(randomBytes(width * height * 3), {
		raw: { width, height, channels: 3 }
	})
		.jpeg({ quality: 60 })
		.toBuffer();
	const well = await drawnAnew(noise, 'image/jpeg');
	const less = await drawnAnew(noise, 'image/jpeg', well.length - 1);
	expect(less.length).toBeLessThan(well.length);
	expect(await sharp(less).metadata()).toMatchObject({ format: 'jpeg', width, height });
	await expect(drawnAnew(noise, 'image/jpeg', less.length - 1)).rejects.toMatchObject({
		status: 413,
		body: { key: 'file_too_large' }
	});
});
