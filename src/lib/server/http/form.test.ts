import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readForm } from './form.ts';

const invitation = z.object({
	email: z.email({ error: () => 'an address, please' }),
	roles: z.array(z.enum(['admin', 'viewer'])).min(1, { error: () => 'a role, please' })
});

describe('a clerk sends a form', () => {
	test('and every chosen role arrives', () => {
		const form = new FormData();
		form.append('email', 'lin@haida.example');
		form.append('roles', 'admin');
		form.append('roles', 'viewer');
		expect(readForm(invitation, form)).toEqual({
			ok: true,
			data: { email: 'lin@haida.example', roles: ['admin', 'viewer'] }
		});
	});

	test('and learns for each field what is missing', () => {
		expect(readForm(invitation, new FormData())).toEqual({
			ok: false,
			errors: { email: 'an address, please', roles: 'a role, please' }
		});
	});
});
