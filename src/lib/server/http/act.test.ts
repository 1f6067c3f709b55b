import { error, fail, isRedirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusing } from '../db.ts';
import { act } from './act.ts';

const schema = z.object({
	row: z.string(),
	reason: z.string().min(5, { error: () => 'a reason, please' }),
	cells: z.array(z.string())
});

describe('what somebody typed comes back', () => {
	const typed = { row: ['7'], reason: ['no'], cells: ['B2', 'C3'] };

	test('when a field is wrong, and every value of a name with it', async () => {
		const back = act({ name: 'sendBack', schema, at: 'row', does: () => undefined });
		expect(await refusedBy(back, typed)).toEqual({
			status: 400,
			data: { act: 'sendBack', at: '7', values: typed, errors: { reason: 'a reason, please' } }
		});
	});

	test('when the database refuses', async () => {
		const back = act({
			name: 'sendBack',
			does: () => refusing({ status: 409, key: 'submission_not_open_for_review' })
		});
		expect(await refusedBy(back, typed)).toMatchObject({
			status: 409,
			data: {
				act: 'sendBack',
				at: '',
				values: typed,
				refusal: 'submission_not_open_for_review',
				message: expect.stringMatching(/./) as string
			}
		});
	});

	test('when the act itself finds something wrong, and what it found', async () => {
		const register = act({
			name: 'register',
			does: () => fail(422, { errors: { region: 'which?' }, candidates: ['3201', '3203'] })
		});
		expect(await refusedBy(register, typed)).toEqual({
			status: 422,
			data: {
				act: 'register',
				at: '',
				values: typed,
				errors: { region: 'which?' },
				candidates: ['3201', '3203']
			}
		});
	});

	test('but no password, no file, and nothing that no answer can carry', async () => {
		const enter = act({ name: 'enter', does: () => refusing({ status: 401, key: 'unknown' }) });
		const { data } = await refusedBy(enter, {
			email: ['lin@haida.example'],
			password: ['correct horse'],
			new_password: ['battery staple'],
			file: [new File(['x'], 'x.csv')],
			['__proto__']: ['x']
		});
		expect(data.values).toEqual({ email: ['lin@haida.example'] });
	});
});

describe('what was done', () => {
	test('is told on the same page', async () => {
		const open = act({ name: 'open', does: () => undefined });
		await expect(run(open, {})).rejects.toSatisfy(leadsTo('/meetings/3?done=open'));
	});

	test('or where it goes on, which may be what it made', async () => {
		const plan = act({
			name: 'plan',
			schema,
			does: () => Promise.resolve('9'),
			done: (made, { row }, { params }) =>
				`/meetings/${made}?of=${row}&in=${(params as { id: string }).id}`
		});
		const typed = { row: ['7'], reason: ['a reason'] };
		await expect(run(plan, typed)).rejects.toSatisfy(leadsTo('/meetings/9?of=7&in=3'));
	});

	test('or is shown once, where nothing else shows it', async () => {
		const make = act({ name: 'make', does: () => 'the key', done: null });
		expect(await run(make, {})).toEqual({ act: 'make', at: '', result: 'the key' });
	});
});

test('what is no refusal is a bug and throws', async () => {
	const broken = act({
		name: 'broken',
		does: () => {
			throw new TypeError('undefined is not a function');
		}
	});
	await expect(run(broken, {})).rejects.toThrow(TypeError);
	const unworded = act({ name: 'unworded', does: () => error(500, 'no key') });
	await expect(run(unworded, {})).rejects.toMatchObject({ status: 500 });
});

type Sent = Record<string, (string | File)[]>;
type Action = (event: RequestEvent) => Promise<unknown>;

function run(action: Action, sent: Sent): Promise<unknown> {
	const url = new URL('http://127.0.0.1/meetings/3?/plan');
	const body = new FormData();
	for (const [name, values] of Object.entries(sent))
		for (const value of values) body.append(name, value);
	const request = new Request(url, { method: 'POST', body });
	return action({ request, url, params: { id: '3' } } as unknown as RequestEvent);
}

async function refusedBy(action: Action, sent: Sent) {
	const { status, data } = (await run(action, sent)) as ActionFailure<Record<string, unknown>>;
	return { status, data };
}

function leadsTo(location: string) {
	return (caught: unknown) => isRedirect(caught) && caught.location === location;
}
