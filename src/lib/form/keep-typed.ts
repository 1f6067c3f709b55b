/**
 * What a person typed, chose or opened before the page's script ran. Gives a function that puts it back: taking a page over
 * writes the served values into its controls, and on a slow line much can be filled in by then. It then presses the button
 * that waited to be asked about (src/app.html).
 */
export function typedSoFar(): () => void {
	const changed = [...document.querySelectorAll('input, textarea, select, details[open]')].flatMap(
		putBack
	);
	return () => {
		changed.forEach((restore) => restore());
		document.querySelector<HTMLButtonElement>('button[data-pressed]')?.click();
	};
}

function putBack(control: Element): (() => unknown)[] {
	if (control instanceof HTMLSelectElement) {
		const { value } = control;
		const served = [...control.options].find(({ defaultSelected }) => defaultSelected);
		return value === (served ?? control.options[0])?.value ? [] : [() => (control.value = value)];
	}
	if (control instanceof HTMLTextAreaElement) {
		const { value } = control;
		return value === control.defaultValue ? [] : [() => (control.value = value)];
	}
	if (control instanceof HTMLDetailsElement) return [() => (control.open = true)];
	if (!(control instanceof HTMLInputElement)) return [];
	const { type, value, checked } = control;
	if (type === 'hidden' || type === 'file') return [];
	if (type === 'checkbox' || type === 'radio')
		return checked === control.defaultChecked ? [] : [() => (control.checked = checked)];
	return value === control.defaultValue ? [] : [() => (control.value = value)];
}
