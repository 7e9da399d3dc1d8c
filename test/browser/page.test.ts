import { expect, test } from 'vitest';
import { cutTransports, startReference } from '../e2e/reference.ts';
import { chromium, describeWith } from '../services.ts';
import { card, live, patienceMs, peopleIn, renameElsewhere } from './people.ts';

describeWith(chromium(), 'the page', (executablePath) => {
  const { visit, enter } = peopleIn(executablePath);
  const start = () => startReference({ page: true, presence: { graceMs: 100, tickMs: 10 } });

  test(
    'two people see each other’s tasks, typing, presence, notifications and announcements',
    async () => {
      const app = await start();
      const alice = await enter(app.url, 'Alice Moreau');
      const bob = await enter(app.url, 'Bob Lindqvist');

      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist, online' }).waitFor();
      await bob.getByLabel('Your presence').selectOption('busy');
      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist, busy' }).waitFor();

      await alice.getByLabel('Title of the new task').fill('Ship the <b>fish</b>');
      await alice.getByLabel('Assignee of the new task').selectOption({ label: 'Bob Lindqvist' });
      await alice.getByRole('button', { name: 'Add task' }).click();
      await card(bob, 'Ship the <b>fish</b>').waitFor();
      const bell = bob.getByRole('button', { name: 'Notifications, 1 unread' });
      await bell.click();
      await bob
        .getByRole('region', { name: 'Notifications' })
        .getByText('Alice Moreau gave you a task')
        .waitFor();
      await bob.keyboard.press('Escape');
      await bob.getByRole('button', { name: 'Notifications, none unread' }).waitFor();

      const title = card(bob, 'Ship the <b>fish</b>').getByLabel(/^Title/);
      await title.press('End');
      await title.pressSequentially(' today');
      await card(alice, 'Ship the <b>fish</b>').getByText('Bob is editing…').waitFor();
      await title.press('Enter');
      await card(alice, 'Ship the <b>fish</b> today').waitFor();
      await alice.getByText('Bob is editing…').waitFor({ state: 'hidden' });

      await card(alice, 'Ship the <b>fish</b> today')
        .getByLabel(/^Status/)
        .selectOption('Done');
      const done = bob.getByRole('region', { name: /^Done/ });
      await done
        .getByRole('article')
        .filter({ has: bob.getByLabel('Title of “Ship the <b>fish</b> today”') })
        .waitFor();

      const remove = card(bob, 'Ship the <b>fish</b> today').getByRole('button');
      await remove.click();
      await remove.click();
      await alice.getByText('Bob Lindqvist deleted “Ship the <b>fish</b> today”').waitFor();
      await card(alice, 'Ship the <b>fish</b> today').waitFor({ state: 'detached' });

      await alice.getByRole('button', { name: 'Announce' }).click();
      await alice.getByLabel('Message').fill('Cake in the kitchen');
      await alice.getByRole('button', { name: 'Send to everyone' }).click();
      await bob.getByText('Cake in the kitchen').waitFor();
      expect(await bob.getByRole('button', { name: 'Announce' }).isVisible()).toBe(false);

      await bob.getByRole('button', { name: 'Sign out' }).click();
      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist' }).waitFor({ state: 'detached' });
      await bob.getByRole('heading', { name: 'Sockeye board' }).waitFor();
    },
    patienceMs,
  );

  test(
    'a lost connection is said, and what was missed is there when it is back',
    async () => {
      const app = await start();
      const bob = await enter(app.url, 'Bob Lindqvist', { expected: /WebSocket|ERR_/ });
      await app.io.close();
      await bob.getByText('The connection is lost.', { exact: false }).waitFor();
      await app.close(1_000);
      const title = await renameElsewhere(app.store);
      const port = Number(new URL(app.url).port);
      await startReference({ page: true, store: app.store, port });
      await card(bob, title).waitFor();
      await live(bob);
    },
    patienceMs,
  );

  test(
    'a cut transport comes back without a word from the user, a reload keeps them signed in',
    async () => {
      const app = await start();
      const bob = await enter(app.url, 'Bob Lindqvist', { expected: /WebSocket|ERR_/ });
      cutTransports(app);
      await bob.getByText('Reconnecting', { exact: true }).waitFor();
      await live(bob);
      await bob.reload();
      await live(bob);
      expect(await bob.getByRole('heading', { name: 'Sockeye board' }).isVisible()).toBe(false);
    },
    patienceMs,
  );

  test(
    'the copy of a tab asks who it is, and leaves the first one alone',
    async () => {
      const app = await start();
      const bob = await enter(app.url, 'Bob Lindqvist');
      const copy = await bob.context().newPage();
      const storage = await bob.evaluate(() => JSON.stringify(sessionStorage));
      await copy.addInitScript((entries) => {
        for (const [key, value] of Object.entries(JSON.parse(entries) as object))
          sessionStorage.setItem(key, String(value));
      }, storage);
      await copy.goto(app.url);
      await copy.getByRole('heading', { name: 'Sockeye board' }).waitFor();
      await bob.reload();
      await live(bob);
    },
    patienceMs,
  );

  test(
    'a wrong password is told, and the keyboard is enough',
    async () => {
      const app = await start();
      const page = await visit(app.url, { expected: /401/ });
      await page.getByRole('button', { name: 'Carol Adeyemi' }).waitFor();
      await page.getByLabel('User name').pressSequentially('carol');
      await page.keyboard.press('Tab');
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Unknown user name or wrong password.').waitFor();
      await page.keyboard.type('sockeye-demo');
      await page.keyboard.press('Enter');
      await live(page);
    },
    patienceMs,
  );

  test(
    'fits a phone, names every control, and keeps the page’s own policy',
    async () => {
      const app = await start();
      const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
      const page = await enter(app.url, 'Alice Moreau', {
        ...phone,
        expected: /Content Security Policy|eval/,
      });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
      const unnamed = await page.evaluate(() => {
        const controls = [...document.querySelectorAll<HTMLInputElement>('button, input, select, textarea')];
        const isNamed = (control: HTMLInputElement) =>
          control.ariaLabel || control.labels?.[0]?.textContent?.trim() || control.textContent?.trim();
        return controls.filter((control) => !isNamed(control)).map((control) => control.outerHTML);
      });
      expect(unnamed).toEqual([]);
      const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.body.append(script);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'globalThis.injected = true');
        document.body.append(image);
        image.src = 'data:,';
        return new Promise((resolve) => {
          image.addEventListener('error', () => resolve('injected' in globalThis));
        });
      });
      expect(ran).toBe(false);
      const policy = (await page.reload())?.headers()['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'self'; script-src 'self'; connect-src 'self' ws: wss:");
      expect(policy).not.toContain('unsafe');
    },
    patienceMs,
  );
});
