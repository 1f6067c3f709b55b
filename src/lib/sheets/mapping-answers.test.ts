import { expect, test } from 'vitest';
import { context, dataset } from '../../../tests/files/dataset.ts';
import { readBytes } from '#lib/server/sheets/read-bytes.ts';
import { answered, corrected } from './mapping-answers.ts';
import { checkEntries } from '#lib/filing/check-entries.ts';
import { answersFor, hasSameHeader, targetsOf, UNREAD } from './mapping.ts';

const messy = Buffer.from(
	['月报,,,', '区,人数,其中参保,备注二', '浦东新区,12,10,甲', '黄浦区,约三,2,乙'].join('\n')
);

test('what a clerk says of a messy file is enough to read it, and nothing else is changed', async () => {
	const table = await readBytes(messy, {});
	const { verdict, problems } = checkEntries(table, dataset, context);
	expect(verdict).toBe('needs_mapping');

	const targets = new Map([
		['A', 'region'],
		['B', 'value:workers'],
		['C', 'value:insured'],
		['D', 'ignore']
	]);
	const said = { header_row: 2, header_rows: 1, targets };
	const reading = answered(UNREAD, table, problems, said, targetsOf(dataset));
	expect(reading.mapping).toEqual({
		区: 'region',
		人数: 'value:workers',
		其中参保: 'value:insured',
		备注二: 'ignore'
	});
	const again = await readBytes(messy, reading.answers);
	const { mapping } = reading;
	const checked = checkEntries(again, dataset, { ...context, mapping });
	expect(checked.problems.map(({ rule, cell }) => [rule, cell])).toEqual([
		['number_unclear', 'B4']
	]);

	const made = corrected(reading, checked.problems, [
		{ cell: 'B4', value: '3' },
		{ cell: 'C4', value: '99' }
	]);
	expect(made.corrections).toEqual({ B4: { from: '约三', to: '3' } });
	const after = checkEntries(again, dataset, { ...context, mapping, corrections: { B4: '3' } });
	expect(after.entries.map(({ cell, value }) => [cell, value])).toContainEqual(['B4', 3]);
	expect(after.verdict).toBe('ready');
});

test('another header row makes other columns: what was said of the old ones goes', async () => {
	const table = await readBytes(messy, {});
	const before = { ...UNREAD, mapping: { 人数: 'value:workers' } };
	const reading = answered(
		before,
		table,
		[],
		{ header_row: 3, header_rows: 1, targets: new Map([['A', 'region']]) },
		targetsOf(dataset)
	);
	expect(reading).toMatchObject({ answers: { header_row: 3, header_rows: 1 }, mapping: {} });
});

test('a meaning that the dataset does not know is not taken', async () => {
	const table = await readBytes(messy, {});
	const targets = new Map([['A', 'value:secret']]);
	expect(answered(UNREAD, table, [], { targets }, targetsOf(dataset)).mapping).toEqual({});
});

test('remembered columns are used for exactly the same header only', async () => {
	const remembered = { columns: ['区', '人数'], answers: { header_row: 2 }, mapping: {} };
	const same = await readBytes(Buffer.from('四月\n区,人数\n浦东新区,1\n'), { header_row: 2 });
	const other = await readBytes(Buffer.from('四月\n区,人次\n浦东新区,1\n'), { header_row: 2 });
	expect(hasSameHeader(remembered, same)).toBe(true);
	expect(hasSameHeader(remembered, other)).toBe(false);
	expect(answersFor(remembered, same)).toEqual({ header_row: 2 });
});

test('an explanation written on the page stays with each value of its range', async () => {
	const rows = ['区,在册人数,参保人数', '浦东新区,100,1', '黄浦区,100,1'];
	const table = await readBytes(Buffer.from(rows.join('\n')), {});
	const text = '新入职人员次月集中参保，已与经办机构核对';
	const explanations = [{ rule: 'insured_share', cell: 'C2:C3', text }];
	const checked = checkEntries(table, dataset, { ...context, explanations });
	expect(checked.unexplained).toBe(0);
	expect(checked.warnings.map(({ explanation }) => explanation)).toEqual([text, text]);
	expect(checked.entries.filter(({ explanation }) => explanation === text)).toHaveLength(2);
});
