import { expect, it } from 'vitest';
import { elapse, startOffice, until, visit, type Visitor } from './office.ts';

/** Scaled with `PRESENCE_USERS`; the reference figures are those of 1,000. */
const users = Number(process.env['PRESENCE_USERS'] ?? 300);
const joinMs = 2_000;
const tickMs = 100;

it(`${users} joins in ${joinMs} ms cost a frame a tick, and everyone learns of everyone once`, async () => {
  await using office = await startOffice({ tickMs, limit: users });
  const visitors: Visitor[] = [];
  for (let at = 0; at < users; at += 50) {
    const some = Array.from({ length: Math.min(50, users - at) }, (_, index) =>
      visit(office.url, `user-${at + index}`),
    );
    visitors.push(...(await Promise.all(some)));
  }
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const joins: Promise<unknown>[] = [];
  for (let slot = 0; slot < 20; slot += 1) {
    const [from, to] = [(slot * users) / 20, ((slot + 1) * users) / 20].map(Math.round);
    for (const visitor of visitors.slice(from, to)) joins.push(visitor.join('w1'));
    await elapse(Math.max(0, ((slot + 1) * joinMs) / 20 - (performance.now() - startedAt)));
  }
  await Promise.all(joins);
  const joinedAt = performance.now();
  await until(() => visitors.every((visitor) => visitor.users.size === users), 10_000);
  const rightAfterMs = performance.now() - joinedAt;
  const ticks = Math.ceil((performance.now() - startedAt) / tickMs);
  const frames = visitors.reduce((sum, visitor) => sum + visitor.frames, 0);
  const bytes = visitors.reduce((sum, visitor) => sum + visitor.bytes, 0);
  const oneUser = JSON.stringify({ id: 'user-100', name: 'Worker user-100', mood: 'fine' }).length + 1;
  const least = users * users * oneUser;
  const spent = process.cpuUsage(cpu);
  // eslint-disable-next-line no-console -- the figures are what the test is read for
  console.info(
    `${users} joins: ${frames} frames in ${ticks} ticks, ${bytes} bytes (${(bytes / least).toFixed(2)} times the least), right ${Math.round(rightAfterMs)} ms after the last, ${Math.round((spent.user + spent.system) / 1_000)} ms of CPU, clients included`,
  );
  expect(frames).toBeLessThanOrEqual(users * (ticks + 1));
  expect(bytes).toBeLessThanOrEqual(1.1 * least);
  expect(rightAfterMs).toBeLessThanOrEqual(1_500);
  expect(visitors.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
  for (const { socket } of visitors) socket.disconnect();
}, 60_000);
