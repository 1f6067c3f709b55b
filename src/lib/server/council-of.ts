import { refusing } from './db.ts';

/** The council of the organisation somebody acts for. @throws refusal council_not_found */
export function councilOf(acting: Pick<App.Acting, 'council_id'> | null): string {
	return acting?.council_id ?? refusing({ status: 404, key: 'council_not_found' });
}
