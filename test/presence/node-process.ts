import { redisPresence } from '@sockeye/server/stores/redis-presence';
import { Redis } from 'ioredis';
import { startOffice } from './office.ts';

/** A node of its own process, for tests that kill and freeze it: `tsx node-process.ts <redis url> <lease ms>`. */
const [url = '', leaseMs = '3000'] = process.argv.slice(2);
const redis = new Redis(url, { maxRetriesPerRequest: null });
redis.on('error', () => undefined);
const store = redisPresence({ redis, leaseMs: Number(leaseMs) });
const office = await startOffice({ store, graceMs: 300, tickMs: 50 });
process.stdout.write(`${office.url}\n`);
