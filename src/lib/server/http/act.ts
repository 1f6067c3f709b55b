import {
	fail,
	isActionFailure,
	redirect,
	type ActionFailure,
	type RequestEvent
} from '@sveltejs/kit';
import type { LayoutParams as AppLayoutParams } from '$app/types';
import { z } from 'zod';
import { refusalOf } from '../db.ts';
import { readForm } from './form.ts';
import { refusalText } from './refusal-text.ts';
import { sentValues, type Values } from './sent-values.ts';

type Params = AppLayoutParams<'/'>;
type Shape = Record<string, z.ZodType>;

/** The answer to a form that was refused: everything typed into it, and why. */
export type Refused<Name extends string = string> = {
	act: Name;
	/** Which of several forms of the act it was; '' where there is one. */
	at: string;
	values: Values;
	/** Field → what is wrong with it. */
	errors?: Record<string, string>;
	/** The key of a refusal and its sentence. */
	refusal?: string;
	message?: string;
};

/** The answer to a form whose result is shown once, on the page that sent it. */
export type Done<Name extends string, Result> = { act: Name; at: string; result: Result };

type ResultOf<Answer> = Answer extends ActionFailure<unknown> ? never : Answer;
type FailureOf<Answer> = Answer extends ActionFailure<infer More> ? More : never;
type MoreOf<Answer> = [FailureOf<Answer>] extends [never] ? unknown : Partial<FailureOf<Answer>>;

type Act<Name extends string, Schema extends z.ZodType, Answer, Event> = {
	/** Its name in `actions`, which the page's form is known by. */
	name: Name;
	/** Left out where the form says nothing but that it is to be done. */
	schema?: Schema;
	/** The field that tells several forms of the act on one page apart. */
	at?: string;
	/**
	 * The act itself. It refuses with a refusal of the database or of `refusing`, or returns `fail(status, …)` with `errors`
	 * or whatever else the page shows.
	 */
	does: (data: z.infer<Schema>, event: Event, sent: FormData) => Promise<Answer> | Answer;
	/** Where it goes on; left out: to the same page, which says so by `?done=<name>`. `null`: the page shows the result. */
	done?:
		string | null | ((result: ResultOf<Answer>, data: z.infer<Schema>, event: Event) => string);
};

/**
 * A form action. Whatever it cannot do it answers as `Refused`, with all that was typed, for `answerOf` and `<Answer>` of
 * the page. What is no refusal is a bug, and throws.
 */
export function act<
	const Name extends string,
	Answer,
	Of extends Params = Params,
	Schema extends z.ZodObject<Shape> = z.ZodObject<Record<never, never>>
>({
	name,
	schema,
	at: where,
	does,
	done
}: Act<Name, Schema, Answer, RequestEvent<Of>>): (
	event: RequestEvent<Of>
) => Promise<ActionFailure<Refused<Name> & MoreOf<Answer>> | Done<Name, ResultOf<Answer>>> {
	return async (event) => {
		const sent = await event.request.formData();
		const values = sentValues(sent);
		const at = (where && values[where]?.[0]) || '';
		const refused = (status: number, why: Omit<Refused, 'act' | 'at' | 'values'>) =>
			fail(status, { act: name, at, values, ...why } as Refused<Name> & MoreOf<Answer>);

		const form = readForm(schema ?? z.object({}), sent);
		if (!form.ok) return refused(400, { errors: form.errors });
		const data = form.data as z.infer<Schema>;

		let answer: Answer;
		try {
			answer = await does(data, event, sent);
		} catch (caught) {
			const refusal = refusalOf(caught);
			if (!refusal) throw caught;
			return refused(refusal.status, {
				refusal: refusal.key,
				message: refusalText(refusal.key)
			});
		}
		if (isActionFailure(answer)) return refused(answer.status, answer.data ?? {});

		const result = answer as ResultOf<Answer>;
		if (done === null) return { act: name, at, result };
		if (typeof done === 'function') redirect(303, done(result, data, event));
		redirect(303, done ?? `${event.url.pathname}?done=${name}`);
	};
}
