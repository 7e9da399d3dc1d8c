import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { call, signIn } from '../e2e/reference.ts';
import { chromium, describeWith } from '../services.ts';
import { demoServer, urlOf } from './demo-server.ts';
import { patienceMs, peopleIn } from './people.ts';

describeWith(chromium(), 'notifications in the demo applications', (executablePath) => {
  const { enter } = peopleIn(executablePath);
  const { start } = demoServer();

  test(
    'a task and a mention are told in every tab of one user, and read in every one of them',
    async () => {
      const app = await start();
      const tabs = [
        await enter(urlOf(app, 'react'), 'Bob Lindqvist'),
        await enter(urlOf(app, 'angular'), 'Bob Lindqvist'),
      ] as const;
      const alice = await enter(urlOf(app, 'angular'), 'Alice Moreau');

      await giveTask(alice, 'Ship the fish', 'Bob Lindqvist');
      for (const tab of tabs) await bell(tab, '1 unread').waitFor();
      await mention(alice, 'Look, @bob');
      for (const tab of tabs) await bell(tab, '2 unread').waitFor();

      const [react, angular] = tabs;
      await bell(react, '2 unread').click();
      const panel = react.getByRole('region', { name: 'Notifications' });
      expect(await panel.getByRole('listitem').locator('strong').allTextContents()).toEqual([
        'Alice Moreau mentioned you',
        'Alice Moreau gave you a task',
      ]);
      const given = panel.getByRole('listitem').filter({ hasText: 'gave you a task' });
      await given.getByRole('button', { name: 'Mark as read' }).click();
      await bell(angular, '1 unread').waitFor();
      await panel.getByRole('button', { name: 'Open the channel' }).click();
      await react.getByRole('heading', { name: 'General' }).waitFor();
      for (const tab of tabs) await bell(tab, 'none unread').waitFor();

      // Who looks at the channel need not be told.
      await mention(alice, 'And this, @bob');
      await react.locator('.message').getByText('And this,').waitFor();
      for (const tab of tabs) await bell(tab, 'none unread').waitFor();
    },
    patienceMs,
  );

  test.each([
    ['react', 'angular'],
    ['angular', 'react'],
  ] as const)(
    'who was away finds at %s what was told meanwhile, and marks all of it at once',
    async (name, other) => {
      const app = await start();
      const alice = await enter(urlOf(app, other), 'Alice Moreau');
      await giveTask(alice, 'Count the fish', 'Carol Adeyemi');
      await mention(alice, 'When you are back, @carol');
      const carol = await enter(urlOf(app, name), 'Carol Adeyemi');
      await bell(carol, '2 unread').click();
      const panel = carol.getByRole('region', { name: 'Notifications' });
      await panel.getByText('Count the fish').waitFor();
      await panel.getByText('When you are back, @carol').waitFor();
      await panel.getByRole('button', { name: 'Mark all as read' }).click();
      await bell(carol, 'none unread').waitFor();
      await carol.reload();
      await bell(carol, 'none unread').click();
      expect(await panel.getByRole('listitem').count()).toBe(2);
    },
    patienceMs,
  );

  test.each(['react', 'angular'] as const)(
    'who looks back at %s finds everything earlier, fifty at a time, by keyboard too',
    async (name) => {
      const app = await start();
      const { accessToken: token } = await signIn(app, 'alice');
      for (let n = 1; n <= 60; n++) {
        const body = { title: `Count fish ${n}`, assigneeId: 'u_carol' };
        expect((await call(app, 'POST /workspaces/ws_design/tasks', { token, body })).status).toBe(201);
      }
      const carol = await enter(urlOf(app, name), 'Carol Adeyemi');
      await bell(carol, '60 unread').click();
      const panel = carol.getByRole('region', { name: 'Notifications' });
      const items = panel.getByRole('listitem');
      await expect.poll(() => items.count()).toBe(50);
      await panel.getByRole('button', { name: 'Show earlier' }).press('Enter');
      await expect.poll(() => items.count()).toBe(60);
      expect(await items.nth(50).evaluate((item) => item === document.activeElement)).toBe(true);
      await panel.getByRole('button', { name: 'Show earlier' }).waitFor({ state: 'detached' });
      await items.last().getByRole('button', { name: 'Mark as read' }).click();
      await bell(carol, '59 unread').waitFor();
    },
    patienceMs,
  );
});

function bell(page: Page, unread: string) {
  return page.getByRole('button', { name: `Notifications, ${unread}` });
}

async function giveTask(page: Page, title: string, to: string): Promise<void> {
  await page.getByLabel('Title of the new task').fill(title);
  await page.getByLabel('Assignee of the new task').selectOption({ label: to });
  await page.getByRole('button', { name: 'Add task' }).click();
}

async function mention(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: /^Chat/ }).click();
  await page.getByRole('button', { name: /^General/ }).click();
  await page.getByLabel('Message to General').fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page
    .locator('.message')
    .filter({ hasText: text })
    .getByText(/^(Sent|Delivered|Read)/)
    .waitFor();
}
