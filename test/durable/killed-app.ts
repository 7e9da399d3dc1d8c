/**
 * The reference application as a process of its own, which kills itself at a marked point: between a write and the
 * append of its event to the log. The parent names the event with a message; no application code knows of it.
 *
 * @module killed-app
 */
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { createApp } from '../../server/app/app.ts';
import { openStores } from '../../server/app/stores/open.ts';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import { jwtSecret } from '../e2e/reference.ts';

let armed: string | undefined;

process.on('message', (event: string) => {
  armed = event;
  process.send?.({ armed });
});
process.on('disconnect', () => process.exit());

const { MONGODB_URI, REDIS_URL, DATA_DIR = '' } = process.env;
dieBefore(mongoose.mongo.Collection.prototype, 'findOneAndUpdate');
for (const command of ['evalsha', 'eval']) dieBefore(Redis.prototype, command);

const cluster = REDIS_URL === undefined ? undefined : redisCluster(REDIS_URL, pino({ enabled: false }));
const app = await createApp({
  ...(await openStores({ dataDir: DATA_DIR, mongodbUri: MONGODB_URI }, cluster?.eventLog)),
  cluster,
  jwtSecret,
  demo: true,
  page: false,
  passwordCost: 2 ** 10,
});
process.send?.({ url: app.url });

/** Ends the process where a database is about to be told the event in a log. */
function dieBefore(prototype: object, name: string): void {
  const methods = prototype as Record<string, (...words: unknown[]) => unknown>;
  const call = methods[name]!;
  methods[name] = function (this: unknown, ...words: unknown[]) {
    if (armed === undefined || !mentions(words, armed)) return call.apply(this, words);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
}

/** Whether an event is among what is appended: as a word of the script, or in the newest entries of a room's document. */
function mentions(words: readonly unknown[], event: string): boolean {
  if (words.includes(event)) return true;
  const update = words[1] as { $set?: { last?: readonly { event: string }[] } } | undefined;
  return update?.$set?.last?.some((entry) => entry.event === event) ?? false;
}
