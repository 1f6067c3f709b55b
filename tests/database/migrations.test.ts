// What the files of supabase/migrations say, read as text: in which order things are born, and what none of them does.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { sqlFiles } from '../../supabase/embedded/migrate.ts';
import { splitStatements } from '../../supabase/embedded/statements.ts';

const files = sqlFiles('migrations').map((path) => ({
	name: basename(path),
	script: readFileSync(path, 'utf8')
}));

test('the files stand in one sequence without gaps', () => {
	const minute = (index: number) => String(index).padStart(4, '0');
	expect(files.map(({ name }) => name)).toEqual(
		files.map(({ name }, index) => `20261101${minute(index)}00_${domain(name)}.sql`)
	);
	expect(new Set(files.map(({ name }) => domain(name))).size).toBe(files.length);
});

test('no file is longer than one sitting', () => {
	expect(files.filter(({ script }) => script.split('\n').length > 400)).toEqual([]);
});

test('nothing is called before it is born, in a function body either', () => {
	expect(calledTooEarly(files.map(({ script }) => script))).toEqual([]);
});

test('a body that calls what comes later is found, a comment or a call of itself is not', () => {
	const caller = `create function private.first() returns void language plpgsql as $$
		begin perform private.second(); end $$;
		comment on function private.first() is 'See private.third.';`;
	const called = `create function private.second() returns void language plpgsql as $$
		begin
			-- As private.third does.
			perform private.second();
		end $$;`;
	const third = `create table private.third ();`;
	expect(calledTooEarly([caller, called, third])).toEqual(['private.first needs private.second']);
	expect(calledTooEarly([called, caller, third])).toEqual([]);
});

test('policies and triggers are written out', () => {
	expect(
		files.filter(({ script }) => /execute format\(\s*'(create|alter table)/i.test(script))
	).toEqual([]);
});

function domain(name: string): string {
	return name.replace(/^\d+_|\.sql$/g, '');
}

/** What stands in front of what it needs, statement by statement; plpgsql itself asks only when it runs. */
function calledTooEarly(scripts: string[]): string[] {
	const statements = scripts.flatMap((script) => splitStatements(script)).map(withoutComments);
	const made = statements.map((statement) => {
		const [, name] =
			/^create (?:table|view|function|domain)\s+([a-z]+\."?\w+"?)/.exec(statement) ?? [];
		return name?.replaceAll('"', '');
	});
	const all = new Set(made.filter((name) => name !== undefined));
	const born = new Set<string>();
	return statements.flatMap((statement, index) => {
		const name = made[index];
		if (name) born.add(name);
		if (/^comment on /.test(statement)) return [];
		const needed = new Set(
			[...statement.matchAll(/\b([a-z]+)\."?(\w+)"?/g)].map(([, schema, of]) => `${schema}.${of}`)
		);
		return [...needed]
			.filter((other) => all.has(other) && !born.has(other))
			.map((other) => `${name ?? statement.slice(0, 60)} needs ${other}`);
	});
}

function withoutComments(statement: string): string {
	return statement.replace(/--[^\n]*/g, '').trim();
}
