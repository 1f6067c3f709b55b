/**
 * Keys as `KeyboardEvent.key` names them, and how the help says what they do. Without `act` the browser does it, and
 * the help only tells.
 */
export type Shortcut = { keys: string[]; label: string; act?: (key: string) => unknown };

const TYPING = 'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])';

/** Whether a key stands for itself: pressed alone, and not while somebody types. */
export function isShortcut({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
	if (ctrlKey || metaKey || altKey) return false;
	return !(target instanceof Element && target.closest(TYPING));
}

/** The keys that `step` understands. */
export const STEPS = ['j', 'k', 'ArrowDown', 'ArrowUp'];

/** Moves the focus to the next of the elements that a selector finds, with k or the arrow up to the one before. */
export function step(selector: string, key: string): void {
	const by = key === 'k' || key === 'ArrowUp' ? -1 : 1;
	const all = [...document.querySelectorAll<HTMLElement>(selector)];
	const at = all.findIndex((one) => one === document.activeElement);
	const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
	next?.focus();
	next?.scrollIntoView({ block: 'nearest' });
}
