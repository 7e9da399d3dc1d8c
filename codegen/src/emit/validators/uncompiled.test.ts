import { bytes, date, defineContract, event, namedCodec } from '@sockeye/contract';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../../build-model.ts';
import { generate } from '../../generate.ts';
import { isCompiledAt, validatorDiagnostics } from './uncompiled.ts';

const money = namedCodec('money@1', z.codec(z.string(), z.number(), { decode: Number, encode: String }));
const Named = z
  .string()
  .refine((text) => text !== 'x', { params: { id: 'not-x' } })
  .meta({ id: 'Named' });

const contract = defineContract({
  name: 'odd',
  version: '1.0.0',
  clientToServer: {
    plain: event({ payload: z.object({ at: date(), data: bytes() }), ack: z.object({ id: z.uuid() }) }),
    refined: event({ payload: z.object({ list: z.array(Named) }) }),
    custom: event({ payload: z.object({ price: money }) }),
    made: event({ payload: z.object({ at: z.string().default(() => String(Date.now())) }) }),
    format: event({ payload: z.object({ code: z.stringFormat('code', (text) => text.length > 2) }) }),
    slow: event({ payload: z.object({ text: z.string().regex(/^(a+)+$/) }) }),
  },
  serverToClient: {},
});
const { model } = buildModel(contract);

test.each([
  ['plain', true],
  ['refined', false],
  ['custom', false],
  ['made', false],
  ['format', false],
  ['slow', true],
])('whether generated code does all of %s: %s', (name, want) => {
  expect(isCompiledAt(model, { at: 'payload', name })).toBe(want);
});

test('what clients leave out is named with its place', () => {
  const found = validatorDiagnostics(model, { clients: true }).map(
    ({ id, path }) => `${id} ${path?.join(' ')}`,
  );
  expect(found).toEqual([
    'codec-not-compiled clientToServer custom payload price',
    'refinement-not-compiled clientToServer format payload code',
    'refinement-not-compiled clientToServer made payload at',
    'refinement-not-compiled clientToServer refined payload list []',
    'catastrophic-pattern clientToServer slow payload text',
  ]);
  const server = validatorDiagnostics(model, { clients: false });
  expect(server.map(({ id }) => id)).toEqual(['catastrophic-pattern']);
});

const options = {
  exportName: 'odd',
  contractImport: '../odd.contract.ts',
  source: 'odd.contract.ts',
  hash: 'x',
};

test('a server always enforces what generated code leaves out', () => {
  const { files } = generate(model, { ...options, targets: ['server'] });
  const server = files.find(({ path }) => path === 'odd.server.gen.ts')?.text ?? '';
  expect(server).toContain('zod(odd.spec.clientToServer.refined.spec.payload)');
  expect(server).toContain('payload: v.PlainPayload');
});

test('clients whose types would not tell what they get are not generated', () => {
  const server = generate(model, { ...options, targets: ['client'] });
  expect(server.files).toEqual([]);
  expect(server.diagnostics.filter(({ level }) => level === 'error').map(({ id }) => id)).toEqual([
    'codec-not-compiled',
  ]);
  expect(generate(model, { ...options, targets: ['client'], uncompiled: 'import' }).files).not.toEqual([]);
  expect(generate(model, { ...options, targets: ['server'] }).files).not.toEqual([]);
});

test('clients say what they leave out, or import the contract', () => {
  const { custom: _codec, ...clientToServer } = model.clientToServer;
  const text = (uncompiled: 'server' | 'import') =>
    generate({ ...model, clientToServer }, { ...options, targets: ['client'], uncompiled }).files.find(
      ({ path }) => path === 'odd.validators.gen.ts',
    )?.text;
  expect(text('server')).toContain(
    '/** Checked only on the server: refinement "not-x" at list.[]. */\nexport const RefinedPayload',
  );
  expect(text('server')).not.toContain("from '../odd.contract");
  expect(text('import')).toContain('fromZod(() => odd.spec.clientToServer.refined.spec.payload)');
});
