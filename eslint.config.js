import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default defineConfig(
	globalIgnores([
		'build/',
		'.svelte-kit/',
		'.data/',
		'test-results/',
		'playwright-report/',
		'src/lib/paraglide/',
		'src/lib/server/database.types.ts',
		'supabase/.temp/'
	]),
	js.configs.recommended,
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: { allowDefaultProject: ['*.js'] },
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			// The compiler knows every name.
			'no-undef': 'off',
			// A promise nobody waits for loses its error, and a request ends before its work.
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
			],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// SvelteKit's redirect() and error() are thrown by design.
			'@typescript-eslint/only-throw-error': 'off',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': ['error', { allow: ['warn', 'error'] }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			// Links are plain paths of one site without a base path.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// Their types come from SvelteKit by the file's name, which only svelte-check knows; it checks them.
		files: ['**/*.svelte', '**/*.svelte.ts', 'src/routes/**/*.ts'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		// Commands of the terminal.
		files: [
			'supabase/**/*.ts',
			'supabase/**/*.mjs',
			'tests/**/*.ts',
			'src/lib/server/sheets/inspect.ts'
		],
		rules: { 'no-console': 'off' }
	},
	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [ts.configs.disableTypeChecked]
	}
);
