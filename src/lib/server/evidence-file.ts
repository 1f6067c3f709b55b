import { evidenceType, largestEvidence, safeFileName } from '#lib/action-items/evidence.ts';
import type { Refusal } from './db.ts';

type Evidence = { name: string; media_type: string; bytes: Uint8Array };

/** An uploaded evidence file, judged by its content; null where none was chosen, which browsers send as an empty file. */
export async function readEvidence(
	sent: FormDataEntryValue | null
): Promise<{ file: Evidence | null } | { refusal: Refusal }> {
	if (!(sent instanceof File) || sent.size === 0) return { file: null };
	if (sent.size > largestEvidence) return { refusal: { status: 413, key: 'file_too_large' } };

	const name = safeFileName(sent.name);
	const bytes = new Uint8Array(await sent.arrayBuffer());
	const media_type = evidenceType(bytes, name);
	if (!media_type) return { refusal: { status: 415, key: 'file_kind_not_allowed' } };
	return { file: { name, media_type, bytes } };
}
