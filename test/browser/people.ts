import {
  chromium as playwright,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import type { Store } from '../../server/app/stores/store.ts';
import { call, signIn, startReference } from '../e2e/reference.ts';

/** Nothing in the browser may call home or wait for it. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium starts and draws slowly on a busy machine; so does a first build of the applications. In milliseconds. */
export const patienceMs = 180_000;

/** What a browser says of a server that is away. */
export const away = /WebSocket|ERR_|Failed to load resource/;

/** How a person visits. */
export interface VisitOptions extends BrowserContextOptions {
  /** What the console may complain of. */
  readonly expected?: RegExp;
}

/** People with a browser each; the browser's process is shared by the tests of a file. */
export interface People {
  /** Whatever the page complains of, or loads from elsewhere, fails the test, unless it is expected. */
  readonly visit: (url: string, options?: VisitOptions) => Promise<Page>;
  /** Signs in as a demo user, and waits for the board of `Design studio`. */
  readonly enter: (url: string, name: string, options?: VisitOptions) => Promise<Page>;
}

/** Starts the browser before the tests of a `describe`. */
export function peopleIn(executablePath: string): People {
  let browser: Browser;
  beforeAll(async () => {
    browser = await playwright.launch({ executablePath, args: quiet });
  }, patienceMs);
  afterAll(() => browser?.close());

  const visit: People['visit'] = async (url, { expected, ...context } = {}) => {
    const page = await (await browser.newContext(context)).newPage();
    page.setDefaultTimeout(patienceMs / 3);
    const complaints: string[] = [];
    const note = (text: string) => void (expected?.test(text) || complaints.push(text));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(message.text()));
    page.on('pageerror', (error) => note(error.message));
    page.on('request', (request) => new URL(request.url()).host === new URL(url).host || note(request.url()));
    onTestFinished(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
    });
    await page.goto(url);
    return page;
  };

  return {
    visit,
    enter: async (url, name, options) => {
      const page = await visit(url, options);
      await page.getByRole('button', { name }).click();
      await live(page);
      await page.getByLabel('Workspace').selectOption({ label: 'Design studio' });
      await card(page, 'Draw the empty states').waitFor();
      return page;
    },
  };
}

/** Waits for the connection. */
export async function live(page: Page): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor();
}

/** The card of a task, by its title. */
export function card(page: Page, title: string): Locator {
  return page.getByRole('article').filter({ has: page.getByLabel(`Title of “${title}”`, { exact: true }) });
}

/** The titles of a column's tasks, from top to bottom. */
export async function titlesIn(page: Page, column: string): Promise<string[]> {
  const fields = page.getByRole('region', { name: new RegExp(`^${column}`) }).getByLabel(/^Title of/);
  return fields.evaluateAll((all) => all.map((field) => (field as HTMLTextAreaElement).value));
}

/** Renames a task at another server of a store, while its own one is down. Returns the title. */
export async function renameElsewhere(store: Store): Promise<string> {
  const elsewhere = await startReference({ store });
  const title = 'Draw the empty states and the full ones';
  const { accessToken: token } = await signIn(elsewhere, 'carol');
  const renamed = await call(elsewhere, 'PATCH /workspaces/ws_design/tasks/tsk_design_2', {
    token,
    body: { title },
  });
  expect(renamed.status).toBe(200);
  await elsewhere.close(1_000);
  return title;
}
