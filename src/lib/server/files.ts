import { LARGEST_KEPT, type StoredFile } from '#lib/files/file.ts';
import { mediaType, type MediaType } from '#lib/files/media-type.ts';
import { keptName } from '#lib/files/name.ts';
import { refusing, rows, type Db } from './db.ts';
import { drawnAnew } from './files/picture.ts';

/** What a verb is given of a file that it hangs on its row by `private.attach_file`. */
type Sent = { file_name: string; media_type: MediaType; content_base64: string };

/** A file with its bytes. */
type Content = Omit<StoredFile, 'id'> & { bytes: Uint8Array<ArrayBuffer> };

/**
 * A file of a form, judged by its content, a picture drawn anew; null where none was chosen, which browsers send as an
 * empty file.
 * @throws refusals file_too_large (413), picture_too_large (413), file_kind_not_allowed (415), picture_not_readable (422)
 */
export async function prepared(sent: FormDataEntryValue | null): Promise<Sent | null> {
	if (!(sent instanceof File) || sent.size === 0) return null;
	if (sent.size > LARGEST_KEPT) refusing({ status: 413, key: 'file_too_large' });

	const bytes = new Uint8Array(await sent.arrayBuffer());
	const media_type = mediaType(bytes, sent.name);
	if (!media_type) refusing({ status: 415, key: 'file_kind_not_allowed' });
	const kept = await keptBytes(bytes, media_type);
	return {
		file_name: keptName(sent.name, media_type),
		media_type,
		content_base64: Buffer.from(kept).toString('base64')
	};
}

function keptBytes(bytes: Uint8Array, type: MediaType): Promise<Uint8Array> | Uint8Array {
	switch (type) {
		case 'image/jpeg':
		case 'image/png':
		case 'image/webp':
			return drawnAnew(bytes, type);
		default:
			return bytes;
	}
}

/** A file for whoever may read the row it hangs on; null for everybody else, as where there is none. */
export async function read(db: Db, file: string): Promise<Content | null> {
	const [found] = rows(await db.rpc('file_content', { file }));
	if (!found) return null;
	const { content_base64, media_type, ...told } = found;
	return {
		...told,
		media_type: media_type as MediaType,
		bytes: new Uint8Array(Buffer.from(content_base64, 'base64'))
	};
}
