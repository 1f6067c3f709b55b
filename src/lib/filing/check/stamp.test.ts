import { expect, test } from 'vitest';
import { context, dataset } from '../../../../tests/files/dataset.ts';
import { findTable } from '#lib/sheets/find-table.ts';
import type { Stamp } from '#lib/sheets/table.ts';
import { collector } from './problems.ts';
import { stampFits } from './stamp.ts';

const given = { format: null, encoding: null, delimiter: null, doubts: [], problems: [] };
const own: Stamp = {
	dataset: dataset.code,
	version: dataset.version,
	organisation: context.organisation_id,
	period: context.period,
	sheet: '填报',
	header_rows: 2
};

function judged(stamp: Stamp | null, known = context) {
	const table = { ...findTable([], given), stamp };
	const collect = collector(table);
	const fits = stampFits(table, dataset, known, collect);
	return fits ? 'fits' : collect.kept.map(({ rule }) => rule).join();
}

test.each([
	[null, 'fits'],
	[own, 'fits'],
	[{ ...own, dataset: 'another' }, 'template_of_other_dataset'],
	[{ ...own, version: 2 }, 'template_out_of_date'],
	[{ ...own, organisation: 'somebody else' }, 'template_of_other_organisation'],
	[{ ...own, period: '2026-02' }, 'template_of_other_period'],
	[{ ...own, dataset: 'another', period: '2026-02' }, 'template_of_other_dataset']
])('a file with the stamp %j is answered once: %s', (stamp, expected) => {
	expect(judged(stamp)).toBe(expected);
});

test('what nobody said is not compared', () => {
	const stamp = { ...own, organisation: 'somebody', period: '2026-02' };
	expect(judged(stamp, { ...context, organisation_id: '', period: '' })).toBe('fits');
});
