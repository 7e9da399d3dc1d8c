import { event, type Contract } from '@sockeye/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from './build-model.ts';
import { canonicalModel, modelHash } from './canonical.ts';
import { parseLock, writeLock } from './lock.ts';

const Task = z
  .object({
    title: z.string().min(1).max(200),
    description: z.string().default('none').describe('Long text.'),
    kind: z.enum(['a', 'b']),
  })
  .meta({ id: 'Task', examples: [{ title: 'x', kind: 'a' }] });

function contract(clientToServer: Record<string, object>): Contract {
  return {
    [Symbol.for('sockeye.contract')]: 1,
    spec: { name: 'sample', version: '1.2.3', clientToServer, serverToClient: {} },
  } as unknown as Contract;
}

const save = event({
  summary: 'Save a task.',
  deprecated: 'Use store.',
  payload: z.object({ task: Task, properties: z.email() }),
});
const drop = event({
  summary: `${'A long sentence. '.repeat(12)}`,
  payload: z.object({ id: z.uuid() }),
});
const { model } = buildModel(contract({ save, drop }));

describe('writeLock', () => {
  test('gives the same bytes whatever the order of the source', () => {
    expect(writeLock(buildModel(contract({ drop, save })).model)).toBe(writeLock(model));
  });

  test('puts every property on a line of its own, long texts aside', () => {
    const lines = writeLock(model)
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toContain(
      '"title": { "kind": "string", "checks": [{ "check": "min-length", "value": 1 }, { "check": "max-length", "value": 200 }] }',
    );
    expect(lines).toContain(
      '"description": { "kind": "default", "inner": { "kind": "string" }, "value": "none" },',
    );
    expect(lines).toContain('"deprecated": "Use store.",');
    expect(lines.join('\n')).not.toContain('Long text.');
    expect(lines.filter((line) => !line.startsWith('"summary"')).every((line) => line.length <= 140)).toBe(
      true,
    );
  });

  test('puts numbers first, as JSON does that was read and written again', () => {
    const counted = event({ payload: z.object({ $a: z.int(), b: z.int(), 10: z.int(), 9: z.int() }) });
    const properties = [
      ...writeLock(buildModel(contract({ counted })).model).matchAll(/"(\S+)": \{ "kind"/g),
    ];
    expect(properties.map(([, name]) => name)).toEqual(['9', '10', '$a', 'b']);
  });

  test('is read back as what it was', () => {
    const lock = parseLock(writeLock(model));
    expect(lock.ok && lock.hash).toBe(modelHash(model));
    expect(lock.ok && writeLock(lock.model)).toBe(writeLock(model));
    expect(lock.ok && lock.model.clientToServer['drop']).toEqual(
      canonicalModel(model).clientToServer['drop'],
    );
  });
});

describe('parseLock', () => {
  const text = writeLock(model);
  test.each([
    ['merge conflict markers', text.replace('  "name"', '<<<<<<< HEAD\n  "name"'), 'lock-conflict'],
    ['text that is no JSON', text.slice(0, -10), 'lock-damaged'],
    ['an array', '[]', 'lock-damaged'],
    ['nothing', '', 'lock-damaged'],
    ['another format', text.replace('"format": 1', '"format": 2'), 'lock-format'],
    ['a change by hand', text.replace('"value": 200', '"value": 300'), 'lock-hash'],
    ['a missing part', text.replace('"errors": {},', ''), 'lock-damaged'],
  ])('refuses %s', (_, damaged, id) => {
    const lock = parseLock(damaged, 'contracts/lock/sample.lock.json');
    expect(lock.ok ? [] : lock.diagnostics.map((finding) => [finding.id, finding.file])).toEqual([
      [id, 'contracts/lock/sample.lock.json'],
    ]);
  });

  test('says where the conflict is', () => {
    const lock = parseLock('{\n=======\n}');
    expect(lock.ok ? undefined : lock.diagnostics[0]?.line).toBe(2);
  });
});
