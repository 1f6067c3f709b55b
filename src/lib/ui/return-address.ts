/**
 * Where a small form sends its reader back to. Only a path of this site is followed, so that a crafted
 * link cannot lead elsewhere.
 */
export function returnAddress(wanted: unknown, fallback = '/'): string {
	if (typeof wanted !== 'string' || !/^\/(?!\/)/.test(wanted) || /[\\\s]/.test(wanted))
		return fallback;
	const { pathname, search, hash } = new URL(wanted, 'http://here.invalid');
	// Steps up may leave two slashes where the path begins, and a browser takes what follows for another site.
	return pathname.startsWith('//') ? fallback : pathname + search + hash;
}
