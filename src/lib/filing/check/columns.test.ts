import { expect, test } from 'vitest';
import { HEADER, check, problemsOf } from '../../../../tests/files/check.ts';

test('an unknown column is asked about, with what is known', () => {
	const found = check([
		[...HEADER, '满意度'],
		['310115', '', '', 5, 5, '', '', '', '高']
	]);
	expect(found.verdict).toBe('needs_mapping');
	expect(found.problems).toMatchObject([
		{ rule: 'unknown_column', cell: 'I1', severity: 'question' }
	]);
	expect(found.columns.map(({ target }) => target)).toEqual([
		'region_code',
		'occupation',
		'employment_mode',
		'value:workers',
		'value:insured',
		'value:premium',
		'reason',
		'explanation',
		''
	]);
	const answered = check(
		[
			[...HEADER, '满意度'],
			['310115', '', '', 5, 5, '', '', '', '高']
		],
		{ mapping: { 满意度: 'ignore' } }
	);
	expect(answered.verdict).toBe('ready');
});

test.each([
	['在册人数（人）', []],
	['Registered workers (persons)', []],
	['一、用工情况 · 在册人数 · workers', []],
	['在册人数 · 人', []],
	['在册人数（万人）', ['other_unit@D1']],
	['在册人数（千人）', ['other_unit@D1']],
	['Registered workers (thousands)', ['other_unit@D1']],
	['在册人数 · 万人', ['other_unit@D1']],
	['在册人数（%）', ['other_unit@D1']],
	['在册人数（女）', ['column_to_confirm@D1']],
	['在册人数（同比增长）', ['column_to_confirm@D1']],
	['上年同期 · 在册人数', ['column_to_confirm@D1']],
	['在册人数 · 专送', ['column_to_confirm@D1']]
])('the column “%s” is read, asked about or refused: %j', (name, expected) => {
	const named = HEADER.map((one) => (one === '在册人数' ? name : one));
	expect(problemsOf([named, ['310115', '', '', 5, 5, '', '', '']])).toEqual(expected);
});

test('a column that was given its meaning is not asked about again, but ten thousands stay ten thousands', () => {
	const filed = (name: string) =>
		problemsOf(
			[
				HEADER.map((one) => (one === '在册人数' ? name : one)),
				['310115', '', '', 5, 5, '', '', '']
			],
			{ mapping: { [name]: 'value:workers' } }
		);
	expect(filed('骑手总数')).toEqual([]);
	expect(filed('在册人数（月末）')).toEqual([]);
	expect(filed('骑手总数（万人）')).toEqual(['other_unit@D1']);
	expect(filed('骑手总数万人')).toEqual(['other_unit@D1']);
});

test.each([
	['单位：人、元', []],
	['填报单位：万元电子有限公司', []],
	['单位：万元', ['other_unit_above@A1']],
	['平台用工月报（单位：千人）', ['other_unit_above@A1']]
])('of the line “%s” above the header comes %j', (line, expected) => {
	expect(problemsOf([[line], HEADER, ['310115', '', '', 5, 5, '', '', '']])).toEqual(expected);
});

test('a title above a header of known names is no question', () => {
	expect(check([['上海市平台月报'], HEADER, ['310115', '', '', 5, 5, '', '', '']]).verdict).toBe(
		'ready'
	);
});
