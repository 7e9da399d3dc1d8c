import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demoNames } from '../../server/app/demo-build.ts';
import { cutTransports } from '../e2e/reference.ts';
import { chromium, describeWith } from '../services.ts';
import { demoServer, urlOf } from './demo-server.ts';
import { away, live, patienceMs, peopleIn } from './people.ts';

const pairs = [
  ['react', 'angular'],
  ['angular', 'react'],
] as const;

describeWith(chromium(), 'chat in the demo applications', (executablePath) => {
  const { enter } = peopleIn(executablePath);
  const { start } = demoServer();

  test.each(pairs)(
    'a person at %s and one at %s write, answer, see each other type, and know what was read',
    async (first, second) => {
      const app = await start();
      const alice = await enter(urlOf(app, first), 'Alice Moreau');
      const bob = await enter(urlOf(app, second), 'Bob Lindqvist');
      await openChannel(alice, 'General');

      // One connection each, for three contracts.
      expect(app.io.engine.clientsCount).toBe(2);

      await say(alice, 'General', 'Who wants <b>cake</b>?');
      const asked = message(alice, 'Who wants <b>cake</b>?');
      await asked.getByText('Delivered to Bob').waitFor();
      await bob.getByRole('link', { name: /^Chat \d+ unread/ }).waitFor();
      await openChannel(bob, 'General');
      await message(bob, 'Who wants <b>cake</b>?').waitFor();
      await asked.getByText('Read by Bob').waitFor();
      await bob.getByRole('link', { name: 'Chat', exact: true }).waitFor();

      const field = bob.getByLabel('Message to General');
      await message(bob, 'Who wants <b>cake</b>?').hover();
      await bob.getByRole('button', { name: 'Reply to “Who wants <b>cake</b>?”' }).click();
      await field.pressSequentially('Me');
      await alice.getByText('Bob is typing…').waitFor();
      await field.press('Enter');
      await alice.getByText('Bob is typing…').waitFor({ state: 'detached' });
      await expect
        .poll(() => message(alice, 'Me').locator('.quote').textContent())
        .toMatch(/Alice Moreau\s+Who wants <b>cake<\/b>\?/);
      await message(bob, 'Me').getByText('Read by Alice').waitFor();

      // Bob stands where he has stopped to read, whatever comes after it.
      await bob.getByRole('link', { name: /^Board/ }).click();
      await say(alice, 'General', 'And tea?');
      await message(alice, 'And tea?').getByText('Delivered to Bob').waitFor();
      expect(await asked.getByText('Read by Bob').count()).toBe(1);
      await openChannel(bob, 'General');
      await message(alice, 'And tea?').getByText('Read by Bob').waitFor();
      await asked.getByText('Read by Bob').waitFor({ state: 'detached' });

      // What is begun and given up leaves nothing.
      await field.pressSequentially('Well');
      await alice.getByText('Bob is typing…').waitFor();
      await field.fill('');
      await alice.getByText('Bob is typing…').waitFor({ state: 'detached' });
    },
    patienceMs,
  );

  test.each(pairs)(
    'a person at %s writes to one at %s alone',
    async (first, second) => {
      const app = await start();
      const alice = await enter(urlOf(app, first), 'Alice Moreau');
      const bob = await enter(urlOf(app, second), 'Bob Lindqvist');
      await alice.getByRole('link', { name: /^Chat/ }).click();
      await alice.getByRole('button', { name: 'New conversation' }).click();
      await alice.locator('#new-channel').getByRole('button', { name: 'Bob Lindqvist' }).click();
      await alice.getByRole('heading', { name: 'Bob Lindqvist' }).waitFor();
      await say(alice, 'Bob Lindqvist', 'Between us');
      await openChannel(bob, 'Alice Moreau');
      await message(bob, 'Between us').waitFor();
      await say(bob, 'Alice Moreau', 'Of course');
      await message(alice, 'Of course').waitFor();
      await message(bob, 'Of course').getByText('Read by Alice').waitFor();
    },
    patienceMs,
  );

  test.each(pairs)(
    'what is written at %s and at %s while the connection is lost arrives once it is back',
    async (first, second) => {
      const app = await start();
      const alice = await enter(urlOf(app, first), 'Alice Moreau', { expected: away });
      const bob = await enter(urlOf(app, second), 'Bob Lindqvist', { expected: away });
      for (const page of [alice, bob]) await openChannel(page, 'General');
      cutTransports(app);
      for (const page of [alice, bob]) await page.getByText('Reconnecting', { exact: true }).waitFor();
      await say(alice, 'General', 'Are you there?');
      await say(bob, 'General', 'I was away');
      for (const page of [alice, bob]) {
        await message(page, 'Are you there?').waitFor();
        await message(page, 'I was away').waitFor();
      }
      await message(alice, 'Are you there?').getByText('Read by Bob').waitFor();
      await message(bob, 'I was away').getByText('Read by Alice').waitFor();
      for (const page of [alice, bob]) await live(page);
      expect(app.io.engine.clientsCount).toBe(2);
    },
    patienceMs,
  );

  test(
    'an announcement is seen in chat, and who comes and goes is said there',
    async () => {
      const app = await start();
      const bob = await enter(urlOf(app, 'angular'), 'Bob Lindqvist');
      const alice = await enter(urlOf(app, 'react'), 'Alice Moreau');
      await bob.getByRole('link', { name: /^Chat/ }).click();
      await bob.getByRole('button', { name: 'New conversation' }).click();
      await bob.getByLabel('Name of the channel').fill('Fish');
      await bob.getByRole('button', { name: 'Start', exact: true }).click();
      await bob.getByText('Bob Lindqvist started the channel.').last().waitFor();

      await alice.getByRole('link', { name: /^Chat/ }).click();
      for (const round of [1, 2]) {
        await alice.getByRole('button', { name: 'New conversation' }).click();
        await alice.locator('#new-channel').getByRole('button', { name: 'Fish' }).click();
        await alice.getByRole('heading', { name: 'Fish' }).waitFor();
        await expect
          .poll(() => bob.locator('.system', { hasText: 'Alice Moreau joined.' }).count())
          .toBe(round);
        await alice.getByRole('button', { name: 'Members' }).click();
        await alice.getByRole('button', { name: 'Leave the channel' }).click();
        await expect
          .poll(() => bob.locator('.system', { hasText: 'Alice Moreau left.' }).count())
          .toBe(round);
        await alice.getByRole('button', { name: /^Fish/ }).waitFor({ state: 'detached' });
      }

      await alice.getByRole('button', { name: 'Announce' }).click();
      await alice.getByLabel('Message', { exact: true }).fill('Cake in the kitchen');
      await alice.getByRole('button', { name: 'Send to everyone' }).click();
      await bob.getByText('Cake in the kitchen').waitFor();
    },
    patienceMs,
  );

  describe.each(demoNames)('%s', (name) => {
    test(
      'brings earlier messages page by page, and writes an @ with a name from the list',
      async () => {
        const app = await start();
        for (let number = 7; number <= 90; number++) {
          await app.chatStore.messages.append({
            id: `msg_many_${number}`,
            channelId: 'ch_general',
            kind: 'text',
            authorId: 'u_carol',
            authorName: 'Carol Adeyemi',
            text: `Number ${number}`,
            replyTo: null,
            mentions: [],
            createdAt: new Date(),
          });
        }
        const bob = await enter(urlOf(app, name), 'Bob Lindqvist');
        await openChannel(bob, 'General');
        await message(bob, 'Number 90').waitFor();
        const texts = () => bob.locator('.message-text').allTextContents();
        expect(await texts()).toHaveLength(50);
        const earlier = bob.getByRole('button', { name: 'Load earlier messages' });
        await earlier.click();
        await expect.poll(async () => (await texts()).length).toBe(80);
        await earlier.click();
        await earlier.waitFor({ state: 'detached' });
        expect((await texts()).slice(5, 9)).toEqual([
          'I will move some cards while you talk.',
          'Number 7',
          'Number 8',
          'Number 9',
        ]);

        const field = bob.getByLabel('Message to General');
        await field.pressSequentially('Ask @ca');
        await bob.getByRole('button', { name: '@carol Carol Adeyemi' }).click();
        await field.pressSequentially('soon');
        await field.press('Enter');
        expect(await message(bob, 'Ask @carol soon').locator('mark').textContent()).toBe('@carol');
      },
      patienceMs,
    );

    test(
      'shows administrators what is theirs, and nobody else',
      async () => {
        const app = await start();
        const alice = await enter(urlOf(app, name), 'Alice Moreau');
        await openChannel(alice, 'Administrators');
        await message(alice, 'Only administrators see this channel.').waitFor();
        await alice.getByRole('link', { name: 'Operations' }).click();
        const rows = (title: string) => alice.getByRole('region', { name: title }).getByRole('row');
        await rows('Connections').filter({ hasText: 'Alice Moreau' }).filter({ hasText: 'chat' }).waitFor();
        await rows('Contracts').filter({ hasText: 'notifications' }).waitFor();
        await rows('Versions of clients').filter({ hasText: 'collab' }).waitFor();
        await rows('Rooms').filter({ hasText: 'workspace:ws_design' }).waitFor();
        await alice.getByRole('button', { name: 'Start the bot' }).click();
        await alice.getByRole('button', { name: 'Stop the bot' }).click();
        await alice.getByRole('button', { name: 'Start the bot' }).waitFor();

        const bob = await enter(urlOf(app, name), 'Bob Lindqvist');
        expect(await bob.getByRole('link', { name: 'Operations' }).count()).toBe(0);
        await bob.goto(`${urlOf(app, name)}ws_design/chat/ch_admins`);
        await bob.getByText('You are not a member of this channel.').waitFor();
        expect(await bob.getByRole('button', { name: /^Administrators/ }).count()).toBe(0);
        await bob.goto(`${urlOf(app, name)}ws_design/operations`);
        await bob.getByRole('heading', { name: 'Design studio' }).waitFor();
      },
      patienceMs,
    );

    test(
      'shows a phone the channels or one of them, and the way back',
      async () => {
        const app = await start();
        const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
        const alice = await enter(urlOf(app, name), 'Alice Moreau', phone);
        await alice.getByRole('link', { name: /^Chat/ }).click();
        await alice.getByRole('button', { name: /^General/ }).click();
        await alice.getByRole('button', { name: /^General/ }).waitFor({ state: 'hidden' });
        await say(alice, 'General', 'From the train');
        await message(alice, 'From the train').waitFor();
        expect(await overflow(alice)).toBe(0);
        await alice.getByRole('button', { name: 'Back to the channels' }).click();
        await alice.getByRole('button', { name: /^General/ }).waitFor();
        await alice.goBack();
        await message(alice, 'From the train').waitFor();
        await alice.getByRole('link', { name: 'Operations' }).click();
        await alice.getByRole('region', { name: 'Rooms' }).waitFor();
        expect(await overflow(alice)).toBe(0);
      },
      patienceMs,
    );
  });
});

/** Opens a channel from the list. */
async function openChannel(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /^Chat/ }).click();
  await page.getByRole('button', { name: new RegExp(`^(\\w+ ?)?${name}`) }).click();
  await page.getByRole('heading', { name }).waitFor();
}

/** How much wider the page is than its window, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Writes a message. */
async function say(page: Page, channel: string, text: string): Promise<void> {
  await page.getByLabel(`Message to ${channel}`).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** The message with a text. */
function message(page: Page, text: string) {
  return page
    .locator('.message')
    .filter({ has: page.locator('.message-text').getByText(text, { exact: true }) });
}
