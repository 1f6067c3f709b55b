import { m } from '#lib/paraglide/messages.js';
import type { Kind } from './kinds.ts';

export function kindName(kind: Kind): string {
	return {
		government: m.shell_kind_government,
		platform: m.shell_kind_platform,
		party: m.shell_kind_party,
		social: m.shell_kind_social,
		community: m.shell_kind_community,
		union: m.shell_kind_union
	}[kind]();
}

export function standingName(standing: 'voting' | 'observer'): string {
	return standing === 'voting'
		? m.organisations_standing_voting()
		: m.organisations_standing_observer();
}
