import { expect, test } from 'vitest';
import * as z from 'zod';
import { encodeOutgoing } from './outgoing.ts';
import { toPlain } from './plain.ts';
import { zod } from './zod-validator.ts';

const hex = '65f0c0ffee65f0c0ffee65f0';
const objectId = { toJSON: () => hex };
/** As much of a Mongoose document as matters: fields behind getters, an id that is no text, a hash that must not leave. */
const document = (fields: object) => ({
  toObject: (options: object) => ({ id: hex, passwordHash: 'secret', ...fields, options }),
});

const same = new Date(0);
const cases: [name: string, given: unknown, want: unknown][] = [
  ['text', 'x', 'x'],
  ['date', same, same],
  ['id', objectId, hex],
  ['in an array', [objectId, { at: objectId }], [hex, { at: hex }]],
  [
    'document in an object',
    { user: document({ team: objectId, at: same }) },
    {
      user: {
        id: hex,
        passwordHash: 'secret',
        team: hex,
        at: same,
        options: { virtuals: true, flattenObjectIds: true },
      },
    },
  ],
];
test.each(cases)('%s', (_name, given, want) => expect(toPlain(given)).toEqual(want));

test('a value that contains itself', () => {
  const knot: { self?: unknown; id: unknown } = { id: objectId };
  knot.self = knot;
  expect(toPlain(knot)).toMatchObject({ id: hex, self: knot });
});

test('a document is encoded as the contract says, without what it does not name', () => {
  const validator = zod(z.object({ user: z.object({ id: z.string(), team: z.string() }) }));
  expect(encodeOutgoing(validator, { user: document({ team: objectId }) }, 'x')).toEqual({
    user: { id: hex, team: hex },
  });
  expect(() => encodeOutgoing(validator, { user: document({ team: 5 }) }, 'event "x"')).toThrow(
    'event "x" does not match the contract: user.team: ',
  );
});
