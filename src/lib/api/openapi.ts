import { XLSX } from '#lib/kernel/media-types.ts';
import { z } from 'zod';
import * as schemas from './schemas.ts';

type Json = Record<string, unknown>;

/** Shapes that the description names once and points at. */
const components = {
	Datasets: schemas.pageOf(schemas.dataset),
	Indicators: schemas.pageOf(schemas.indicator),
	Regions: schemas.pageOf(schemas.regionAnswer),
	Observations: schemas.observations,
	SubmissionBody: schemas.submissionBody,
	Receipt: schemas.receipt,
	Submission: schemas.submission,
	ProblemList: schemas.problemList,
	Error: schemas.apiError
};

/** OpenAPI 3.1 of the HTTP API, made from the schemas that validate its requests. */
export function description(origin: string): Json {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Xiezhi 协治 HTTP API',
			version: '1.0.0',
			summary: 'For the systems of organisations that file and read figures.',
			description:
				'Never shows an organisation more than its pages do. Errors are JSON: `error.key` stays the same, `error.message` is for people. A period is 2026-03, 2026-Q1, 2026-H1 or 2026. Answers about a demonstration, whose organisations and figures are invented, say `demo: true`.',
			license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
		},
		servers: [{ url: origin }],
		security: [{ key: [] }],
		tags: [
			{ name: 'registry', description: 'What is filed and what it means.' },
			{ name: 'submissions', description: 'Filing, receipts and reviews.' },
			{ name: 'observations', description: 'Accepted figures.' }
		],
		paths: {
			'/api/v1/datasets': list(
				'datasets',
				'What is to be filed',
				schemas.datasetsQuery,
				'Datasets'
			),
			'/api/v1/indicators': list(
				'indicators',
				'Indicators and their definitions',
				schemas.indicatorsQuery,
				'Indicators'
			),
			'/api/v1/regions': list(
				'regions',
				'Administrative divisions',
				schemas.regionsQuery,
				'Regions'
			),
			'/api/v1/submissions': { post: filing },
			'/api/v1/submissions/{id}': {
				get: {
					operationId: 'getSubmission',
					tags: ['submissions'],
					summary: 'A filing, its receipt, and what reviewers decided and marked',
					parameters: [
						{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
						language
					],
					responses: { 200: json('Submission'), 304: unchanged, ...errors(401, 403, 404, 429) }
				}
			},
			'/api/v1/observations': {
				get: {
					operationId: 'listObservations',
					tags: ['observations'],
					summary: 'An indicator in one period and region; needs the scope read',
					parameters: [...query(schemas.observationsQuery), language],
					responses: {
						200: {
							description:
								'What the page shows the same organisation. In a demonstration the CSV file has a last column demo, true in every row.',
							content: { ...json('Observations').content, 'text/csv': { schema: text } }
						},
						304: unchanged,
						...errors(400, 401, 403, 404, 429)
					}
				}
			}
		},
		components: {
			securitySchemes: {
				key: { type: 'http', scheme: 'bearer', description: 'An API key, xz_…' }
			},
			schemas: Object.fromEntries(
				Object.entries(components).map(([name, schema]) => [
					name,
					shape(schema, name === 'SubmissionBody' ? 'input' : 'output')
				])
			)
		}
	};
}

const text = { type: 'string' };
const unchanged = { description: 'The ETag in If-None-Match still holds.' };
const language = {
	name: 'Accept-Language',
	in: 'header',
	description: 'The language of messages: zh-CN (default) or en.',
	schema: text
};

const reasons: Record<number, string> = {
	400: 'The request is not as described here.',
	401: 'No key, or one that is wrong, expired or revoked.',
	403: 'The key lacks the scope, or its organisation may not do this.',
	404: 'There is none, or this organisation may not see it.',
	409: 'The period is not open or is excused, or the Idempotency-Key was used for something else.',
	413: 'Larger than 32 MB, or 8 MB as JSON.',
	415: 'Neither JSON, CSV, XLSX nor a form.',
	429: 'Too many requests; Retry-After tells the seconds to wait.',
	503: 'Interrupted for a moment; send the same again after Retry-After, filings with the same Idempotency-Key.'
};

function errors(...statuses: number[]): Json {
	return Object.fromEntries(
		[...statuses, 503].map((status) => [
			status,
			{
				description: reasons[status],
				...((status === 429 || status === 503) && {
					headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }
				}),
				content: json('Error').content
			}
		])
	);
}

function json(name: keyof typeof components, description: string = name) {
	return {
		description,
		content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } }
	};
}

const file = { type: 'string', contentMediaType: 'application/octet-stream' };
const fileBody = { schema: { type: 'string', format: 'binary' } };

const filing = {
	operationId: 'fileSubmission',
	tags: ['submissions'],
	summary: 'File figures; needs the scope submissions:write',
	description:
		'Everything is filed or nothing. The same file or Idempotency-Key again changes nothing and is answered with the first receipt. Entries in JSON are judged as the CSV file that says the same: the first entry is row 2.',
	parameters: [
		{
			name: 'Idempotency-Key',
			in: 'header',
			description: schemas.idempotencyKey.description,
			schema: shape(schemas.idempotencyKey, 'input')
		},
		...query(schemas.submissionQuery).map((one) => ({
			...one,
			required: false,
			description: `With a file. ${one.description ?? ''}`.trim()
		})),
		language
	],
	requestBody: {
		required: true,
		content: {
			...json('SubmissionBody').content,
			'text/csv': fileBody,
			[XLSX]: fileBody,
			'multipart/form-data': {
				schema: { type: 'object', required: ['file'], properties: { file } }
			}
		}
	},
	responses: {
		200: json('Receipt', 'Filed before; the first receipt.'),
		201: json('Receipt', 'Filed.'),
		422: json('ProblemList', 'Nothing was saved; the same list that the page shows.'),
		...errors(400, 401, 403, 404, 409, 413, 415, 429)
	}
};

function list(
	what: string,
	summary: string,
	parameters: z.ZodObject,
	name: keyof typeof components
): Json {
	return {
		get: {
			operationId: `list${what[0]?.toUpperCase()}${what.slice(1)}`,
			tags: ['registry'],
			summary,
			parameters: [...query(parameters), language],
			responses: {
				200: {
					...json(name, 'One page.'),
					headers: {
						ETag: { description: 'Send it back as If-None-Match.', schema: text },
						Link: { description: 'rel="next", if there is more.', schema: text }
					}
				},
				304: unchanged,
				...errors(400, 401, 403, 429)
			}
		}
	};
}

/** The fields of a schema as parameters of an address. */
function query(schema: z.ZodObject) {
	const { properties = {}, required = [] } = shape(schema, 'input') as {
		properties?: Record<string, Json & { description?: string }>;
		required?: string[];
	};
	return Object.entries(properties).map(([name, { description, ...rest }]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		...(description !== undefined && { description }),
		schema: rest
	}));
}

function shape(schema: z.ZodType, io: 'input' | 'output'): Json {
	const found = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
	delete found.$schema;
	return found;
}
