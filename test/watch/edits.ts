/** A contract of the test's own, as the parts of its source: it can be edited, and written in one module or in several. */
export interface Draft {
  /** Declarations that events use, in order: a name and an expression. */
  types: [name: string, text: string][];
  events: Event[];
  /** Statements after the declarations. */
  statements: string[];
  /** Whether the source is broken for the moment. */
  broken: '' | 'syntax' | 'throws' | 'import';
}

export interface Event {
  direction: 'clientToServer' | 'serverToClient';
  name: string;
  fields: string[];
  rest: string;
  /** Which module it is written in. */
  part: number;
}

export type Random = () => number;

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const parts = 3;

/** The draft before the first edit: nothing is wrong with it, and lists of its events are longer than a page. */
export function firstDraft(random: Random): Draft {
  const draft: Draft = {
    types: [
      ['Id', "z.string().min(3).max(20).meta({ id: 'Id' })"],
      ['Label', 'z.object({ name: z.string().max(9), colour: z.string().regex(/^#[0-9a-f]{6}$/) })'],
      ['Author', "z.object({ id: Id, label: Label.optional() }).meta({ id: 'Author' })"],
      ['Tree', "z.object({ id: Id, get children() { return z.array(Tree).max(5); } }).meta({ id: 'Tree' })"],
      ['page', '(item: z.ZodType) => z.object({ items: z.array(item).max(10), total: z.int() })'],
      ['Kinds', "['bug', 'idea'] as const"],
      ['Kind', 'z.enum(Kinds)'],
      ['serial', '(() => { let last = 0; return () => (last += 1); })()'],
      ['Numbered', 'z.literal(serial())'],
    ],
    events: [],
    statements: [],
    broken: '',
  };
  while (draft.events.length < 40) {
    const event = newEvent(draft, random, 0);
    if (draft.events.every(({ name }) => name !== event.name)) draft.events.push(event);
  }
  return draft;
}

/** Changes something of a draft; says what. */
export function edit(draft: Draft, random: Random): string {
  if (draft.broken !== '') {
    draft.broken = '';
    return 'mend';
  }
  if (random() < 0.1) {
    draft.broken = pick(['syntax', 'throws', 'import'] as const, random);
    return `break it: ${draft.broken}`;
  }
  const [what, apply] = pick(edits, random);
  apply(draft, random);
  return what;
}

const edits: readonly (readonly [string, (draft: Draft, random: Random) => void])[] = [
  ['add an event', (draft, random) => draft.events.splice(below(draft.events.length + 1, random), 0, newEvent(draft, random))],
  ['remove an event', ({ events }, random) => events.length > 4 && events.splice(below(events.length, random), 1)],
  ['change an event', ({ events }, random) => (pick(events, random).fields = fields(random))],
  ['change an event', ({ events }, random) => (pick(events, random).fields = fields(random))],
  ['add a field', ({ events }, random) => pick(events, random).fields.push(`more${below(99, random)}: ${pick(fieldTypes, random)(random)}`)],
  ['say something else of an event', ({ events }, random) => (pick(events, random).rest = rest(random))],
  ['rename an event', ({ events }, random) => (pick(events, random).name = newName(random))],
  ['move an event', ({ events }, random) => events.push(...events.splice(below(events.length, random), 1))],
  ['move an event to another module', ({ events }, random) => (pick(events, random).part = below(parts, random))],
  ['turn an event round', ({ events }, random) => turn(pick(events, random))],
  ['copy an event under the same name', ({ events }, random) => {
    const { name, part, fields: same, direction } = pick(events, random);
    const other = direction === 'clientToServer' ? 'serverToClient' : 'clientToServer';
    events.push({ name, part, fields: [...same], direction: other, rest: '' });
  }],
  ['change a type', ({ types }, random) => {
    const type = types.find(([name]) => name === 'Label');
    if (type) type[1] = `z.object({ name: z.string().max(${below(30, random)}), colour: z.string().optional() })`;
  }],
  ['change a named type', ({ types }, random) => {
    const type = types.find(([name]) => name === 'Id');
    if (type) type[1] = `z.string().min(${below(5, random)}).max(20).meta({ id: 'Id' })`;
  }],
  ['change a recursive type', ({ types }, random) => {
    const type = types.find(([name]) => name === 'Tree');
    if (type) type[1] = `z.object({ id: Id, get children() { return z.array(Tree).max(${below(9, random)}); } }).meta({ id: 'Tree' })`;
  }],
  ['change a list', ({ types }, random) => {
    const type = types.find(([name]) => name === 'Kinds');
    if (type) type[1] = `['bug', 'idea', 'kind${below(9, random)}'] as const`;
  }],
  ['give two types one name', ({ types }, random) => {
    const at = types.findIndex(([name]) => name === 'Rival');
    if (at >= 0) types.splice(at, 1);
    else types.push(['Rival', `z.object({ x: z.string().max(${below(9, random) + 1}) }).meta({ id: '${pick(['Id', 'Rival'], random)}' })`]);
  }],
  ['move a type', ({ types }) => {
    const at = types.findIndex(([name]) => name === 'Kinds');
    types.splice(at === 0 ? 4 : 0, 0, ...types.splice(at, 1));
  }],
  ['do something', ({ statements }, random) => {
    if (statements.length > 0) statements.pop();
    else statements.push(pick([
      "Label.register(z.globalRegistry, { id: 'Label' });",
      "Object.assign(Label, { touched: true });",
      "if (Kinds.length > 2) z.globalRegistry.add(Kind, { description: 'Many' });",
    ], random));
  }],
]; // prettier-ignore

const fieldTypes: readonly ((random: Random) => string)[] = [
  (random) => `z.string().max(${below(50, random) + 1})`,
  () => 'Id',
  () => 'Author.optional()',
  () => 'Label',
  () => 'Tree',
  () => 'Kind',
  () => 'Numbered',
  (random) => `page(${pick(['Id', 'Label', 'Author'], random)})`,
  (random) => `z.array(Label).max(${below(9, random) + 1})`,
  (random) => `z.string().regex(/^[a-z]{${below(9, random)}}$/)`,
  () => 'date()',
  (random) => `z.int().min(${below(9, random)}).nullable()`,
  () =>
    "z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), label: Label }), z.object({ kind: z.literal('b') })])",
  () => 'z.array(z.object({ to: Id, copyTo: z.array(z.string()) }))',
  (random) => `z.string().refine((text) => text.length !== ${below(9, random)}, 'odd')`,
  () => 'z.record(Kind, z.string().optional())',
  () => 'z.date()',
  () => 'z.string().regex(/^(a+)+$/)',
  () => "z.string().meta({ description: 'Said of it', examples: [1n, 'two'] })",
  () => 'z.enum(Kinds.map((kind) => `${kind}s`))',
  (random) => `z.number().default(${below(9, random)})`,
];

/** @param faults How many of the fields may be wrong, out of 1: a contract should not be so most of the time. */
function fields(random: Random, faults = 0.08): string[] {
  const usual = () => fieldTypes[below(random() < faults ? fieldTypes.length : 16, random)] ?? fieldTypes[0];
  return Array.from({ length: 1 + below(4, random) }, (_, index) => `field${index}: ${usual()?.(random)}`);
}

function rest(random: Random): string {
  return pick(
    [
      '',
      `summary: 'Told ${below(99, random)}.', `,
      'ack: z.object({ ok: z.boolean(), by: Author }), ',
      "errors: ['FULL'], ack: Id, ",
    ],
    random,
  );
}

function newName(random: Random): string {
  return `${pick(['area', 'copy', 'is', 'topic'], random)}:${pick(['made', 'moved', 'gone'], random)}${below(40, random)}`;
}

function newEvent({ events }: Draft, random: Random, faults?: number): Event {
  const direction = random() < 0.5 ? 'clientToServer' : 'serverToClient';
  return {
    direction,
    name: newName(random),
    fields: fields(random, faults),
    rest: rest(random),
    part: below(parts, random) || events.length % parts,
  };
}

function turn(event: Event): void {
  event.direction = event.direction === 'clientToServer' ? 'serverToClient' : 'clientToServer';
  event.rest = '';
}

/** Modules of a draft: path to text. */
export function modulesOf(draft: Draft, layout: 'one module' | 'several'): Readonly<Record<string, string>> {
  const { types, statements, broken } = draft;
  const wrong = {
    '': '',
    syntax: 'const = 1;\n',
    throws: 'throw new Error("On purpose.");\n',
    import: "import './nowhere.ts';\n",
  };
  const declared = types.map(([name, text]) => `export const ${name} = ${text};\n`).join('');
  const head =
    "import { date, defineContract, errorOf, event } from '@sockeye/contract';\nimport * as z from 'zod';\n";
  const after = statements.map((text) => `${text}\n`).join('') + wrong[broken];
  const entries = (direction: Event['direction'], part?: number) =>
    draft.events
      .filter((event) => event.direction === direction && (part === undefined || event.part === part))
      .map(
        ({ name, fields: list, rest: more }) =>
          `    '${name}': event({ ${more}payload: z.object({ ${list.join(', ')} }) }),\n`,
      )
      .join('');
  const contract = (client: string, server: string) => `export const load = defineContract({
  name: 'load',
  version: '1.0.0',
  errors: { FULL: errorOf(z.object({ limit: z.int() })) },
  clientToServer: {
${client}  },
  serverToClient: {
${server}  },
});
`;
  if (layout === 'one module') {
    return {
      'load.contract.ts':
        head + declared + after + contract(entries('clientToServer'), entries('serverToClient')),
    };
  }
  const names = types.map(([name]) => name).join(', ');
  const numbers = Array.from({ length: parts }, (_, index) => index);
  const modules = numbers.map((part) => [
    `parts/part${part}.ts`,
    `${head}import { ${names} } from './types.ts';\nexport const client${part} = {\n${entries('clientToServer', part)}};\nexport const server${part} = {\n${entries('serverToClient', part)}};\n`,
  ]);
  const imports = numbers
    .map((part) => `import { client${part}, server${part} } from './parts/part${part}.ts';\n`)
    .join('');
  const spread = (what: string) => numbers.map((part) => `    ...${what}${part},\n`).join('');
  return {
    ...Object.fromEntries(modules),
    'parts/types.ts': head + declared + after,
    'load.contract.ts': head + imports + contract(spread('client'), spread('server')),
  };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[below(items.length, random)] as Item;
}

function below(end: number, random: Random): number {
  return Math.floor(random() * end);
}
