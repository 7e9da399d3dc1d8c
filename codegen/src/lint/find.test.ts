import { describe, expect, test } from 'vitest';
import type { ContractModel, EventModel, TypeNode } from '../model.ts';
import { lintModel } from './find.ts';
import { unknownRules } from './levels.ts';
import { lintRules } from './rules.ts';

const bounded: TypeNode = { kind: 'string', checks: [{ check: 'max-length', value: 9 }] };

/** An event that no rule has anything to say about. */
const good: EventModel = {
  summary: 'Do it.',
  examples: [{}],
  limit: { rate: 1, perMs: 1000, burst: 1 },
  payload: object({ id: bounded }),
};

function object(properties: Readonly<Record<string, TypeNode>>): TypeNode {
  return { kind: 'object', properties, unknownKeys: 'strip' };
}

function contract(more: Partial<ContractModel>): ContractModel {
  return {
    format: 1,
    name: 'note',
    version: '1.0.0',
    namespace: '/',
    identity: object({ id: bounded }),
    rooms: {},
    errors: {},
    types: {},
    clientToServer: {},
    serverToClient: {},
    ...more,
  };
}

const inbound = (event: Partial<EventModel>, name = 'note:add') =>
  contract({ clientToServer: { [name]: { ...good, ...event } } });
const field = (node: TypeNode) => inbound({ payload: object({ field: node }) });
const outboundField = (node: TypeNode) =>
  contract({ serverToClient: { 'note:added': { ...good, payload: object({ field: node }) } } });
const without = (key: keyof EventModel): ContractModel => {
  const { [key]: _, ...rest } = good;
  return contract({ clientToServer: { 'note:add': rest } });
};
const text = (...checks: readonly object[]) => ({ kind: 'string', checks }) as TypeNode;

/** For each rule: contracts that it finds something in, and contracts that are just right. */
const cases: Readonly<
  Record<string, readonly [bad: readonly ContractModel[], fine: readonly ContractModel[]]>
> = {
  'any-value': [[field({ kind: 'any' }), outboundField({ kind: 'any' })], [field(bounded)]],
  'catastrophic-pattern': [
    [field(text({ check: 'max-length', value: 9 }, { check: 'pattern', pattern: '^(a+)+$' }))],
    [field(text({ check: 'max-length', value: 9 }, { check: 'pattern', pattern: '^a+$' }))],
  ],
  'deprecated-without-replacement': [[inbound({ deprecated: true })], [inbound({ deprecated: 'Use x.' })]],
  'event-name': [
    [inbound({}, 'addNote'), inbound({}, 'note add')],
    [inbound({}, 'note:add'), inbound({}, 'online_users'), inbound({}, 'a-b:c')],
  ],
  'field-name': [
    [inbound({ payload: object({ aB: bounded, cD: bounded, e_f: bounded }) })],
    [inbound({ payload: object({ a_b: bounded, c: bounded }) })],
  ],
  'missing-example': [[without('examples')], [inbound({})]],
  'missing-limit': [[without('limit')], [contract({ serverToClient: { 'note:added': { ...good } } })]],
  'missing-summary': [[without('summary')], [inbound({})]],
  'unanswered-failure': [
    [inbound({ ack: { kind: 'raw-value', data: bounded } })],
    [
      inbound({ ack: { kind: 'raw-value', data: bounded, failure: true } }),
      inbound({ ack: { kind: 'envelope', data: bounded } }),
    ],
  ],
  'unauthorised-event': [
    [(({ identity: _, ...rest }) => rest)(inbound({}))],
    [(({ identity: _, ...rest }) => rest)(inbound({ within: 'desk' })), inbound({})],
  ],
  'unbounded-array': [
    [
      field({ kind: 'array', item: bounded }),
      field({ kind: 'array', item: bounded, checks: [{ check: 'min', value: 1 }] }),
    ],
    [
      field({ kind: 'array', item: bounded, checks: [{ check: 'max', value: 5 }] }),
      outboundField({ kind: 'array', item: bounded }),
    ],
  ],
  'unbounded-string': [
    [
      field(text()),
      field(text({ check: 'format', format: 'url' })),
      field(text({ check: 'pattern', pattern: '^a+$' })),
      field(text({ check: 'pattern', pattern: '[a-z]{3}' })),
      field({ kind: 'nullable', inner: text() }),
      {
        ...field({ kind: 'ref', name: 'T' }),
        types: { T: object({ next: { kind: 'ref', name: 'T' }, x: text() }) },
      },
    ],
    [
      field(text({ check: 'format', format: 'uuid' })),
      field(text({ check: 'pattern', pattern: '^[a-z*]{3}$' })),
      outboundField(text()),
    ],
  ],
  'unreached-room': [
    [contract({ rooms: { desk: { params: {} } } })],
    [
      contract({ rooms: { desk: { params: {}, auto: { id: 'id' } } } }),
      contract({
        rooms: { desk: { params: {} } },
        clientToServer: { 'desk:join': { ...good, joins: 'desk' } },
      }),
    ],
  ],
};

const idsOf = (model: ContractModel): readonly string[] => lintModel(model).map(({ id }) => id);

describe('lintModel', () => {
  test('every rule has cases, and every case a rule', () => {
    expect(Object.keys(cases).sort()).toEqual(lintRules.map(({ id }) => id).sort());
  });

  test.each(Object.keys(cases))('%s finds what it is for, and nothing else', (rule) => {
    const [bad, fine] = cases[rule] ?? [[], []];
    for (const model of bad) expect([...new Set(idsOf(model))]).toEqual([rule]);
    for (const model of fine) expect(idsOf(model)).toEqual([]);
  });

  test('a level of the configuration goes before that of the rule', () => {
    const model = without('summary');
    expect(lintModel(model)[0]).toMatchObject({ level: 'warning', path: ['clientToServer', 'note:add'] });
    expect(lintModel(model, { 'missing-summary': 'error' })[0]?.level).toBe('error');
    expect(lintModel(model, { 'missing-summary': 'off' })).toEqual([]);
  });

  test('an unknown rule in the configuration is an error', () => {
    expect(unknownRules({ 'missing-sumary': 'off', 'any-value': 'off' }, 'c.ts')).toMatchObject([
      { hint: 'Did you mean "missing-summary"?', path: ['lint', 'missing-sumary'] },
    ]);
  });
});
