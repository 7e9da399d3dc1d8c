import type { Random } from './random.ts';

/** One hostile frame, and what the rules say must come of it. */
export interface HostileFrame {
  readonly kind: string;
  readonly text: string;
  /** Acknowledgement id, as the answer will carry it, when exactly one answer must come. */
  readonly answered?: string;
  /** Socket.IO itself ends the connection; the answer to nothing. */
  readonly closes?: true;
  /** Anything may happen but a crash and an invalid payload. */
  readonly wild?: true;
}

type Arm = (random: Random, id: string) => Omit<HostileFrame, 'kind'>;

const events = ['board:join', 'card:add', 'cursor:move', 'ping'] as const;
const odd = [
  'error',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'connection',
  'message',
  'ready',
  'x'.repeat(5_000),
];
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
const poison = ['__proto__', 'constructor', 'prototype'];
const boards = ['b1', 'b2', 'b3', 'closed', 'broken', 'rejecting'];
const texts = ['fine', 'throw', 'reject', 'fail', 'wrong'];

/** Everything that one frame can be; the weights say how often. */
const arms: readonly (readonly [weight: number, kind: string, arm: Arm])[] = [
  [20, 'valid', (random, id) => answered(id, JSON.stringify(validArguments(random)))],
  [20, 'wrong type', (random, id) => answered(id, JSON.stringify([random.pick(events), junk(random, 3)]))],
  [5, 'no arguments', (random, id) => answered(id, JSON.stringify([random.pick(events)]))],
  [
    8,
    'extra arguments',
    (random, id) =>
      answered(id, JSON.stringify([...validArguments(random), ...many(random, 1 + random.below(50))])),
  ],
  [
    5,
    'acknowledgement that is not a function',
    (random, id) =>
      answered(id, JSON.stringify([...validArguments(random), {}, random.pick(['ack', 1, null, true, []])])),
  ],
  [
    5,
    'no acknowledgement',
    (random) => ({ text: `42/board,${JSON.stringify([random.pick(events), junk(random, 2)])}` }),
  ],
  [3, 'metadata', (random, id) => answered(id, JSON.stringify([...validArguments(random), junk(random, 3)]))],
  [8, 'prototype key', (random, id) => answered(id, `["${random.pick(events)}",${poisoned(random)}]`)],
  [2, 'deep payload', (random, id) => answered(id, `["${random.pick(events)}",${deep(random)}]`)],
  [
    1,
    'deep metadata',
    (random, id) => answered(id, `["cursor:move",{"boardId":"b1","x":1,"y":1},{"id":${deep(random)}}]`),
  ],
  [1, 'deep unknown event', (random, id) => answered(id, `["nobody:knows",${deep(random)}]`)],
  [5, 'odd event name', (random, id) => oddName(random.pick(odd), id)],
  [
    5,
    'numeric event name',
    (random, id) => answered(id, JSON.stringify([random.pick([0, -1, 5, 1e308, 0.5]), junk(random, 1)])),
  ],
  [
    2,
    'acknowledgement nobody asked for',
    (random) => ({ text: `43/board,${random.below(1e6)}${JSON.stringify([junk(random, 2)])}` }),
  ],
  [
    1,
    'huge acknowledgement id',
    (random) => ({
      text: `42/board,${'9'.repeat(400)}${JSON.stringify(validArguments(random))}`,
      wild: true,
    }),
  ],
  [
    4,
    'mutated',
    (random) => ({
      text: mutated(random, `42/board,7${JSON.stringify(validArguments(random))}`),
      wild: true,
    }),
  ],
];

const closers: readonly (readonly [kind: string, text: (random: Random) => string])[] = [
  ['reserved event name', (random) => `42/board,${JSON.stringify([random.pick(reserved), 1])}`],
  ['oversize', () => `42/board,1["ping","${'x'.repeat(70_000)}"]`],
  ['event without a name', () => '42/board,[]'],
  ['event name of a wrong type', () => '42/board,[{"a":1}]'],
  ['broken JSON', () => '42/board,["ping"'],
  ['unknown packet type', () => '49/board,["ping"]'],
  ['connect twice', () => '40/board,{"token":"ann"}'],
  ['attachments that never come', () => '451-/board,["card:add",{"_placeholder":true,"num":0}]\u0000'],
  ['a thousand attachments', () => '451000-/board,["card:add",{"_placeholder":true,"num":0}]'],
];

const total = arms.reduce((sum, [weight]) => sum + weight, 0);

/** The next frame of a stream that stays open. `id` must not be in use on the connection. */
export function hostileFrame(random: Random, id: string): HostileFrame {
  let at = random.below(total);
  const [, kind, arm] = arms.find(([weight]) => (at -= weight) < 0)!;
  return { kind, ...arm(random, id) };
}

/** A frame that ends its connection, or may. */
export function closingFrame(random: Random): HostileFrame {
  const [kind, text] = random.pick(closers);
  return { kind, text: text(random), closes: true };
}

/** A frame whose handler never answers, answers late or rejects late. */
export function slowFrame(random: Random, id: string): HostileFrame {
  return {
    kind: 'slow handler',
    ...answered(
      id,
      JSON.stringify(['board:join', { boardId: random.pick(['never', 'late', 'late-reject']) }]),
    ),
  };
}

function answered(id: string, json: string): { readonly text: string; readonly answered: string } {
  return { text: `42/board,${id}${json}`, answered: id };
}

/** Socket.IO listens to `error` itself, so that event is left alone; every other one is answered. */
function oddName(name: string, id: string): Omit<HostileFrame, 'kind'> {
  const text = `42/board,${id}${JSON.stringify([name, 1])}`;
  return name === 'error' ? { text } : { text, answered: id };
}

function validArguments(random: Random): unknown[] {
  const boardId = random.pick(boards);
  switch (random.pick(events)) {
    case 'board:join':
      return ['board:join', { boardId }];
    case 'card:add':
      return ['card:add', { boardId, text: random.pick(texts) }];
    case 'cursor:move':
      return ['cursor:move', { boardId, x: random.below(100), y: 1.5 }];
    case 'ping':
      return ['ping', {}];
  }
}

function junk(random: Random, depth: number): unknown {
  if (depth > 0 && random.chance(0.4))
    return many(random, random.below(5)).map(() => junk(random, depth - 1));
  if (depth > 0 && random.chance(0.5)) {
    const keys = ['boardId', 'text', 'x', 'y', 'id', 'then', 'length', 'toJSON'];
    return Object.fromEntries(
      many(random, random.below(5)).map(() => [random.pick(keys), junk(random, depth - 1)]),
    );
  }
  return random.pick([
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'b1',
    '😀'.repeat(30),
    'x'.repeat(300),
    { _placeholder: true, num: 0 },
  ]);
}

function many(random: Random, count: number): unknown[] {
  return Array.from({ length: count }, () => random.below(10));
}

function poisoned(random: Random): string {
  const levels = random.below(5);
  const inner = `{"boardId":"b1","text":"fine","x":1,"y":1,"${random.pick(poison)}":{"isAdmin":true}}`;
  return '{"a":'.repeat(levels) + inner + '}'.repeat(levels);
}

function deep(random: Random): string {
  return random.chance(0.5)
    ? '['.repeat(5_000) + ']'.repeat(5_000)
    : '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000);
}

function mutated(random: Random, text: string): string {
  const bytes = Buffer.from(text);
  for (let count = 1 + random.below(4); count > 0; count--)
    bytes[9 + random.below(bytes.length - 9)] = 32 + random.below(95);
  return bytes.toString('latin1');
}
