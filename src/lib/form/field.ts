/** The id of a field's control, so that an error summary can jump to it. */
export function fieldId(name: string, form?: string): string {
	return form ? `${form}-${name}` : `field-${name}`;
}
