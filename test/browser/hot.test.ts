import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { chromium, describeWith } from '../services.ts';
import { startHotApp, type HotApp } from './hot-app.ts';
import { patienceMs, peopleIn } from './people.ts';

describeWith(chromium(), 'modules that are replaced while developing', (executablePath) => {
  const { visit } = peopleIn(executablePath);

  test(
    'React: a component keeps everything, the client’s module and generated files leave one connection',
    async () => {
      const app = await startHotApp('react');
      const page = await opened(app, (url) => visit(url));
      await keepsAllOver(app, page, 'src/App.tsx');

      await app.edit('src/client.ts', 'Ada', 'Grace');
      await isOnlyGrace(app);
      await hearsOnce(app, page, { text: 'Third', added: 3 });

      await app.edit('board.contract.ts', 'Someone put a card', 'Somebody put a card');
      await takesNewContract(app, page);
    },
    patienceMs,
  );

  test(
    'Angular: a template keeps everything, any other change leaves one connection',
    async () => {
      const app = await startHotApp('angular');
      const page = await opened(app, (url) => visit(url));
      await keepsAllOver(app, page, 'src/app/app.ts');

      await app.edit('src/app/app.config.ts', 'Ada', 'Grace');
      await isOnlyGrace(app);
      await page.getByText('connected, 0 added').waitFor();
      await hearsOnce(app, page, { text: 'Third', added: 1 });

      await takesNewContract(app, page);
    },
    patienceMs,
  );
});

/** The page, connected, on its wall, with one card. */
async function opened(app: HotApp, visit: (url: string) => Promise<Page>): Promise<Page> {
  const page = await visit(app.url);
  await page.getByText('connected, 0 added').waitFor();
  await expect.poll(app.connected, { timeout: patienceMs }).toBe('Ada');
  await hearsOnce(app, page, { text: 'First', added: 1 });
  return page;
}

/** A part of the page is edited in place: the same connection, and what was heard is still there. */
async function keepsAllOver(app: HotApp, page: Page, file: string): Promise<void> {
  const [first] = app.ids();
  await app.edit(file, 'Add a card', 'Add one card');
  await page.getByRole('button', { name: 'Add one card' }).waitFor();
  app.announce('Second');
  await page.getByText('connected, 2 added').waitFor();
  expect([app.ids(), app.connected()]).toEqual([[first], 'Ada']);
}

/** The client with the other name is left as the only connection; the one before it may take a moment to close. */
async function isOnlyGrace(app: HotApp): Promise<void> {
  const connections = (): unknown => [app.connected(), app.ids().length];
  await expect.poll(connections, { timeout: patienceMs }).toEqual(['Grace', 1]);
}

/** The contract is edited, and generated files with it: another connection is there, and no more than that. */
async function takesNewContract(app: HotApp, page: Page): Promise<void> {
  const [known] = app.ids();
  await app.edit(
    'board.contract.ts',
    'Card,\n      errors',
    'Card.extend({ rank: z.int().optional() }),\n      errors',
  );
  await app.generator.until('Generated');
  await expect.poll(() => app.ids().filter((id) => id !== known), { timeout: patienceMs }).toHaveLength(1);
  await isOnlyGrace(app);
  await page.getByText(/^connected, \d added/).waitFor();
  await hearsOnce(app, page, { text: 'Fourth' });
}

/** One event is heard by one listener. */
async function hearsOnce(
  app: HotApp,
  page: Page,
  { text, added }: { text: string; added?: number },
): Promise<void> {
  const status = page.getByText(/^connected, \d added/);
  const before = Number(/\d/.exec((await status.textContent()) ?? '')?.[0]);
  app.announce(text);
  await page.getByRole('listitem').filter({ hasText: text }).waitFor();
  expect(await status.textContent()).toBe(`connected, ${added ?? before + 1} added`);
}
