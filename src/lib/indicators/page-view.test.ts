import { expect, test } from 'vitest';
import { pageView, toggleCompared, windowStart } from './page-view.ts';

const at = (query: string) => new URL(`https://x.example/indicators/CT1${query}`);
const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';

test('an address says which region, period and range somebody looks at', () => {
	expect(
		pageView(at(`?region=310115&period=2026-Q3&frequency=quarter&months=13&compare=${A}`))
	).toEqual({
		region: '310115',
		period: '2026-Q3',
		frequency: 'quarter',
		months: 13,
		compare: [A]
	});
});

test('what makes no sense in an address is left out', () => {
	expect(pageView(at('?region=x&period=soon&frequency=month&months=7&compare=1'))).toEqual({
		region: null,
		period: null,
		frequency: null,
		months: 25,
		compare: []
	});
});

test('an organisation is put into the comparison and taken out again', () => {
	const one = toggleCompared(at('?region=310115'), A);
	expect(one).toBe(`/indicators/CT1?region=310115&compare=${A}`);
	expect(toggleCompared(at(`?compare=${A}&compare=${B}`), A)).toBe(`/indicators/CT1?compare=${B}`);
});

test('the window begins so many months back', () => {
	expect(
		windowStart(
			{ region: null, period: null, frequency: null, months: 13, compare: [] },
			'2026-11-21'
		)
	).toBe('2025-10-01');
});
