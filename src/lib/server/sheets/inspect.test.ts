import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What somebody is told who asks what the importer makes of it. */
function told(file: string) {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(import.meta.dirname, 'inspect.ts'), file],
		{ encoding: 'utf8', env: { ...process.env, INIT_CWD: import.meta.dirname } }
	);
	return { status, stdout, stderr };
}

test('whoever names a folder is told in one sentence to name a file', () => {
	const { status, stdout, stderr } = told('.');
	expect(stderr).toBe(`${import.meta.dirname} is a folder; name a file in it.\n`);
	expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});

test('whoever names a file that is not there is told so', () => {
	expect(told('nothing.csv').stderr).toBe(
		`There is no file ${join(import.meta.dirname, 'nothing.csv')}.\n`
	);
});
