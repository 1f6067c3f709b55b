import { createHash } from 'node:crypto';

// Chance that always falls the same way: every number depends on a text and this seed, never on the order of calls.
const seed = 'xiezhi-demo-1';

/** A number in [0, 1) that belongs to a text. */
export function chance(text: string): number {
	let hash = 2166136261;
	for (const part of [seed, text]) {
		for (let at = 0; at < part.length; at++) {
			hash = Math.imul(hash ^ part.charCodeAt(at), 16777619);
		}
	}
	// FNV-1a alone leaves neighbours alike in the high bits.
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}

/** A number in [-1, 1) that belongs to a text. */
export function swing(text: string): number {
	return chance(text) * 2 - 1;
}

/** A whole number from `low` to `high`, both included. */
export function whole(text: string, low: number, high: number): number {
	return low + Math.floor(chance(text) * (high - low + 1));
}

/** The element of a list that belongs to a text. */
export function pick<T>(text: string, list: readonly T[]): T {
	return list[Math.floor(chance(text) * list.length)] as T;
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** The same id for the same thing in every load: version 8 of RFC 9562. */
export function idOf(text: string): string {
	const hex = sha256(`${seed}:${text}`);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
