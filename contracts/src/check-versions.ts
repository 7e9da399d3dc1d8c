import type { EventSpec } from './event.ts';
import { compareVersions } from './handshake.ts';
import { isPlainObject, isRawAck, isSchema, schemaHint } from './inspect-schema.ts';
import { checkKeys, quote, type Report } from './report.ts';

/** An event with earlier forms to check. */
export interface VersionedEvent {
  readonly direction: 'clientToServer' | 'serverToClient';
  readonly spec: EventSpec;
  readonly path: readonly string[];
  /** The contract's own version. */
  readonly version: unknown;
}

/** The direction of a cast follows from who sends the value. */
const kinds = {
  clientToServer: { payload: 'upcast', ack: 'downcast' },
  serverToClient: { payload: 'downcast', ack: 'upcast' },
} as const;

/** Checks the earlier forms of an event, which clients of earlier versions use. */
export function checkVersions(event: VersionedEvent, report: Report): void {
  const { spec, path, version } = event;
  const forms: unknown = spec.versions;
  if (forms === undefined) return;
  const at = [...path, 'versions'];
  if (!Array.isArray(forms) || forms.length === 0)
    return report(
      at,
      'versions is not an array of earlier forms.',
      "Write [{ until: '1.4.0', payload: upcast(...) }].",
    );
  for (const [unfit, message, hint] of unfits(spec)) if (unfit) report(at, message, hint);
  let last = '0.0.0';
  forms.forEach((form: unknown, index) => {
    const place = [...at, String(index)];
    if (!isPlainObject(form))
      return report(place, 'This is not an earlier form.', "Write { until: '1.4.0', ... }.");
    checkKeys(form, { known: ['until', 'payload', 'ack'], path: place, report });
    const { until } = form;
    if (typeof until !== 'string' || Number.isNaN(compareVersions(until, last))) {
      report(
        [...place, 'until'],
        `${quote(until)} is not a version.`,
        "Write major.minor.patch: until: '1.4.0'.",
      );
    } else if (!(compareVersions(until, last) > 0)) {
      report([...place, 'until'], `${until} is not greater than ${last}.`, 'List the forms oldest first.');
    } else if (typeof version === 'string' && compareVersions(until, version) > 0) {
      report(
        [...place, 'until'],
        `${until} is above the contract's version, ${version}.`,
        `Raise the contract's version to ${until}, or name the version that introduced the event's current form.`,
      );
    } else last = until;
    if (form['payload'] === undefined && form['ack'] === undefined)
      report(place, 'This form changes nothing.', 'Add a payload or an ack.');
    for (const key of ['payload', 'ack'] as const) checkCast(event, { key, cast: form[key], place }, report);
  });
}

type Unfit = readonly [unfit: boolean, message: string, hint: string];

function unfits({ args, ack, delivery, once }: EventSpec): readonly Unfit[] {
  const hint = 'Give the new form another event name.';
  return [
    [args !== undefined, 'An event with positional arguments cannot have earlier forms.', hint],
    [isRawAck(ack), 'An event with a raw ack cannot have earlier forms.', hint],
    [delivery === 'durable', 'A durable event cannot have earlier forms: the log keeps one form.', hint],
    [
      once === true,
      'An event with once: true cannot have earlier forms: its answer is stored in one form.',
      hint,
    ],
  ];
}

interface PlacedCast {
  readonly key: 'payload' | 'ack';
  readonly cast: unknown;
  readonly place: readonly string[];
}

function checkCast(
  { direction, spec }: VersionedEvent,
  { key, cast, place }: PlacedCast,
  report: Report,
): void {
  if (cast === undefined) return;
  const path = [...place, key];
  const kind = kinds[direction][key];
  const { kind: given, schema, cast: run } = isPlainObject(cast) ? cast : ({} as Record<string, unknown>);
  if (spec[key] === undefined)
    return report(path, `The event has no ${key}.`, `Add ${key} to the event, or remove it here.`);
  if (given !== kind || typeof run !== 'function') {
    const sender = kind === 'upcast' ? 'Clients send' : 'The server sends';
    return report(path, `${sender} the ${key}: use ${kind}.`, `Write ${kind}(OldSchema, (value) => ...).`);
  }
  if (!isSchema(schema)) report(path, `The schema of the ${kind} is not a Zod 4 schema.`, schemaHint(schema));
}
