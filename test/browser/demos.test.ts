import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demoNames } from '../../server/app/demo-build.ts';
import { cutTransports, startReference } from '../e2e/reference.ts';
import { chromium, describeWith } from '../services.ts';
import { demoServer, urlOf } from './demo-server.ts';
import { away, card, live, patienceMs, peopleIn, renameElsewhere, titlesIn } from './people.ts';

const pairs = [
  ['react', 'react'],
  ['angular', 'angular'],
  ['react', 'angular'],
] as const;

describeWith(chromium(), 'the demo applications', (executablePath) => {
  const { visit, enter } = peopleIn(executablePath);
  const { start } = demoServer();

  test.each(pairs)(
    'a person at %s and one at %s see each other’s tasks, typing, pointers, presence and notifications',
    async (first, second) => {
      const app = await start();
      const alice = await enter(urlOf(app, first), 'Alice Moreau');
      const bob = await enter(urlOf(app, second), 'Bob Lindqvist');

      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist, online' }).waitFor();
      await bob.getByLabel('Your presence').selectOption('busy');
      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist, busy' }).waitFor();

      await alice.getByLabel('Title of the new task').fill('Ship the <b>fish</b>');
      await alice.getByLabel('Assignee of the new task').selectOption({ label: 'Bob Lindqvist' });
      await alice.getByRole('button', { name: 'Add task' }).click();
      await card(alice, 'Ship the <b>fish</b>').waitFor();
      await card(bob, 'Ship the <b>fish</b>').waitFor();
      await bob.getByText('Alice Moreau gave you a task: Ship').waitFor();
      await bob.getByRole('button', { name: 'Notifications, 1 unread' }).click();
      const panel = bob.getByRole('region', { name: 'Notifications' });
      await panel.getByText('Alice Moreau gave you a task').waitFor();
      await panel.getByRole('button', { name: 'Mark as read' }).click();
      await bob.getByRole('button', { name: 'Notifications, none unread' }).waitFor();
      await bob.keyboard.press('Escape');

      await card(bob, 'Draw the empty states').hover();
      const pointer = alice.locator('.cursor[data-user="u_bob"]');
      await pointer.waitFor();
      await bob.mouse.move(5, 5);
      await expect.poll(() => isOver(pointer, card(alice, 'Draw the empty states'))).toBe(true);

      const title = card(bob, 'Ship the <b>fish</b>').getByLabel(/^Title/);
      await title.press('End');
      await title.pressSequentially(' today');
      await card(alice, 'Ship the <b>fish</b>').getByText('Bob is editing…').waitFor();
      await title.press('Enter');
      const renamed = card(alice, 'Ship the <b>fish</b> today');
      await renamed.waitFor();
      await alice.getByText('Bob is editing…').waitFor({ state: 'hidden' });

      await renamed.getByLabel(/^Priority/).selectOption('High');
      await card(bob, 'Ship the <b>fish</b> today').getByText('High priority').waitFor();
      await renamed.getByLabel(/^Done/).click();
      await expect.poll(() => titlesIn(bob, 'Done')).toContain('Ship the <b>fish</b> today');
      expect(await renamed.getByLabel(/^Done/).evaluate((box) => box === document.activeElement)).toBe(true);

      const remove = card(bob, 'Ship the <b>fish</b> today').getByRole('button');
      await remove.click();
      await remove.click();
      await alice.getByText('Bob Lindqvist deleted “Ship the <b>fish</b> today”').waitFor();
      await renamed.waitFor({ state: 'detached' });

      await alice.getByRole('button', { name: 'Announce' }).click();
      await alice.getByLabel('Message').fill('Cake in the kitchen');
      await alice.getByRole('button', { name: 'Send to everyone' }).click();
      await bob.getByText('Cake in the kitchen').waitFor();

      await bob.getByRole('button', { name: 'Sign out' }).click();
      await bob.getByRole('heading', { name: 'Sockeye board' }).waitFor();
      expect(await bob.getByText('Cake in the kitchen').isVisible()).toBe(false);
      await alice.getByRole('listitem').filter({ hasText: 'Bob Lindqvist' }).waitFor({ state: 'detached' });
    },
    patienceMs,
  );

  test(
    'both come back after a restart of the server, and show the same',
    async () => {
      const app = await start();
      const [alice, bob] = [
        await enter(urlOf(app, 'react'), 'Alice Moreau', { expected: away }),
        await enter(urlOf(app, 'angular'), 'Bob Lindqvist', { expected: away }),
      ];
      await app.io.close();
      for (const page of [alice, bob]) {
        await page.getByText('The connection is lost.', { exact: false }).waitFor();
        await page.getByRole('button', { name: 'Try now' }).waitFor();
      }
      await app.close(1_000);
      // A change that the server does not get is taken back, and said.
      await alice.getByLabel('Title of the new task').fill('Lost on the way');
      await alice.getByRole('button', { name: 'Add task' }).click();
      await alice.getByText('The server cannot be reached.').first().waitFor();
      await card(alice, 'Lost on the way').waitFor({ state: 'detached' });
      expect(await alice.getByLabel('Title of the new task').inputValue()).toBe('Lost on the way');
      const title = await renameElsewhere(app.store);
      await start({ store: app.store, port: Number(new URL(app.url).port) });
      for (const page of [alice, bob]) {
        await live(page);
        await card(page, title).waitFor();
      }
      await bob.getByLabel('Title of the new task').fill('After the storm');
      await bob.getByRole('button', { name: 'Add task' }).click();
      for (const page of [alice, bob]) await card(page, 'After the storm').waitFor();
      for (const column of ['To do', 'Doing', 'Done']) {
        await expect.poll(() => titlesIn(bob, column)).toEqual(await titlesIn(alice, column));
      }
    },
    patienceMs,
  );

  describe.each(demoNames)('%s', (name) => {
    test(
      'a reload keeps the person, the workspace and the unsaid; a cut transport comes back by itself',
      async () => {
        const app = await start();
        const bob = await enter(urlOf(app, name), 'Bob Lindqvist', { expected: away });
        expect(new URL(bob.url()).pathname).toBe(`/${name}/ws_design`);
        await bob.reload();
        await live(bob);
        await card(bob, 'Draw the empty states').waitFor();
        cutTransports(app);
        await bob.getByText('Reconnecting', { exact: true }).waitFor();
        await live(bob);
        await bob.getByLabel('Workspace').selectOption({ label: 'Website launch' });
        await card(bob, 'Rehearse the demo').waitFor();
        await bob.goBack();
        await card(bob, 'Draw the empty states').waitFor();
      },
      patienceMs,
    );

    test(
      'a session that was ended elsewhere is asked to sign in again, with nothing left on the page',
      async () => {
        const app = await start();
        const bob = await enter(urlOf(app, name), 'Bob Lindqvist', { expected: /401/ });
        const token = await bob.evaluate(() => sessionStorage.getItem('sockeye.refresh-token'));
        await fetch(`${app.url}/auth/logout`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ refreshToken: token }),
        });
        await bob.getByRole('alert').getByText('Your session has ended. Sign in again.').waitFor();
        expect(await bob.getByRole('article').count()).toBe(0);
      },
      patienceMs,
    );

    test(
      'a wrong password is told, and the keyboard is enough',
      async () => {
        const app = await start();
        const page = await visit(urlOf(app, name), { expected: /401/ });
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
      'fits a phone, names every control, and runs under the page’s own policy',
      async () => {
        const app = await start();
        const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
        const page = await enter(urlOf(app, name), 'Alice Moreau', phone);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide).toBe(0);
        const unnamed = await page.evaluate(() => {
          const controls = [
            ...document.querySelectorAll<HTMLInputElement>('button, input, select, textarea'),
          ];
          const isNamed = (control: HTMLInputElement) =>
            control.ariaLabel || control.labels?.[0]?.textContent?.trim() || control.textContent?.trim();
          return controls.filter((control) => !isNamed(control)).map((control) => control.outerHTML);
        });
        expect(unnamed).toEqual([]);
        const policy = (await page.reload())?.headers()['content-security-policy'] ?? '';
        expect(policy).toContain("default-src 'self'; script-src 'self'");
        expect(policy).not.toContain('unsafe');
        await live(page);
      },
      patienceMs,
    );

    test('is served with its history, its caching and nothing else', async () => {
      const app = await start();
      const page = await fetch(`${urlOf(app, name)}ws_design/board`);
      const html = await page.text();
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=/);
      const [, script] = /src="([^"]+\.js)"/.exec(html) ?? [];
      const asset = await fetch(app.url + script);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(asset.headers.get('content-encoding')).toBe('gzip');
      expect((await fetch(`${urlOf(app, name)}assets/gone.js`)).status).toBe(404);
      const bare = await fetch(`${app.url}/${name}`, { redirect: 'manual' });
      expect([bare.status, bare.headers.get('location')]).toEqual([308, `/${name}/`]);
      const other = await startReference({ page: true });
      expect((await fetch(urlOf(other, name))).status).toBe(404);
    });
  });
});

/** Whether the tip of a pointer is on something. */
async function isOver(pointer: Locator, target: Locator): Promise<boolean> {
  const [tip, area] = [await pointer.boundingBox(), await target.boundingBox()];
  if (!tip || !area) return false;
  const [right, down] = [tip.x - area.x, tip.y - area.y];
  return right > 0 && right < area.width && down > 0 && down < area.height;
}
