import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [
		// Keep the options equal to the `generate` script in package.json: both write the same folder.
		// Tests use what that script wrote: the plugin's watcher would keep Vitest from ending.
		!process.env.VITEST &&
			paraglideVitePlugin({
				project: './src/i18n/project.inlang',
				outdir: './src/lib/paraglide',
				strategy: ['cookie', 'baseLocale']
			}),
		sveltekit()
	],
	test: {
		// As many as there are processors: one alone would leave the other idle while Postgres works.
		maxWorkers: '100%',
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					// A hundred files of rules would otherwise load the same modules a hundred times.
					isolate: false,
					include: ['src/**/*.test.ts', 'supabase/**/*.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'database',
					environment: 'node',
					include: ['tests/database/**/*.test.ts'],
					// Whole filings and password hashes, on a machine that may be busy with other things.
					testTimeout: 30_000
				}
			}
		]
	}
});
