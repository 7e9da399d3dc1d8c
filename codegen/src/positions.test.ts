import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocator, type Locator } from './positions.ts';

/** A comment marks a place; what is looked for stands right behind it. */
const sources = {
  'chat.contract.ts': `
import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';
import { Message, base as shared } from './schemas.ts';
import * as more from './schemas.js';

const Local = z.object({ /*local*/near: z.string() }).meta({ id: 'Local' });
const Tree = z.object({ /*getter*/get children() { return z.array(Tree); }, /*lazy*/lazy: z.lazy(() => Tree) });
const events = { 'room:spread': event({ /*spread*/payload: Local }) };

export const chat = /*chat*/defineContract({
  /*name*/name: 'chat',
  rooms: { /*room*/board: room({ /*param*/boardId: z.string() }) },
  errors: { /*error*/FULL: errorOf(z.object({ /*detail*/limit: z.int() })) },
  clientToServer: {
    /*join*/'room:join': event({
      /*payload*/payload: z.object({ /*room id*/roomId: z.string(), nested: z.array(z.object({ /*deep*/deep: z.date() })) }),
      /*ack*/ack: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a') }),
        z.object({ kind: z.literal('b'), /*member*/extra: z.date() }),
      ]),
    }),
    args: event({ args: [z.string(), /*second*/z.date()] }),
    send: event({ payload: Message.extend({ /*extended*/urgent: z.boolean() }) }),
    base: event({ payload: shared }),
    namespace: event({ payload: more.Message }),
    local: event({ payload: Local.partial() }),
    shape: event({ payload: z.object({ picked: Message.shape.author }) }),
    tree: event({ payload: Tree }),
    short: event({ Local }),
    ...events,
  },
});

/*second contract*/
export const other = /*other*/defineContract({ name: 'other', serverToClient: { /*ping*/ping: event({}) } } as const);
`,
  'schemas.ts': `
import * as z from 'zod';
import { author } from './author';
export const base = z.object({ /*base*/at: z.date() });
export const Message = base.extend({ /*text*/text: z.string(), /*author*/author });
`,
  'author.ts': `
import * as z from 'zod';
export const author = z.object({ /*author name*/name: z.date() });
`,
  'barrel.ts': `export { chat } from './chat.contract.ts';\nexport * from './barrel.ts';\n`,
  'sockeye.config.ts': `
export default defineConfig({
  contracts: ['a', /*contract 1*/'b'],
  outputs: [{ dir: 'x', /*typo*/target: ['server'] }],
});
`,
} as const;

let root = '';
let locator: Locator;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'sockeye-positions-'));
  for (const [file, text] of Object.entries(sources)) await writeFile(path.join(root, file), text);
  locator = await createLocator();
});
afterAll(() => rm(root, { recursive: true, force: true }));

type File = keyof typeof sources;

function mark(file: File, name: string): string {
  const before = sources[file].slice(0, sources[file].indexOf(`/*${name}*/`) + name.length + 4).split('\n');
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

test.each<[path: string, file: File, mark: string]>([
  ['', 'chat.contract.ts', 'chat'],
  ['name', 'chat.contract.ts', 'name'],
  ['rooms board boardId', 'chat.contract.ts', 'param'],
  ['rooms board gone', 'chat.contract.ts', 'room'],
  ['errors FULL details limit', 'chat.contract.ts', 'detail'],
  ['clientToServer room:join', 'chat.contract.ts', 'join'],
  ['clientToServer room:join joins', 'chat.contract.ts', 'join'],
  ['clientToServer room:join payload', 'chat.contract.ts', 'payload'],
  ['clientToServer room:join payload roomId', 'chat.contract.ts', 'room id'],
  ['clientToServer room:join payload nested [] deep', 'chat.contract.ts', 'deep'],
  ['clientToServer room:join payload nested [] deep (wire)', 'chat.contract.ts', 'deep'],
  ['clientToServer room:join ack |1 extra', 'chat.contract.ts', 'member'],
  ['clientToServer args args [1]', 'chat.contract.ts', 'second'],
  ['clientToServer send payload urgent', 'chat.contract.ts', 'extended'],
  ['clientToServer send payload text', 'schemas.ts', 'text'],
  ['clientToServer send payload at', 'schemas.ts', 'base'],
  ['clientToServer send payload author', 'schemas.ts', 'author'],
  ['clientToServer send payload author name', 'author.ts', 'author name'],
  ['clientToServer base payload at', 'schemas.ts', 'base'],
  ['clientToServer namespace payload text', 'schemas.ts', 'text'],
  ['clientToServer local payload near', 'chat.contract.ts', 'local'],
  ['clientToServer shape payload picked name', 'author.ts', 'author name'],
  ['clientToServer tree payload children', 'chat.contract.ts', 'getter'],
  ['clientToServer tree payload lazy gone', 'chat.contract.ts', 'lazy'],
  ['clientToServer room:spread payload', 'chat.contract.ts', 'spread'],
])('finds %s', (keys, file, name) => {
  const place = locator.locate({
    file: path.join(root, 'chat.contract.ts'),
    contract: 'chat',
    path: keys === '' ? [] : keys.split(' '),
  });
  expect(place && `${path.relative(root, place.file)}:${place.line}:${place.column}`).toBe(mark(file, name));
});

test.each<[query: string, contract: string | undefined, keys: readonly string[], file: File, mark: string]>([
  ['chat.contract.ts', 'other', ['serverToClient', 'ping'], 'chat.contract.ts', 'ping'],
  ['barrel.ts', 'chat', ['name'], 'chat.contract.ts', 'name'],
  ['sockeye.config.ts', undefined, ['contracts', '1'], 'sockeye.config.ts', 'contract 1'],
  ['sockeye.config.ts', undefined, ['outputs', '0', 'target'], 'sockeye.config.ts', 'typo'],
])('finds in %s, contract %s: %j', (query, contract, keys, file, name) => {
  const place = locator.locate({ file: path.join(root, query), contract, path: keys });
  expect(place && `${path.relative(root, place.file)}:${place.line}:${place.column}`).toBe(mark(file, name));
});

test.each([
  ['chat.contract.ts', 'stranger'],
  ['barrel.ts', 'stranger'],
  ['schemas.ts', undefined],
  ['gone.ts', 'chat'],
])('finds nothing in %s for %s', (file, contract) => {
  expect(locator.locate({ file: path.join(root, file), contract, path: [] })).toBeUndefined();
});
