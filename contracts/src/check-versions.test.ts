import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type ContractDefinitionError, defineContract, downcast, event, raw, upcast } from './index.ts';

const Old = z.object({ name: z.string() });
const New = z.object({ title: z.string() });
const up = upcast(Old, ({ name }) => ({ title: name }));
const down = downcast(Old, ({ title }: z.output<typeof New>) => ({ name: title }));

function issuesOf(spec: object, direction = 'clientToServer'): readonly string[] {
  const events = { clientToServer: {}, serverToClient: {}, [direction]: { save: event(spec as never) } };
  try {
    defineContract({ name: 'x', version: '1.3.0', ...events } as never);
    return [];
  } catch (error) {
    return (error as ContractDefinitionError).issues.map(
      ({ path, message }) => `${path.slice(2).join('.')}: ${message}`,
    );
  }
}

describe('the earlier forms of an event', () => {
  const cases: [name: string, spec: object, want: readonly string[], direction?: string][] = [
    ['are right', { payload: New, ack: New, versions: [{ until: '1.2.0', payload: up, ack: down }] }, []],
    [
      'are right for a server event',
      { payload: New, ack: New, versions: [{ until: '1.3.0', payload: down, ack: up }] },
      [],
      'serverToClient',
    ],
    ['are a list', { payload: New, versions: {} }, ['versions: versions is not an array of earlier forms.']],
    [
      'are not nothing',
      { payload: New, versions: [] },
      ['versions: versions is not an array of earlier forms.'],
    ],
    [
      'have versions',
      { payload: New, versions: [{ until: '1.2', payload: up }] },
      ['versions.0.until: "1.2" is not a version.'],
    ],
    [
      'come in order',
      {
        payload: New,
        versions: [
          { until: '1.2.0', payload: up },
          { until: '1.2.0', payload: up },
        ],
      },
      ['versions.1.until: 1.2.0 is not greater than 1.2.0.'],
    ],
    [
      'are of the past',
      { payload: New, versions: [{ until: '1.4.0', payload: up }] },
      ["versions.0.until: 1.4.0 is above the contract's version, 1.3.0."],
    ],
    ['differ', { payload: New, versions: [{ until: '1.2.0' }] }, ['versions.0: This form changes nothing.']],
    [
      'cast the right way',
      { payload: New, versions: [{ until: '1.2.0', payload: down }] },
      ['versions.0.payload: Clients send the payload: use upcast.'],
    ],
    [
      'cast the right way from the server',
      { payload: New, versions: [{ until: '1.2.0', payload: up }] },
      ['versions.0.payload: The server sends the payload: use downcast.'],
      'serverToClient',
    ],
    [
      'cast what the event has',
      { payload: New, versions: [{ until: '1.2.0', ack: down }] },
      ['versions.0.ack: The event has no ack.'],
    ],
    [
      'are cast by schemas',
      { payload: New, versions: [{ until: '1.2.0', payload: { ...up, schema: {} } }] },
      ['versions.0.payload: The schema of the upcast is not a Zod 4 schema.'],
    ],
    [
      'are not those of an existing wire',
      { payload: New, ack: raw(New), versions: [{ until: '1.2.0', payload: up }] },
      ['versions: An event with a raw ack cannot have earlier forms.'],
    ],
    [
      'are not those of a command',
      { payload: New, ack: New, once: true, versions: [{ until: '1.2.0', payload: up }] },
      ['versions: An event with once: true cannot have earlier forms: its answer is stored in one form.'],
    ],
  ];
  it.each(cases)('%s', (_name, spec, want, direction) => {
    expect(issuesOf(spec, direction)).toEqual(want);
  });
});
