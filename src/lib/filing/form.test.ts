import { expect, test } from 'vitest';
import { context, dataset, regions } from '../../../tests/files/dataset.ts';
import { checkEntries } from './check-entries.ts';
import { cellKey } from './entry.ts';
import {
	fieldsOf,
	fileOf,
	findingsOf,
	fitsForm,
	MOST_FIELDS,
	UNTYPED,
	type Typed
} from './form.ts';
import { readBytes } from '#lib/server/sheets/read-bytes.ts';

const huangpu = regions.filter(({ code }) => code === '310101');
const fields = fieldsOf(dataset, huangpu, []);

function typing(values: Record<string, string | Partial<Typed>>): Record<string, Typed> {
	return Object.fromEntries(
		Object.entries(values).map(([measure, said]) => [
			cellKey({
				measure_code: measure,
				region_code: '310101',
				occupation: '',
				employment_mode: ''
			}),
			{
				value: '',
				reason: '',
				explanation: '',
				...(typeof said === 'string' ? { value: said } : said)
			}
		])
	);
}

async function checked(typed: Record<string, Typed>) {
	const { bytes, rows } = fileOf(fields, typed);
	const found = checkEntries(await readBytes(Buffer.from(bytes), {}), dataset, context);
	return {
		found,
		findings: findingsOf(found, rows, 'zh-CN'),
		text: new TextDecoder().decode(bytes)
	};
}

test('a form asks for each measure once, and divided where it was divided last time', () => {
	expect(fields.map(({ key }) => key)).toEqual([
		'workers|310101||',
		'insured|310101||',
		'premium|310101||'
	]);
	const known = ['workers|310101|rider|', 'workers|310101|courier|', 'insured|310101|rider|'];
	expect(fieldsOf(dataset, huangpu, known).map(({ key }) => key)).toEqual([
		'workers|310101|courier|',
		'workers|310101|rider|',
		'insured|310101|rider|',
		'premium|310101||'
	]);
});

test('a form is offered for what somebody can fill in, and not where the last filing or the places are too many', () => {
	const places = (count: number, valid_to: string | null = null) =>
		Array.from({ length: count }, () => ({ valid_to }));
	const most = MOST_FIELDS / dataset.measures.length;
	expect(fitsForm(dataset, places(most), null)).toBe(true);
	expect(fitsForm(dataset, [...places(most), ...places(9, '2020-01-01')], MOST_FIELDS)).toBe(true);
	expect(fitsForm(dataset, places(most + 1), null)).toBe(false);
	expect(fitsForm(dataset, places(1), MOST_FIELDS + 1)).toBe(false);
});

test('what is typed in another way is the same filing, and what is optional may be left out', async () => {
	const one = await checked(typing({ workers: '1.21万', insured: ' 8,000 ' }));
	const other = await checked(typing({ workers: '12100', insured: '８０００' }));
	expect(one.found.problems).toEqual([]);
	expect(one.found.entries.map(({ value }) => value)).toEqual([12_100, 8000]);
	expect(one.text).toBe(other.text);
	expect(one.text).not.toContain('premium');
});

test('each problem stands at its field, with the name of that field', async () => {
	const { findings } = await checked(typing({ workers: '很多' }));
	expect(findings.general).toEqual([]);
	expect(findings.errors).toEqual({
		'workers|310101||': [expect.stringContaining('很多')],
		'insured|310101||': [expect.stringContaining('“参保人数”没有填写')]
	});
});

test('blank fields below each other are each named, though the list folds them', async () => {
	const four = fieldsOf(
		dataset,
		regions.filter(({ valid_to, code }) => code.startsWith('31') && !valid_to),
		[]
	);
	const { bytes, rows } = fileOf(four, {});
	const found = checkEntries(await readBytes(Buffer.from(bytes), {}), dataset, context);
	expect(found.problems).toHaveLength(1);
	const { errors } = findingsOf(found, rows, 'zh-CN');
	expect(
		Object.entries(errors).map(([key, [text]]) => [key.split('|')[0], text?.slice(0, 6)])
	).toEqual([
		['workers', '“在册人数”'],
		['insured', '“参保人数”'],
		['workers', '“在册人数”'],
		['insured', '“参保人数”']
	]);
});

test('a region that is not reported stays out until something is typed there', () => {
	const both = fieldsOf(dataset, [...huangpu, { code: '310115' }], ['workers|310101||']);
	const huangpu_only = typing({ workers: '100', insured: '90' });
	const lines = (typed: Record<string, Typed>) => fileOf(both, typed).rows.map(({ key }) => key);
	expect(lines(huangpu_only)).toEqual(['workers|310101||', 'insured|310101||']);
	const begun = { 'workers|310115||': { ...UNTYPED, value: '5' } };
	expect(lines({ ...huangpu_only, ...begun })).toHaveLength(4);
});

test('a reason stands for a missing value and not beside one; an unusual value asks for an explanation', async () => {
	const missing = await checked(
		typing({ workers: { value: '10', reason: 'late' }, insured: { reason: 'not_collected' } })
	);
	expect(missing.found.problems).toEqual([]);
	expect(missing.found.entries.map(({ value, missing_reason }) => value ?? missing_reason)).toEqual(
		[10, 'not_collected']
	);

	const asked = await checked(typing({ workers: '100', insured: '1' }));
	expect(Object.keys(asked.findings.questions)).toEqual(['insured|310101||']);
	const said = { value: '1', explanation: '系统上线首月，\n其余由总部统一参保。' };
	const explained = await checked(typing({ workers: '100', insured: said }));
	expect(explained.findings.questions).toEqual({});
	expect(explained.found.warnings[0]?.explanation).toContain('其余由总部');
});
