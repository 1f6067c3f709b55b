/** The classes of app.css that buttons and links that look like buttons share. */
export function look(kind: string, small: boolean, iconOnly: boolean): string {
	return ['button', kind, small && 'small', iconOnly && 'icon-only'].filter(Boolean).join(' ');
}
