export interface Toast {
	id: number;
	kind: 'done' | 'error';
	text: string;
}

/** What the page has to say now. Browser only: on a server this would be everybody's. */
export const toasts = $state<Toast[]>([]);

let last = 0;

/** Says in a corner that something worked. For what failed use `kind: 'error'`: it stays until it is closed. */
export function toast(text: string, kind: Toast['kind'] = 'done'): void {
	const id = ++last;
	toasts.push({ id, kind, text });
	if (kind === 'done') setTimeout(() => dismiss(id), 6000);
}

export function dismiss(id: number): void {
	const index = toasts.findIndex((one) => one.id === id);
	if (index >= 0) toasts.splice(index, 1);
}
