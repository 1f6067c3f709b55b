import { orNotFound } from './db.ts';

/** The council of the organisation somebody acts for. @throws refusal council_not_found */
export function councilOf(acting: Pick<App.Acting, 'council_id'> | null): string {
	return orNotFound(acting?.council_id, 'council_not_found');
}
