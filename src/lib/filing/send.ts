import { deserialize } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import type { Progress } from './progress.ts';

/** The progress of a form on its way: bytes sent, and then the server's own work. */
export type Sending = { sent: number; size: number };

/**
 * Sends a form as the browser would, and tells how many bytes have left: `fetch` cannot. Once everything is sent
 * the server decides; whoever changes their mind then calls `cancelFiling`.
 * @returns the action's result, or null if it was cancelled
 * @throws TypeError when the connection broke
 */
export function send(
	action: URL,
	form: FormData,
	progress: (sending: Sending) => void,
	cancel: AbortSignal
): Promise<ActionResult | null> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', action);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('x-sveltekit-action', 'true');
		request.upload.onprogress = ({ loaded, total }) => progress({ sent: loaded, size: total });
		request.onload = () => {
			try {
				resolve(deserialize(request.responseText));
			} catch {
				reject(new TypeError('the answer is no result of an action'));
			}
		};
		request.onerror = () => reject(new TypeError('the connection broke'));
		request.onabort = () => resolve(null);
		cancel.addEventListener('abort', () => request.abort());
		request.send(form);
	});
}

/** Asks the server to cancel what was sent under a name; false where it is being filed already. What it did is its result. */
export async function cancelFiling(name: string): Promise<boolean> {
	const address = `/submissions/new/progress?name=${name}`;
	const answer = await fetch(address, { method: 'DELETE' }).catch(() => null);
	return answer?.ok ?? false;
}

export function isCancelled(result: ActionResult): boolean {
	return result.type === 'failure' && result.data?.['refusal'] === 'upload_cancelled';
}

/** The server's progress with an upload of this name; null where it cannot say. */
export async function howFar(name: string): Promise<Progress | null> {
	const answer = await fetch(`/submissions/new/progress?name=${name}`).catch(() => null);
	return answer?.ok ? ((await answer.json()) as Progress | null) : null;
}
