import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { browserOf, pageOf } from '../people.ts';

// What an office shows of its work: a photo says nothing of who took it where, and what is refused costs nobody a word.

const task = '新华路街道：夜间驿站与充电柜';
const note = '充电柜已接通，附现场照片。';

test('an office reports with the photo of a phone, and who accepts downloads it without the place', async ({
	browser
}) => {
	const taken = await phonePhoto();
	expect((await sharp(taken).metadata()).exif?.includes('Huaxiang P-100')).toBe(true);

	const office = await pageOf(browser, 'officer.xinhua');
	await openTask(office);
	await office.getByLabel('说明', { exact: true }).fill(note);
	await office.getByLabel('进度（%）').fill('70');
	await send(office, '站点 现场.jpg', taken);
	await expect(office.getByText('进展已记录。')).toBeVisible();
	const shown = office.getByRole('img', { name: '照片：站点 现场.jpg' });
	await expect(shown).toBeVisible();
	await expect
		.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalHeight))
		.toBe(320);

	const union = await pageOf(browser, 'officer.union');
	await union.goto(office.url());
	const saving = union.waitForEvent('download');
	await union.getByRole('link', { name: '站点 现场.jpg', exact: true }).last().click();
	const saved = await saving;
	expect(saved.suggestedFilename()).toBe('站点 现场-演示.jpg');
	const kept = await sharp(await saved.path()).metadata();
	// It lay on its side, and stands upright.
	expect(kept).toMatchObject({ format: 'jpeg', width: 240, height: 320 });
	expect(kept.exif).toBeUndefined();

	const address = await shown.getAttribute('src');
	const { request } = union.context();
	const answer = await request.get(address ?? '');
	expect(answer.headers()).toMatchObject({
		'content-type': 'image/jpeg',
		'content-disposition': `attachment; filename="__ __-demo.jpg"; filename*=UTF-8''${encodeURIComponent('站点 现场-演示.jpg')}`,
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-cache'
	});
	expect((await answer.body()).includes('Huaxiang')).toBe(false);
	const again = await request.get(address ?? '', {
		headers: { 'if-none-match': answer.headers().etag ?? '' }
	});
	expect(again.status()).toBe(304);

	const rival = (await browserOf(browser, 'reporter.xunda')).request;
	const hidden = await rival.get(address ?? '', {
		headers: { 'if-none-match': answer.headers().etag ?? '' }
	});
	const missing = await rival.get(`/files/${randomUUID()}`);
	expect([hidden.status(), missing.status()]).toEqual([404, 404]);
	expect(withoutIds(await hidden.text())).toBe(withoutIds(await missing.text()));
});

test('an office whose file is refused reads why, and finds its words again', async ({
	browser
}) => {
	const whole = await phonePhoto();
	const page = await pageOf(browser, 'officer.xinhua');
	await openTask(page);
	await page.getByLabel('说明', { exact: true }).fill(note);
	await page.getByLabel('进度（%）').fill('70');
	for (const [name, bytes, why] of [
		['站点.png', Buffer.from('<svg onload="alert(1)"/>'), '没有保存：只接受照片'],
		['站点.jpg', whole.subarray(0, whole.length - 2000), '没有保存：照片已损坏或不完整'],
		[
			'名单.pdf',
			Buffer.concat([Buffer.from('%PDF-1.7')], 10 * 1024 * 1024 + 1),
			'没有保存：文件超过 10 MB'
		]
	] as const) {
		await send(page, name, bytes);
		await expect(page.getByText(why)).toBeVisible();
		await expect(page.getByLabel('说明', { exact: true })).toHaveValue(note);
		await expect(page.getByLabel('进度（%）')).toHaveValue('70');
	}
	await send(page, '站点.jpg', whole);
	await expect(page.getByText('进展已记录。')).toBeVisible();
});

async function openTask(page: Page) {
	await page.goto('/action-items');
	await page.getByRole('link', { name: task }).first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(task);
}

/** From the disk, as a phone does it: ten megabytes are much for the wire of a test. */
async function send(page: Page, name: string, bytes: Buffer) {
	const path = test.info().outputPath(name);
	await writeFile(path, bytes);
	await page.getByLabel('证明材料', { exact: true }).setInputFiles(path);
	await page.getByRole('button', { name: '提交报告' }).click();
}

/** 320 × 240 as the camera lay, to be turned by a quarter; with the phone's name and its place. */
function phonePhoto(): Promise<Buffer> {
	const [width, height] = [320, 240];
	const pixels = Buffer.from(
		Array.from({ length: width * height * 3 }, (_, at) => (at * at) % 251)
	);
	return sharp(pixels, { raw: { width, height, channels: 3 } })
		.jpeg()
		.withMetadata({ orientation: 6 })
		.withExifMerge({
			IFD0: { Make: 'Huaxiang P-100' },
			IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 49/1' }
		})
		.toBuffer();
}

/** A page without what each answer has of its own. */
function withoutIds(html: string): string {
	return html.replace(
		/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce-[\w+/=]+|__sveltekit_\w+/g,
		''
	);
}
