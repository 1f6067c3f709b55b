import { expect, it } from 'vitest';
import { regionSearch, theRegion } from './region-search.ts';

const yangpu = { code: '310110', name_zh: '杨浦区' };
const bridge = { code: '310110018', name_zh: '大桥街道' };
const other = { code: '310115009', name_zh: '大桥街道' };

it('takes a region by its code, by its name, or as the list offers it', () => {
	expect(regionSearch(' 310110 ')).toBe('310110');
	expect(regionSearch('310110 杨浦区')).toBe('310110');
	expect(regionSearch('杨浦')).toBe('杨浦');
	expect(regionSearch('123')).toBe('123');
	expect(regionSearch('  ')).toBeNull();
});

it('asks the secretariat which one is meant where several regions have the name', () => {
	expect(theRegion('310110', [yangpu])).toEqual({ region: yangpu });
	expect(theRegion('杨浦', [yangpu])).toEqual({ region: yangpu });
	expect(theRegion('大桥街道', [bridge, other])).toEqual({ candidates: [bridge, other] });
	expect(theRegion('nowhere', [])).toEqual({ candidates: [] });
});
