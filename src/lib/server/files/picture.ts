import sharp, { type Sharp } from 'sharp';
import { LARGEST_KEPT, MOST_PIXELS } from '#lib/files/file.ts';
import { refusing } from '../db.ts';

export type PictureType = keyof typeof encode;

/** How well it is kept, in per cent: the second where the first is too large. PNG loses nothing. */
const QUALITIES = [90, 75];

const encode = {
	'image/jpeg': (picture: Sharp, quality: number) => picture.jpeg({ quality }),
	'image/png': (picture: Sharp) => picture.png({ compressionLevel: 9 }),
	'image/webp': (picture: Sharp, quality: number) => picture.webp({ quality })
};

// What was drawn once is not drawn again.
sharp.cache(false);

let last: Promise<unknown> = Promise.resolve();

/**
 * A picture drawn anew: upright, and with nothing of what the camera wrote beside it (place, time, device, preview). One at
 * a time, since the largest takes half a gigabyte while it is turned.
 * @throws refusals picture_too_large (413), file_too_large (413), picture_not_readable (422)
 */
export function drawnAnew(
	bytes: Uint8Array,
	type: PictureType,
	largest = LARGEST_KEPT
): Promise<Uint8Array> {
	const mine = last.then(() => draw(bytes, type, largest));
	last = mine.catch(() => {});
	return mine;
}

async function draw(bytes: Uint8Array, type: PictureType, largest: number): Promise<Uint8Array> {
	const { width, height } = await readable(sharp(bytes, { limitInputPixels: false }).metadata());
	if (width * height > MOST_PIXELS) refusing({ status: 413, key: 'picture_too_large' });

	for (const quality of type === 'image/png' ? [100] : QUALITIES) {
		// Other warnings are common in what phones write.
		const picture = sharp(bytes, {
			autoOrient: true,
			failOn: 'error',
			limitInputPixels: MOST_PIXELS
		});
		const drawn = await readable(
			encode[type](picture.timeout({ seconds: 60 }), quality).toBuffer()
		);
		if (drawn.length <= largest) return drawn;
	}
	refusing({ status: 413, key: 'file_too_large' });
}

async function readable<T>(reading: Promise<T>): Promise<T> {
	try {
		return await reading;
	} catch {
		refusing({ status: 422, key: 'picture_not_readable' });
	}
}
