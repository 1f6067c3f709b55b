import { expect, test } from '@playwright/test';
import { pageOf } from '../people.ts';

test('the secretariat publishes figures for everybody, and withdraws them with a reason', async ({
	browser
}) => {
	const secretariat = await pageOf(browser, 'secretariat');
	await secretariat.goto('/releases');
	const main = secretariat.getByRole('main');
	const publish = main.getByRole('button', { name: '发布', exact: true });
	const confirm = secretariat.getByRole('dialog').getByRole('button', { name: '发布' });

	await main.getByLabel('中文名称').fill('七月保障情况');
	await main.getByLabel('英文名称').fill('Protection in July');
	await main.getByLabel('统计期').fill('2026-07');
	await publish.click();
	await confirm.click();
	await expect(main.getByText('至少选择一个指标。').first()).toBeVisible();
	await expect(main.getByLabel('中文名称')).toHaveValue('七月保障情况');

	await main.getByRole('checkbox', { name: /^职业伤害保障覆盖率/ }).check();
	await publish.click();
	await confirm.click();
	await expect(main.getByText('已发布，任何人都可以查看。')).toBeVisible();

	const public_ = await browser.newPage({ locale: 'en' });
	await public_.goto('/open');
	await public_.getByRole('link', { name: /七月保障情况|Protection in July/ }).click();
	await expect(public_.getByRole('heading', { level: 1 })).toContainText(/七月保障情况|in July/);
	await expect(public_.getByRole('main')).toContainText(/\d+\.\d\s*%/);
	const address = public_.url();

	await main
		.getByRole('row', { name: /七月保障情况/ })
		.getByText('撤回', { exact: true })
		.click();
	const withdraw = main.getByRole('button', { name: '撤回“七月保障情况”' });
	const reason = main.getByLabel('撤回原因').and(main.locator(':visible'));
	await reason.fill('口径有误，需要重新核对');
	await withdraw.click();
	await expect(main.getByText('已撤回，公开页面不再显示。')).toBeVisible();
	const gone = await public_.goto(address);
	expect(gone?.status()).toBe(404);
	await expect(public_.getByRole('main')).not.toContainText(/\d+\.\d\s*%/);
	await public_.close();
	await secretariat.context().close();
});
