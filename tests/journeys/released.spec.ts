import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { releases } from '../../supabase/embedded/released.ts';
import type { Account } from '../people.ts';
import { startOwn, type OwnInstance } from './instance.ts';

// Whoever installs the new version starts it on the folder of the one before, and goes on.
for (const version of Object.keys(releases())) {
	test.describe(`on the data folder of ${version}`, () => {
		let own: OwnInstance;

		test.beforeAll(async () => {
			test.setTimeout(300_000);
			own = await startOwn({}, { madeBy: version });
		});

		test.afterAll(async () => {
			expect(await own.stop()).toBe(0);
		});

		test('people sign in with the passwords they had, and read what was there', async ({
			page
		}) => {
			const accounts = JSON.parse(
				readFileSync(join(own.dataDir, 'demo-accounts.json'), 'utf8')
			) as Account[];
			for (const login of ['secretariat', 'reporter.xunda', 'officer.union']) {
				const { email, password, organisation } =
					accounts.find((one) => one.email.startsWith(`${login}@`)) ?? {};
				await page.context().clearCookies();
				await page.goto(`${own.address}/sign-in`);
				await page.getByLabel('邮箱').fill(email ?? '');
				await page.getByLabel('密码').fill(password ?? '');
				await page.getByRole('button', { name: '登录' }).click();
				await expect(page.getByRole('heading', { level: 1 })).toHaveText(organisation ?? '');
				for (const path of [
					'/organisations',
					'/indicators/IN3',
					'/meetings',
					'/action-items',
					'/search?q=IN3'
				]) {
					const answer = await page.goto(own.address + path);
					expect(answer?.status(), path).toBe(200);
					await expect(page.getByRole('main')).toContainText(/\d/);
				}
			}
			const log = readFileSync(join(own.dataDir, 'logs', 'app.log'), 'utf8');
			expect(log.split('\n').filter((line) => /"level":"error"/.test(line))).toEqual([]);
		});
	});
}
