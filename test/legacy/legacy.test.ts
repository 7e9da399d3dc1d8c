import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildModel } from '../../codegen/src/build-model.ts';
import { modelHash } from '../../codegen/src/canonical.ts';
import { generate } from '../../codegen/src/generate.ts';
import { serveAfter } from './after.ts';
import { serveBefore } from './before.ts';
import { talk } from './talk.contract.ts';
import { replay, type Received, type Step } from './replay.ts';

/** What two people do, as frames: `42` is an event, `42<n>` one that waits for answer number n. */
const steps: readonly Step[] = [
  ['ada', '420["join","lobby","ada"]'],
  ['bob', '420["join","lobby","bob"]'],
  ['ada', '421["say","lobby","Hello",[]]'],
  ['bob', '42["typing","lobby"]'],
  ['bob', '421["say","lobby","  Hello 𝒳 \\"you\\"",["loud","two words"]]'],
  ['ada', '42["say","lobby","Nobody waits for this answer",[]]'],
  ['bob', '422["whoami"]'],
  ['ada', '422["join","","ada"]'],
  ['ada', '423["join","lobby",7]'],
  ['ada', '424["say","lobby","   ",[]]'],
  ['bob', '423["nobody:knows",1]'],
  ['ada', '425["join","attic","ada"]'],
  ['bob', '424["join","lobby","bob"]'],
  ['bob', '42["leave","lobby"]'],
  ['ada', '426["say","lobby","Are you there?",[]]'],
  ['bob', '425["whoami"]'],
];

const file = path.join(import.meta.dirname, 'recorded.json');
const update = process.env['UPDATE_GOLDEN'] === '1';

test('the server of before sends what was recorded', async () => {
  const received = await replay(serveBefore, steps);
  if (update) writeFileSync(file, `${JSON.stringify(received, null, 2)}\n`);
  expect(received).toEqual(recorded());
  const all = Object.values(received).flat();
  expect(all.filter((frame) => frame.startsWith('42')).length).toBeGreaterThan(8);
});

test('on its contract, the server sends the same bytes', async () => {
  expect(await replay(serveAfter, steps)).toEqual(recorded());
});

function recorded(): Received {
  return JSON.parse(readFileSync(file, 'utf8')) as Received;
}

test('the generated files are what the contract says', () => {
  const { model, diagnostics } = buildModel(talk);
  expect(diagnostics.filter(({ level }) => level === 'error')).toEqual([]);
  const { files } = generate(model, {
    targets: ['server', 'client'],
    exportName: 'talk',
    contractImport: '../talk.contract.ts',
    source: 'talk.contract.ts',
    hash: modelHash(model),
    importExtension: '.ts',
    command: 'npx sockeye generate',
  });
  for (const { path: name, text } of files) {
    const found = readFileSync(path.join(import.meta.dirname, 'generated', name), 'utf8');
    expect(found, `${name}: run sockeye generate in test/legacy`).toBe(text);
  }
});
