/**
 * Where a small form sends its reader back to. Only a path of this site is followed, so that a crafted
 * link cannot lead elsewhere.
 */
export function returnAddress(wanted: unknown, fallback = '/'): string {
	if (typeof wanted !== 'string' || !wanted.startsWith('/')) return fallback;
	const address = new URL(wanted, 'http://here.invalid');
	return address.host === 'here.invalid' && !/[\\\s]/.test(wanted)
		? address.pathname + address.search + address.hash
		: fallback;
}
