import { readXlsx } from 'hucre';
import { expect, test } from 'vitest';
import { context, dataset } from '../../../tests/files/dataset.ts';
import { checkEntries } from '#lib/submissions/check-entries.ts';
import { markedFile } from './marked-file.ts';
import { readBytes } from './sheet/read-bytes.ts';

const csv = '区,在册人数,参保人数,说明\n浦东新区,约三,1,=1+1\n黄浦区,12,20,\n';

test('a clerk gets the sheet back with each wrong cell coloured and commented, in its own place', async () => {
	const table = await readBytes(Buffer.from(csv), {});
	const { problems } = checkEntries(table, dataset, context);
	const workbook = await readXlsx(await markedFile(table, problems, 'zh-CN'), {
		readStyles: true
	});
	const [marked, list] = workbook.sheets;
	expect(marked?.rows[0]?.slice(0, 3)).toEqual(['区', '在册人数', '参保人数']);
	expect(marked?.rows[1]?.[1]).toBe('约三');
	const wrong = marked?.cells?.get('1,1');
	expect(wrong?.comment?.text).toContain('约三');
	expect(wrong?.style?.fill).toMatchObject({ type: 'pattern' });
	// What looks like a formula travels as text.
	expect(marked?.rows[1]?.[3]).toBe("'=1+1");
	expect(list?.name).toBe('问题');
	expect(list?.rows.length).toBe(problems.length + 1);
	expect(list?.rows[1]?.[0]).toBe('B2');
});
