import type { MediaType } from './media-type.ts';

/** A file as it is listed: all but its bytes. */
export type StoredFile = {
	id: string;
	name: string;
	media_type: MediaType;
	size: number;
	/** Of what can be downloaded, in hex. */
	sha256: string;
};

/** In bytes; the database allows no more. */
export const LARGEST_KEPT = 10 * 1024 * 1024;

/** A picture beyond that takes more memory than one person may ask for: some 50 megapixels is the most that phones take. */
export const MOST_PIXELS = 70_000_000;
