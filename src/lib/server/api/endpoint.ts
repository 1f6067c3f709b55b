import { createHash } from 'node:crypto';
import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { ApiError, ProblemList } from '#lib/api/schemas.ts';
import type { Scope } from '#lib/api/scopes.ts';
import { refusing } from '#lib/server/db.ts';
import { log, trace } from '#lib/server/process/log.ts';
import { refusalText } from '#lib/server/http/refusal-text.ts';
import { labelledAnswer } from '#lib/sharing/invented.ts';
import { isOfTemplate } from '#lib/sheets/table.ts';
import type { findings } from './filing.ts';
import { buckets } from './limits.ts';

export type Language = App.Locals['language'];

/** A request of the API whose sender is known. */
export type Call = RequestEvent & { acting: App.Acting; language: Language };

let requests = buckets(60);
let uploads = buckets(10);

/** Sets the requests, and the uploads among them, that one key or person may send in a minute. */
export function limitCalls(perMinute: { requests: number; uploads: number }) {
	requests = buckets(perMinute.requests);
	uploads = buckets(perMinute.uploads);
}

/** Counts an upload; the answer if there were too many. */
export function countUpload({ locals, request }: Call): Response | null {
	const wait = uploads.take(locals.person?.id ?? '');
	return wait > 0 ? tooMany(request, wait) : null;
}

/** English where the sender asks for it before Chinese; a program that names no language is answered in Chinese. */
function languageOf(request: Request): Language {
	const asked = (request.headers.get('accept-language') ?? '')
		.slice(0, 200)
		.split(',')
		.map((part) => {
			const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
			const quality = parameters
				.find((one) => one.trim().startsWith('q='))
				?.trim()
				.slice(2);
			return { tag, quality: quality === undefined ? 1 : Number(quality) };
		})
		.filter(({ tag, quality }) => /^(zh|en)\b/.test(tag) && quality > 0)
		.toSorted((a, b) => b.quality - a.quality);
	return asked[0]?.tag.startsWith('en') ? 'en' : 'zh-CN';
}

/** A "no" of the API: its status, key and sentence. */
export function refused(
	request: Request,
	status: number,
	key: string,
	more: Omit<ApiError['error'], 'key' | 'message'> = {},
	headers: Record<string, string> = {}
): Response {
	const message = refusalText(key, languageOf(request));
	return Response.json({ error: { key, message, ...more } } satisfies ApiError, {
		status,
		headers: { vary: 'accept-language', ...headers }
	});
}

/** The sender asked too often, and may ask again after so many seconds. */
export function tooMany(request: Request, seconds: number): Response {
	return refused(request, 429, 'too_many_requests', {}, { 'retry-after': String(seconds) });
}

/** The database is away for a moment; the same request may be sent again. */
export function notAvailable(request: Request): Response {
	return refused(request, 503, 'not_available_now', {}, { 'retry-after': '1' });
}

/**
 * An endpoint: asks for the scope of the key, counts the request, and turns whatever is thrown into JSON without a
 * stack or SQL. A signed-in person may read with their session, but files through the pages.
 */
export function endpoint(scope: Scope | null, act: (call: Call) => Promise<Response>) {
	return async (event: RequestEvent): Promise<Response> => {
		const { request, locals } = event;
		const { acting, api_key, person } = locals;
		if (!acting || !person) return refused(request, 401, 'api_key_needed');
		if (!api_key && request.method === 'POST') return refused(request, 401, 'api_key_needed');
		if (scope && api_key && !api_key.scopes.includes(scope))
			return refused(request, 403, 'api_scope_missing', { scope });

		const wait = requests.take(person.id);
		if (wait > 0) return tooMany(request, wait);
		try {
			return await act({ ...event, acting, language: languageOf(request) });
		} catch (caught) {
			return refusalIn(event, caught);
		}
	};
}

function refusalIn({ request, locals, route }: RequestEvent, caught: unknown): Response {
	if (caught instanceof z.ZodError) {
		const fields = caught.issues
			.slice(0, 50)
			.map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
		return refused(request, 400, 'request_not_valid', { fields });
	}
	if (isHttpError(caught, 503)) return notAvailable(request);
	if (isHttpError(caught)) return refused(request, caught.status, caught.body.key ?? 'unknown');
	// The adapter stops reading a body that is too large.
	if (statusOf(caught) === 413) return refused(request, 413, 'upload_too_large');

	const reference = locals.request_id.slice(0, 8);
	log.error('failed', { reference, route: route.id, method: request.method, ...trace(caught) });
	return refused(request, 500, 'api_failed', { reference });
}

function statusOf(caught: unknown): unknown {
	return typeof caught === 'object' && caught !== null && 'status' in caught ? caught.status : null;
}

/** Reads a query or a body by its schema. @throws ZodError in the language of the request */
export function read<S extends z.ZodType>(
	schema: S,
	given: unknown,
	language: Language
): z.infer<S> {
	return schema.parse(given, { error: errorsIn[language] });
}

const errorsIn = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** The parameters of an address, each once. */
export const queryOf = (url: URL) => Object.fromEntries(url.searchParams);

/** JSON with an ETag: who has it already gets 304 and no body. */
export function unlessKnown(request: Request, body: unknown, headers: Record<string, string> = {}) {
	const text = JSON.stringify(body);
	const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
	const all = { ...headers, etag, 'cache-control': 'private, no-cache' };
	const known = request.headers.get('if-none-match')?.split(',') ?? [];
	if (known.some((one) => one.trim().replace(/^W\//, '') === etag))
		return new Response(null, { status: 304, headers: all });
	return new Response(text, { headers: { ...all, 'content-type': 'application/json' } });
}

type Page = { page: number; per_page: number };

/** One page of a list that is there wholly. */
export function pageOfList<T>(call: Call, wanted: Page, all: T[]): Response {
	const from = (wanted.page - 1) * wanted.per_page;
	return partOfList(call, wanted, all.slice(from, from + wanted.per_page), all.length);
}

/** One page of a list, with a link to the next. */
export function partOfList<T>(
	{ request, url }: Call,
	{ page, per_page }: Page,
	data: T[],
	total: number
): Response {
	const next = new URL(url);
	next.searchParams.set('page', String(page + 1));
	const more = page * per_page < total;
	const body = { data, page, per_page, total };
	return unlessKnown(
		request,
		body,
		more ? { link: `<${next.pathname}${next.search}>; rel="next"` } : {}
	);
}

/** The problems for which nothing was filed: the same list that the page shows. `template`: the address of the right one. */
export function problems(
	{ acting, request }: Call,
	{ asks, ...found }: ReturnType<typeof findings>,
	template: URL
): Response {
	const key = asks ? 'explanations_missing' : 'file_has_problems';
	const wrong = found.problems.find(isOfTemplate);
	const error = wrong
		? { key: wrong.rule, message: wrong.message ?? '', template: template.href }
		: { key, message: refusalText(key, languageOf(request)) };
	const listed = found.problems.map(
		({ sheet, cell, row, column, rule, severity, value, message = '' }) => ({
			sheet,
			cell,
			row,
			column,
			rule,
			severity,
			value,
			message
		})
	);
	const body: ProblemList = { error, ...found, problems: listed };
	return Response.json(labelledAnswer(body, acting), {
		status: 422,
		headers: { vary: 'accept-language' }
	});
}

/** Ends a request whose address names nothing. */
export const notFound = (): Promise<never> => refusing({ status: 404, key: 'not_found' });
