/** The pages of the rail, by the roles and the kind of the organisation a person acts for. */
export type Destination =
	| 'home'
	| 'submissions'
	| 'reviews'
	| 'indicators'
	| 'action-items'
	| 'meetings'
	| 'organisations'
	| 'members'
	| 'audit';

/**
 * What a person can do something with, their own work first: a phone shows the first four. It only leaves
 * out what would be empty; who may see what is decided in the database.
 */
export function destinations(acting: Pick<App.Acting, 'kind' | 'roles'> | null): Destination[] {
	if (!acting) return [];
	const has = (...roles: string[]) => roles.some((role) => acting.roles.includes(role));
	const files = has('reporter', 'admin', 'viewer');
	return [
		'home',
		...(files || has('auditor') ? (['submissions'] as const) : []),
		...(has('reviewer') ? (['reviews'] as const) : []),
		'indicators',
		'action-items',
		'meetings',
		'organisations',
		...(has('admin') ? (['members'] as const) : []),
		...(has('admin', 'auditor') ? (['audit'] as const) : [])
	];
}

/** Whether an address lies at or under a page of the rail. */
export function isAt(pathname: string, href: string): boolean {
	return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
