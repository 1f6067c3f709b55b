import { m } from '#lib/paraglide/messages.js';
import type { Scope } from './scopes.ts';

/** The name of a scope, in words. */
export function scopeName(scope: Scope): string {
	return scope === 'read' ? m.api_keys_scope_read() : m.api_keys_scope_write();
}

export function scopeHelp(scope: Scope): string {
	return scope === 'read' ? m.api_keys_scope_read_help() : m.api_keys_scope_write_help();
}

export const scopeNames = (held: Scope[]) => held.map(scopeName).join(' · ');
