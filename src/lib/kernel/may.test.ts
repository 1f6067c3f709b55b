import { expect, test } from 'vitest';
import { may } from './may.ts';

test('somebody may do what one of their roles may, and a stranger nothing', () => {
	expect(may({ roles: ['viewer', 'reporter'] }, 'reporter', 'admin')).toBe(true);
	expect(may({ roles: ['viewer'] }, 'reporter', 'admin')).toBe(false);
	expect(may({ roles: ['viewer'] })).toBe(false);
	expect(may(null, 'viewer')).toBe(false);
});
