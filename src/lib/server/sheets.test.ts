import { expect, test } from 'vitest';
import { context, dataset } from '../../../tests/files/dataset.ts';
import { checkEntries } from '#lib/filing/check-entries.ts';
import type { Progress, Watcher } from '#lib/filing/progress.ts';
import { check, read } from './sheets.ts';
import { batchesOf } from '#lib/server/sheets/batches.ts';

const file = Buffer.from(
	'行政区划代码,职业,在册人数,参保人数,缺报原因,说明\n310115,骑手,12,10,,\n310101,骑手,,3,迟报,系统升级，下月补报数据\n'
		.replace('系统升级，', '"系统升级，')
		.replace('数据\n', '数据"\n')
);
/** Takes long enough to be stopped. */
const large = Buffer.from(
	`行政区划代码,职业,在册人数,参保人数,缺报原因,说明\n${'310115,骑手,12,10,,\n'.repeat(200_000)}`
);

test('checking in the reader’s thread gives what checking here gives', async () => {
	const told: Progress[] = [];
	const watcher: Watcher = {
		tell: (progress) => told.push(progress),
		cancelled: new AbortController().signal
	};
	const there = await check(file, dataset, context, { watcher });
	expect(told.at(-1)).toEqual({ phase: 'checking', done: 2 });
	const here = checkEntries(await read(file), dataset, context);
	expect(here.verdict).toBe('ready');
	expect(there.checked).toEqual({ ...here, entries: [] });
	expect(there.batches).toEqual(batchesOf(here.entries));
	expect(there.table.rows).toEqual([]);
});

test('a file is read once, however many mappings its organisation remembers', async () => {
	const rows = 12_000;
	const foreign = Buffer.from(
		`第三季度\n地方,工种,人头,保了的\n${'310115,骑手,12,10\n'.repeat(rows)}`
	);
	const mapping = { 地方: 'region', 工种: 'occupation', 人头: 'value:workers' };
	const answers = { header_row: 2 };
	const remembered = (name: string, columns: string[], as: Record<string, string>) => ({
		name,
		updated_at: '2026-03-01',
		mapping: { columns, answers, mapping: as }
	});
	const known = [
		...Array.from({ length: 9 }, (_, at) => remembered(`别的 ${at}`, ['地方', `人头 ${at}`], {})),
		remembered('每月的', ['地方', '工种', '人头', '保了的'], {
			...mapping,
			保了的: 'value:insured'
		})
	];
	const told: Progress[] = [];
	const watcher: Watcher = {
		tell: (progress) => told.push(progress),
		cancelled: new AbortController().signal
	};
	const found = await check(foreign, dataset, context, { known, watcher });
	expect(found.known?.name).toBe('每月的');
	expect(found.answers).toEqual(answers);
	expect(found.checked.columns.map(({ target }) => target)).toEqual([
		'region',
		'occupation',
		'value:workers',
		'value:insured'
	]);
	const read = told.flatMap(({ phase, done }) => (phase === 'reading' ? [done] : []));
	expect(read).toEqual([...new Set(read)]);
	expect(read.length).toBeGreaterThan(0);
	expect(told.filter(({ phase }) => phase === 'checking')).toHaveLength(1);

	const unknown = await check(foreign, dataset, context, { known: known.slice(0, 9) });
	expect(unknown.known).toBeNull();
	expect(unknown.checked.verdict).toBe('needs_mapping');
});

test('a refused file is refused by the check too, with the same reason', async () => {
	const { table, checked } = await check(Buffer.from('%PDF-1.7'), dataset, context);
	expect(table.verdict).toBe('refused');
	expect(checked).toMatchObject({
		verdict: 'refused',
		entries: [],
		problems: [{ rule: 'pdf_file' }]
	});
	const stopped = await check(large, dataset, context, { patience: 0 });
	expect(stopped.checked).toMatchObject({ verdict: 'refused', problems: [{ rule: 'too_slow' }] });
});

test('a reading that was stopped takes no other with it, and the next begins anew', async () => {
	const readings = await Promise.all([
		read(large, { patience: 0 }),
		...Array.from({ length: 9 }, () => read(file))
	]);
	expect(readings.map(({ verdict }) => verdict)).toEqual([
		'refused',
		...Array<string>(9).fill('ready')
	]);
	expect(readings[9]).toEqual(readings[1]);
});

test('a reading that is cancelled ends at once, waiting for its turn or under way, and harms no other', async () => {
	const reason = new Error('changed their mind');
	const phases: string[] = [];
	const [first, last] = [new AbortController(), new AbortController()];
	const cancelled = check(large, dataset, context, {
		watcher: {
			tell: ({ phase }) => {
				phases.push(phase);
				first.abort(reason);
			},
			cancelled: first.signal
		}
	});
	const others = Array.from({ length: 12 }, () => read(file));
	const queued = check(file, dataset, context, {
		watcher: { tell: () => expect.fail('it began'), cancelled: last.signal }
	});
	last.abort(reason);
	await Promise.all([cancelled, queued].map((one) => expect(one).rejects.toBe(reason)));
	expect(phases).toEqual(['reading']);
	expect((await Promise.all(others)).map(({ verdict }) => verdict)).toEqual(
		Array<string>(12).fill('ready')
	);
	expect((await read(file)).verdict).toBe('ready');
});
