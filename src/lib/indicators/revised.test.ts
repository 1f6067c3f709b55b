import { expect, test } from 'vitest';
import { revisedEvents } from './revised.ts';

test('a period that was revised twice gets one flag, with the later day', () => {
	const flags = revisedEvents([
		{ period: '2026-08', revised_at: '2026-10-02T03:00:00Z' },
		{ period: '2026-09', revised_at: '2026-11-02T03:00:00Z' },
		{ period: '2026-09', revised_at: '2026-11-20T03:00:00Z' }
	]);
	expect(flags.map(({ period }) => period)).toEqual(['2026-08', '2026-09']);
	expect(flags[1]?.label).toContain('2026-11-20');
});
