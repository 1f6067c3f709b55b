import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { description } from './openapi.ts';

describe('the description that an engineer of a platform reads', () => {
	const described = JSON.parse(JSON.stringify(description('https://xiezhi.example'))) as {
		openapi: string;
		paths: Record<string, Record<string, { parameters: { name: string; required?: boolean }[] }>>;
	};

	test('is OpenAPI 3.1 as the standard says, and every reference leads somewhere', async () => {
		const validator = new Validator();
		const result = await validator.validate(structuredClone(described));
		expect(result.errors ?? []).toEqual([]);
		expect(result.valid).toBe(true);
		expect(validator.version).toBe('3.1');
		expect(() => validator.resolveRefs()).not.toThrow();
	});

	test('names every address and what each needs', () => {
		expect(Object.keys(described.paths)).toEqual([
			'/api/v1/datasets',
			'/api/v1/indicators',
			'/api/v1/regions',
			'/api/v1/submissions',
			'/api/v1/submissions/{id}',
			'/api/v1/observations'
		]);
		const needed = described.paths['/api/v1/observations']?.['get']?.parameters
			.filter(({ required }) => required)
			.map(({ name }) => name);
		expect(needed).toEqual(['indicator', 'period']);
	});
});
