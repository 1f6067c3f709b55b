/** What an API key may do: file figures, or read what its organisation may see. */
export const scopes = ['submissions:write', 'read'] as const;

export type Scope = (typeof scopes)[number];
