import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openXlsx, readXlsx, saveXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as filing from '#lib/server/filing.ts';
import { openDb, type Db } from '#lib/server/db.ts';
import { markedFile } from '#lib/server/filing/marked-file.ts';
import { read } from '#lib/server/sheets.ts';
import { obligation } from '#lib/server/submissions.ts';
import * as template from '#lib/server/filing/template.ts';
import { checkEntries } from '#lib/filing/check-entries.ts';
import { cellKey } from '#lib/filing/entry.ts';
import { toCsv } from '#lib/kernel/csv.ts';
import { labelledTable } from '#lib/sharing/invented.ts';
import {
	does,
	member,
	one,
	openStage,
	organisation,
	tokenOf,
	type Actor,
	type Stage
} from './council.ts';

// Offices without Excel: every template is opened and saved by LibreOffice, and filed from there.

const office = [
	'/usr/bin/soffice',
	'/usr/local/bin/soffice',
	'/opt/libreoffice/program/soffice'
].find((path) => existsSync(path));
if (!office) console.log('LibreOffice is not installed: its tests are skipped (libreoffice-calc).');

const demonstration = { is_demo: true };

const owing = [
	['community_service_monthly', 'community', '310105001', '2026-03'],
	['party_coverage_quarterly', 'party', '31', '2026-Q1'],
	['platform_labour_monthly', 'platform', '31', '2026-03']
] as const;

/** Where 1 would break a rule. */
const FIGURES: Record<string, number> = { active_workers: 3, median_net_hourly_income: 30 };

describe.skipIf(!office)('a clerk with LibreOffice', () => {
	let stage: Stage;
	let folder: string;
	const owed: Record<string, { actor: Actor; obligation: string; given: template.TemplateFor }> =
		{};

	beforeAll(async () => {
		stage = await openStage('office');
		folder = await mkdtemp(join(tmpdir(), 'xiezhi-office-'));
		const { owner } = stage;
		const city = await organisation(owner, 'government', '市人社局', '31');
		const secretariat = await member(owner, city, 'admin');
		const council = await one(
			owner,
			`insert into public.councils (name_zh, name_en, region_code, convener_id) values ('甲', 'A', '31', $1) returning id`,
			[city]
		);
		for (const [code, kind, region, period] of owing) {
			const own = await organisation(owner, kind, code, region);
			await owner.query(
				`insert into public.council_seats (council_id, organisation_id, standing, since) values ($1, $2, 'voting', '2026-01-01')`,
				[council, own]
			);
			await does(owner, secretariat, 'public.open_obligations($1, $2, $3)', [
				council,
				code,
				period
			]);
			const obligation = await one(
				owner,
				'select id from public.obligations where organisation_id = $1',
				[own]
			);
			const actor = await member(owner, own, 'reporter');
			const given = await filing.templateOf(await dbOf(actor), obligation);
			const last = given.dataset.measures.map(({ code: measure_code }, at) => {
				const region_code = given.regions[0]?.code ?? '';
				const place = { measure_code, region_code, occupation: '', employment_mode: '' };
				return [cellKey(place), 100 + at] as const;
			});
			owed[code] = {
				actor,
				obligation,
				given: { ...given, language: 'zh-CN', previous: new Map(last) }
			};
		}
	}, 180_000);

	afterAll(async () => {
		await stage?.close();
		await rm(folder, { recursive: true, force: true });
	});

	async function dbOf(actor: Actor) {
		const { apiUrl, publishableKey } = stage.backend;
		return openDb({ url: apiUrl, publishableKey }, await tokenOf(stage.backend, actor));
	}

	/** Opens files and saves them in another format, as a person would; waits until the program has ended. */
	async function saved(to: string, files: Record<string, Uint8Array | string>, filter?: string) {
		const from = await mkdtemp(join(folder, 'from-'));
		const out = await mkdtemp(join(folder, 'to-'));
		await mkdir(join(folder, 'profile'), { recursive: true });
		for (const [name, bytes] of Object.entries(files)) await writeFile(join(from, name), bytes);
		const profile = pathToFileURL(join(folder, 'profile')).href;
		execFileSync(
			office ?? '',
			[
				`-env:UserInstallation=${profile}`,
				'--headless',
				'--norestore',
				...(filter ? [`--infilter=${filter}`] : []),
				'--convert-to',
				to,
				'--outdir',
				out,
				...Object.keys(files).map((name) => join(from, name))
			],
			{ stdio: 'pipe', timeout: 240_000 }
		);
		return Object.fromEntries(
			await Promise.all(
				Object.keys(files).map(async (name) => {
					const as = `${basename(name).replace(/\.\w+$/, '')}.${to}`;
					return [as, new Uint8Array(await readFile(join(out, as)))] as const;
				})
			)
		);
	}

	/** The receipt, or what was found in its way. */
	async function filed(db: Db, id: string, name: string, bytes: Uint8Array) {
		const checking = await filing.check(db, await obligation(db, id), { name, bytes });
		return checking.ready ? filing.file(db, checking) : checking.checked;
	}

	const made = async (language: 'zh-CN' | 'en') =>
		Object.fromEntries(
			await Promise.all(
				owing.map(async ([code]) => {
					const { given } = the(code);
					return [
						`${code}.xlsx`,
						await template.xlsx({ ...given, language }, demonstration)
					] as const;
				})
			)
		);

	function the(code: string) {
		const found = owed[code];
		if (!found) throw new Error(`${code} is not owed`);
		return found;
	}

	/** Types a figure that breaks no rule into every cell that is to be filled in. */
	async function filled(bytes: Uint8Array): Promise<Uint8Array> {
		const book = await openXlsx(bytes);
		const sheet = book.sheets[0];
		const codes = sheet?.rows[1] ?? [];
		for (const [row, line] of (sheet?.rows ?? []).entries()) {
			if (row < 2 || !line[0]) continue;
			for (const [column, code] of codes.entries()) {
				if (!String(codes[column + 1] ?? '').endsWith(' previous')) continue;
				if (String(code).endsWith(' previous')) continue;
				const value = FIGURES[String(code)] ?? 1;
				line[column] = value;
				const cell = sheet?.cells?.get(`${row},${column}`);
				sheet?.cells?.set(`${row},${column}`, { ...cell, value, type: 'number' });
			}
		}
		return saveXlsx(book);
	}

	test.each(['zh-CN', 'en'] as const)(
		'opens and saves each template and loses nothing of it (%s)',
		async (language) => {
			const files = await made(language);
			for (const [name, bytes] of Object.entries(await saved('xlsx', files))) {
				const code = name.replace('.xlsx', '');
				const { given } = the(code);
				const table = await read(bytes);
				expect(table.stamp, code).toMatchObject({
					dataset: code,
					period: given.period,
					organisation: given.organisation_id,
					version: given.dataset.version,
					header_rows: 2
				});

				const { sheets } = await readXlsx(bytes, { readStyles: true });
				const [before] = (await readXlsx(files[name] ?? new Uint8Array())).sheets;
				const [data, notes, stamp] = sheets;
				expect(stamp?.hidden ?? stamp?.veryHidden, code).toBe(true);
				expect(kinds(data?.dataValidations), code).toEqual(kinds(before?.dataValidations));
				expect(data?.protection?.sheet, code).toBe(true);
				expect(data?.cells?.get('0,0')?.style?.protection?.locked ?? true, code).toBe(true);
				const input = data?.rows[1]?.indexOf(given.dataset.measures[0]?.code ?? '') ?? -1;
				expect(data?.cells?.get(`2,${input}`)?.style?.protection?.locked, code).toBe(false);
				expect(data?.rows[2]?.[input + 1], code).toBe(100);
				expect(String(data?.rows[0]?.[input]), code).toMatch(
					language === 'en' ? / \(.+\)$/ : /（.+）$/
				);
				const text = JSON.stringify(notes?.rows);
				expect(text, code).toContain(given.dataset.name_zh);
				expect(text, code).toContain(given.dataset.name_en);
			}
		},
		300_000
	);

	test('files what was filled in there, also through its own format', async () => {
		const own = await saved('ods', await made('zh-CN'));
		const back = await saved('xlsx', own);
		const typed: Record<string, Uint8Array> = {};
		for (const [name, bytes] of Object.entries(back)) typed[name] = await filled(bytes);
		for (const [name, bytes] of Object.entries(await saved('xlsx', typed))) {
			const code = name.replace('.xlsx', '');
			const { actor, obligation, given } = the(code);
			expect(await filed(await dbOf(actor), obligation, name, bytes), code).toMatchObject({
				status: 'submitted',
				row_count: given.regions.length * given.dataset.measures.length
			});
		}
	}, 300_000);

	test('files a CSV template that was opened there and saved as a workbook', async () => {
		const code = 'community_service_monthly';
		const { actor, obligation, given } = the(code);
		const [header = '', line = ''] = toCsv(labelledTable(template.lines(given), demonstration))
			.trimEnd()
			.split('\r\n');
		const names = header.split(',');
		const cells = line.split(',');
		const row = cells.map((cell, at) => (/上期值$/.test(names[at + 1] ?? '') ? '2' : cell));
		const csv = `${header}\r\n${row.join(',')}\r\n`;
		const back = await saved('xlsx', { 'services.csv': csv }, 'CSV:44,34,76,1');
		const bytes = back['services.xlsx'] ?? new Uint8Array();
		expect(await filed(await dbOf(actor), obligation, 'services.xlsx', bytes)).toMatchObject({
			status: 'submitted',
			row_count: given.dataset.measures.length
		});
	}, 300_000);

	test('sees the comments of a marked workbook, saves it, and sends it back corrected', async () => {
		const code = 'community_service_monthly';
		const { given } = the(code);
		const wrong = await read(await filled(await template.xlsx(given, demonstration)));
		const row = wrong.rows[0];
		const at = wrong.columns.findIndex(({ name }) => name.includes('开放站点数'));
		if (row) row.cells[at] = '很多';
		const context = {
			regions: given.regions,
			jurisdiction: '310105001',
			period: given.period,
			organisation_id: given.organisation_id
		};
		const { problems } = checkEntries(wrong, given.dataset, context);
		expect(problems).toHaveLength(1);
		const marked = await markedFile(wrong, problems, 'zh-CN', demonstration);
		const back = (await saved('xlsx', { 'marked.xlsx': marked }))['marked.xlsx'] ?? marked;

		const [sheet] = (await readXlsx(back, { readStyles: true })).sheets;
		const cell = sheet?.cells?.get(`2,${at}`);
		expect(cell?.comment?.text).toContain('很多');
		expect(cell?.style?.fill).toMatchObject({ type: 'pattern' });
		const table = await read(await filled(back));
		expect(table.stamp).toEqual(wrong.stamp);
		expect(checkEntries(table, given.dataset, context).problems).toEqual([]);
	}, 300_000);
});

function kinds(found: { type: string }[] = []): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { type } of found) counts[type] = (counts[type] ?? 0) + 1;
	return counts;
}
