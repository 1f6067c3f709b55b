import { deserialize } from '$app/forms';
import type { ActionResult } from '@sveltejs/kit';
import type { Progress } from './progress.ts';

/** How far a form is on its way: bytes sent, and then the server's own work. */
export type Sending = { sent: number; size: number };

/**
 * Sends a form as the browser would, and tells how many bytes have left: `fetch` cannot. Once everything is sent
 * the server decides, and cancelling would say nothing about what it did.
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

/** How far the server is with what was sent under a name; null where it cannot say. */
export async function howFar(name: string): Promise<Progress | null> {
	const answer = await fetch(`/submissions/new/progress?name=${name}`).catch(() => null);
	return answer?.ok ? ((await answer.json()) as Progress | null) : null;
}
