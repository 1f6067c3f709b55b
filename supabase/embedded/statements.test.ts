import { expect, test } from 'vitest';
import { splitStatements } from './statements.ts';

test('a script is recorded statement by statement', () => {
	expect(splitStatements('select 1;\n\nselect 2')).toEqual(['select 1', 'select 2']);
	expect(splitStatements(' ;; ')).toEqual([]);
});

test.each([
	['a text', "select ';', 'it''s; one'"],
	['an escaped text', "select e'\\';'"],
	['a name', 'select 1 as "a;b"'],
	['a comment', 'select 1 -- no; not here\n, 2'],
	['a nested comment', 'select /* a; /* b; */ c; */ 1'],
	[
		'a function body',
		'create function f() returns int language plpgsql as $$ begin return 1; end $$'
	],
	['a named body', 'do $body$ begin perform $$;$$; end $body$'],
	[
		'a standard body',
		'create function f() returns int begin atomic select case when true then 1 end; select 2; end'
	]
])('a semicolon inside %s ends nothing', (_, statement) => {
	expect(splitStatements(`${statement};select 2;`)).toEqual([statement, 'select 2']);
});
