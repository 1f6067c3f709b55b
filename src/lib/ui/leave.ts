/** Escape closes the open disclosure and gives the focus back to what opened it. */
export function leave(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
	const details = event.currentTarget.closest('details');
	if (event.key !== 'Escape' || !details?.open) return;
	event.stopPropagation();
	details.open = false;
	details.querySelector('summary')?.focus();
}
