import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	convened,
	does,
	member,
	one,
	openStage,
	organisation,
	registry,
	type Actor,
	type Stage
} from './council.ts';

// A target that no figure could meet, or that no page could show, is not set.

let stage: Stage;
let council: string;
let secretariat: Actor;
let outside: string;

type Target = {
	indicator: string;
	region: string;
	period: string;
	kind: string | null;
	value: string | null;
	upper: string | null;
	zh: string | null;
	en: string | null;
	organisation: string | null;
};

const good: Target = {
	indicator: 'TEST1',
	region: '31',
	period: '2026',
	kind: 'floor',
	value: '80',
	upper: null,
	zh: '第三次联席会议',
	en: 'Third meeting',
	organisation: null
};

beforeAll(async () => {
	stage = await openStage('targets');
	const { owner } = stage;
	await registry(owner);
	const city = await organisation(owner, 'government', 'city', '31');
	secretariat = await member(owner, city, 'admin');
	outside = await organisation(owner, 'platform', 'outside', '31');
	council = await convened(owner, '31', city);
	await owner.query(`update public.indicators set frequency = 'quarter' where code = 'TEST2'`);
}, 180_000);

afterAll(() => stage?.close());

const set = (target: Partial<Target>) => {
	const { indicator, region, period, kind, value, upper, zh, en, organisation } = {
		...good,
		...target
	};
	return does(
		stage.owner,
		secretariat,
		'public.set_target($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
		[council, indicator, region, period, kind, value, upper, zh, en, organisation]
	);
};

test.each<[string, Partial<Target>]>([
	['a year', {}],
	['a month of a monthly indicator', { period: '2026-03' }],
	['a half-year of a quarterly one', { indicator: 'TEST2', period: '2026-H2' }],
	['a district', { region: '310105' }],
	['a range', { kind: 'range', upper: '80' }]
])('%s may be aimed at', async (_, target) => {
	await expect(set(target)).resolves.toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, Partial<Target>]>([
	['a period in words', { period: '下半年' }],
	['a thirteenth month', { period: '2026-13' }],
	['no period', { period: '' }],
	[
		'a period shorter than the indicator has figures for',
		{ indicator: 'TEST2', period: '2026-03' }
	],
	['a place outside the council', { region: '330100' }],
	['a place that is none', { region: '上海' }],
	['an indicator that is none', { indicator: 'NONE' }],
	['no number', { value: null }],
	['what is not a number', { value: 'NaN' }],
	['a number without end', { value: 'Infinity' }],
	['a number beyond all figures', { value: '1e300' }],
	['a range upside down', { kind: 'range', value: '80', upper: '20' }],
	['a range without an end', { kind: 'range' }],
	['a floor with an upper value', { upper: '90' }],
	['no kind', { kind: null }],
	['a kind that is none', { kind: 'roof' }],
	['no origin', { zh: null }],
	['an origin of spaces', { en: ' 　' }],
	['an origin that is a book', { zh: '长'.repeat(301) }]
])('%s is refused, and what stood stands', async (_, target) => {
	const before = await set({});
	await expect(set(target)).rejects.toMatchObject({
		code: 'PT422',
		message: 'target_not_valid'
	});
	expect(
		await one<boolean>(
			stage.owner,
			'select superseded_at is null from public.targets where id = $1',
			[before]
		)
	).toBe(true);
});

test('an organisation without a seat is given none', async () => {
	await expect(set({ organisation: outside })).rejects.toMatchObject({
		message: 'target_not_valid'
	});
});

test.each([
	['a period that is none', `'2026-13', 'floor', 80, null, '决议', 'resolution'`],
	['a range upside down', `'2026', 'range', 80, 20, '决议', 'resolution'`],
	['no origin', `'2026', 'floor', 80, null, '', 'resolution'`]
])('the table itself refuses %s', async (_, values) => {
	await expect(
		stage.owner.query(
			`insert into public.targets (council_id, indicator_code, region_code, period, kind, value, upper_value, origin_zh, origin_en)
			 values ($1, 'TEST1', '310101', ${values})`,
			[council]
		)
	).rejects.toMatchObject({ code: '23514' });
});
