/**
 * A process that appends to the LMDB log in its first argument: so often as its second says, or until that fails. Tells
 * its parent what came of it.
 *
 * @module lmdb-writer
 */
import { lmdbLog } from '../../server/src/stores/lmdb.ts';
import { entry, room } from './log.suite.ts';

const [folder = '', count = '0', length = '1'] = process.argv.slice(2);
let unhandled = 0;
process.on('unhandledRejection', () => (unhandled += 1));

const log = lmdbLog({ folder });
const body = 'x'.repeat(Number(length));
let appended = 0;
let code: string | undefined;
try {
  for (; appended < Number(count); appended += 1) await log.append(entry({ body, keep: 1e6 }));
} catch (error) {
  code = (error as { code?: string }).code;
}
await new Promise((resolve) => setImmediate(resolve));
const { head, entries } = await log.read(room, 0, 1e6);
process.stdout.write(
  `${JSON.stringify({ appended, code, unhandled, head: head.offset, read: entries.length })}\n`,
);
