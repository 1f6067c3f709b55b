import { send, type Sending } from './send.ts';

/** A smaller file is sent whole: sending it again takes no time. */
const WORTH_IT = 1024 * 1024;
const PART = 512 * 1024;
const MOST_FAILURES = 6;

/** `from`: what had arrived before, where a file is continued; `broken`: it is being tried again. */
export type PartSending = Sending & { from: number; broken: boolean };

/** Whether a file is sent in parts, so that it can be continued; hashing needs a page that nobody can alter on its way. */
export function inParts(file: unknown): file is File {
	return (
		file instanceof File &&
		file.size > WORTH_IT &&
		(globalThis.crypto as Crypto | undefined)?.subtle !== undefined
	);
}

/**
 * Sends a file in parts that stay where they arrived: after a broken connection or a reload the same file goes on.
 * Then sends the form with the file's SHA-256 in its place.
 * @returns the action's result, or null if it was cancelled
 * @throws TypeError when the connection stays broken, or a part was refused
 */
export async function sendParts(
	action: URL,
	form: FormData,
	file: File,
	progress: (sending: PartSending) => void,
	cancel: AbortSignal
): ReturnType<typeof send> {
	const sha256 = await hashOf(file);
	const address = new URL(`/submissions/new/parts/${sha256}`, action);
	try {
		await sendAll(address, file, progress, cancel);
	} catch (caught) {
		if (cancel.aborted) return null;
		throw caught;
	}
	form.delete('file');
	form.set('parts', sha256);
	form.set('name', file.name);
	return send(action, form, () => undefined, cancel);
}

async function sendAll(
	address: URL,
	file: File,
	progress: (sending: PartSending) => void,
	cancel: AbortSignal
): Promise<void> {
	const { size } = file;
	let failures = 0;
	let from: number | null = null;
	let sent = 0;
	for (;;) {
		try {
			// Asked again after every failure: part of what was sent may have arrived.
			const arrived = await fetch(address, { method: 'HEAD', signal: cancel });
			// Nobody is signed in any more: the form, sent without its file, is answered with that.
			if (arrived.redirected) return;
			sent = await offsetOf(arrived);
			from ??= sent;
			while (sent < size) {
				progress({ sent, size, from, broken: false });
				const body = file.slice(sent, sent + PART);
				const headers = {
					'upload-offset': String(sent),
					'content-type': 'application/offset+octet-stream'
				};
				sent = await offsetOf(
					await fetch(address, { method: 'PATCH', headers, body, signal: cancel })
				);
				failures = 0;
			}
			progress({ sent, size, from, broken: false });
			return;
		} catch (caught) {
			if (cancel.aborted || ++failures > MOST_FAILURES) throw caught;
			progress({ sent, size, from: from ?? 0, broken: true });
			await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** failures, 8000)));
		}
	}
}

function offsetOf(answer: Response): Promise<number> {
	const offset = answer.ok ? answer.headers.get('upload-offset') : null;
	return offset === null
		? Promise.reject(new TypeError(`answered with ${answer.status}`))
		: Promise.resolve(Number(offset));
}

async function hashOf(file: File): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
	return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
