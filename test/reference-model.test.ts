import { expect, test } from 'vitest';
import { buildModel } from '../codegen/src/build-model.ts';
import { canonicalJson, canonicalModel, modelHash, withZodPatterns } from '../codegen/src/canonical.ts';
import { chat } from '../contracts/chat/chat.contract.ts';
import { collab } from '../contracts/collab/collab.contract.ts';
import { notifications } from '../contracts/notifications/notifications.contract.ts';
import { board } from './golden/board/in.contract.ts';

test.each([
  ['chat', chat],
  ['collab', collab],
  ['notifications', notifications],
  ['board', board],
])('%s has a model without a finding, and the same each time', (_name, contract) => {
  const { model, diagnostics } = buildModel(contract);
  expect(diagnostics).toEqual([]);
  const again = buildModel(contract).model;
  expect(canonicalJson(again)).toBe(canonicalJson(model));
  expect(modelHash(again)).toBe(modelHash(model));
});

test('a model outlives its canonical text', () => {
  const { model } = buildModel(collab);
  const locked = withZodPatterns(canonicalModel(model), model);
  expect(canonicalJson(locked)).toBe(canonicalJson(model));
  expect(modelHash(locked)).toBe(modelHash(model));
});
