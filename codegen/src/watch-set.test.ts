import { expect, test } from 'vitest';
import { nothingWatched, watchSet } from './watch-set.ts';

const inputs = {
  root: '/p',
  contracts: ['contracts/**/*.contract.ts', 'one.contract.ts'],
  files: ['/p/sockeye.config.ts', '/p/contracts/a.contract.ts', '/shared/schemas.ts'],
};
const good = watchSet({ outcome: 'ok', inputs }, nothingWatched);
const failed = watchSet(
  { outcome: 'findings', inputs: { ...inputs, files: ['/p/contracts/a.contract.ts'] } },
  good,
);

test('watches the folders of everything that was read or may be', () => {
  expect(good.folders).toEqual(['/p', '/p/contracts', '/shared']);
});

test.each([
  ['change', '/p/contracts/a.contract.ts', true, true],
  ['unlink', '/shared/schemas.ts', true, true],
  ['add', '/p/contracts/deep/new.contract.ts', true, true],
  ['add', '/p/one.contract.ts', true, true],
  ['add', '/p/contracts/new.ts', false, true],
  ['add', '/p/contracts/deep/new.ts', false, false],
  ['add', '/p/contracts/a.types.gen.ts', false, false],
  ['change', '/p/README.md', false, false],
  ['addDir', '/p/contracts', false, false],
])('%s of %s calls for a run: %s; after a failure: %s', (event, file, whenGood, whenFailed) => {
  expect(good.concerns(event, file)).toBe(whenGood);
  expect(failed.concerns(event, file)).toBe(whenFailed);
});

test.each([
  ['/p', false],
  ['/p/contracts', false],
  ['/p/contracts/deep', false],
  ['/p/contracts/deep/new.contract.ts', false],
  ['/p/contracts/new.ts', false],
  ['/p/node_modules', true],
  ['/p/contracts/node_modules', true],
  ['/p/.git', true],
  ['/p/server', true],
  ['/p/contracts/picture.png', true],
  ['/p/contracts/a.types.gen.ts', true],
])('ignores %s: %s', (file, wanted) => {
  expect(good.ignores(file)).toBe(wanted);
});
