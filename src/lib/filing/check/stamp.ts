import { nameParams, type Dataset } from '#lib/datasets/dataset.ts';
import type { Table } from '#lib/sheets/table.ts';
import type { Context } from '../checked.ts';
import type { Collector } from './problems.ts';

/** An old or foreign template gets one clear message, not four hundred errors. */
export function stampFits(
	{ stamp }: Table,
	dataset: Dataset,
	context: Context,
	collect: Collector
): boolean {
	if (!stamp) return true;
	const wrong =
		stamp.dataset !== dataset.code
			? 'template_of_other_dataset'
			: stamp.version !== dataset.version
				? 'template_out_of_date'
				: context.organisation_id && stamp.organisation !== context.organisation_id
					? 'template_of_other_organisation'
					: context.period && stamp.period !== context.period
						? 'template_of_other_period'
						: null;
	if (!wrong) return true;
	const params = {
		given: stamp.period,
		expected: context.period,
		version: dataset.version,
		...nameParams('name', dataset)
	};
	collect.add('error', wrong, null, null, '', params);
	return false;
}
