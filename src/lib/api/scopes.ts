/** The scopes of an API key: to file figures, or to read what its organisation may see. */
export const scopes = ['submissions:write', 'read'] as const;

export type Scope = (typeof scopes)[number];
