import { expect, test } from 'vitest';
import type { Group } from './groups.ts';
import type { Indicator } from './registry.ts';
import { seriesCsv } from './series-csv.ts';
import type { SeriesRow } from './series.ts';

const size = {
	code: 'SZ1',
	name_zh: '规模',
	name_en: 'size',
	unit: {
		code: 'persons',
		name_zh: '人',
		name_en: 'persons',
		symbol_zh: '人',
		symbol_en: 'persons'
	},
	suppression_threshold: 10,
	note_zh: '跨平台未去重',
	note_en: 'Not deduplicated across platforms'
} as Indicator;
const total = {
	period: '2026-09',
	scope: 'total',
	value: 400,
	numerator: 400,
	hidden: null,
	contributors: 4,
	finished: true,
	change: null,
	year_change: null
} as SeriesRow;
const riders = {
	dimension: 'occupation',
	group_code: 'rider',
	name_zh: '骑手',
	name_en: 'Riders',
	value: 300,
	numerator: 300,
	denominator: null,
	share: 0.75,
	hidden: null,
	contributors: 3
} as Group;
const about = {
	indicator: size,
	place: '上海市',
	council: '联席会议',
	of: { is_demo: false },
	exact: false,
	period: '2026-09',
	today: '2026-11-30'
};

test('the file of an indicator says what must be said with its figures', () => {
	expect(seriesCsv([total], [], about).notes.map(([, note]) => note)).toContain(size.note_zh);
	const silent = seriesCsv([total], [], {
		...about,
		indicator: { ...size, note_zh: null, note_en: null }
	});
	expect(silent.notes).toHaveLength(seriesCsv([total], [], about).notes.length - 1);
});

test('its groups stand below the series, each in its columns, and a hidden one with its reason', () => {
	const hidden = {
		...riders,
		group_code: '',
		name_zh: null,
		value: null,
		numerator: null,
		share: null,
		hidden: 'dominated'
	};
	const { lines } = seriesCsv([total], [riders, hidden], about);
	const [header = [], whole = [], group = [], rest = []] = lines;
	expect(lines).toHaveLength(4);
	for (const line of lines) expect(line).toHaveLength(header.length);
	expect([whole[2], whole.at(-1)]).toEqual([400, null]);
	expect([group[0], group[2], group[3], group[6], group.at(-1)]).toEqual([
		'2026-09',
		300,
		300,
		3,
		0.75
	]);
	expect(group[1]).toMatch(/·.*骑手/);
	expect([rest[2], rest[5] === '', rest.at(-1)]).toEqual([null, false, null]);
});
