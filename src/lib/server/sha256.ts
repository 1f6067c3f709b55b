import { createHash } from 'node:crypto';

/** SHA-256 in hex, as receipts and keys name what they stand for. */
export function sha256(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}
