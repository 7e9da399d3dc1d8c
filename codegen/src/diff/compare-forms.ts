import type { EarlierModel, EventModel } from '../model.ts';
import { compareEvent } from './compare-event.ts';
import { statement, type Context, type Place } from './compare-payload.ts';
import type { Change, Fact } from './fact.ts';
import { compareVersions } from './version.ts';

/** Two versions of an event, and the contract version of the first. */
export interface VersionedPair {
  readonly a: EventModel;
  readonly b: EventModel;
  readonly version: string;
}

/**
 * Facts of an event that may be served in several forms. A change does not affect deployed clients that are served an
 * earlier form, but differences between the form that they use and that one do.
 */
export function compareVersioned(
  context: Context,
  place: Place,
  { a, b, version }: VersionedPair,
): readonly Fact[] {
  const facts = compareEvent(context, place, [a, b]);
  if (a.versions === undefined && b.versions === undefined) return facts;
  const form = formBelow(b.versions, (until) => compareVersions(version, until) < 0);
  return [
    ...facts.map((fact): Fact => (covers(form, fact) ? { ...fact, spares: 'clients' } : fact)),
    ...(form === undefined ? [] : inForm(context, formPlace(place, form.until), [a, inTheForm(b, form)])),
    ...compareForms(context, place, { a, b }),
  ];
}

/** The oldest form that clients of a version are served. */
function formBelow(
  forms: EventModel['versions'],
  serves: (until: string) => boolean,
): EarlierModel | undefined {
  return forms?.find(({ until }) => serves(until));
}

function covers(form: EarlierModel | undefined, { position, path }: Fact): boolean {
  if (position === 'ack') return form?.ack !== undefined && !path.endsWith('.errors');
  return position === 'payload' && form?.payload !== undefined;
}

/** Facts for a client that is served a form; old servers know none. */
function inForm(context: Context, place: Place, events: Change<EventModel>): readonly Fact[] {
  return compareEvent(context, place, events)
    .filter(
      ({ position, path }) => position === 'payload' || (position === 'ack' && !path.endsWith('.errors')),
    )
    .map((fact): Fact => ({ ...fact, spares: 'servers' }));
}

function formPlace(place: Place, until: string): Place {
  return { ...place, path: `${place.path}.versions[${JSON.stringify(until)}]` };
}

/** The event as seen by a client that is served a form. */
function inTheForm(event: EventModel, { payload, ack }: EarlierModel): EventModel {
  return {
    ...event,
    ...(payload !== undefined && { payload }),
    ...(ack !== undefined && { ack: { kind: 'envelope', data: ack } }),
  };
}

/** Facts about the forms that the old version served, whose clients may still be deployed. */
function compareForms(
  context: Context,
  place: Place,
  { a, b }: Pick<VersionedPair, 'a' | 'b'>,
): readonly Fact[] {
  const at = (until: string): Place => formPlace(place, until);
  const known = (a.versions ?? []).map(({ until }) => until);
  const added = (b.versions ?? [])
    .filter(({ until }) => !known.includes(until))
    .map(({ until }) => ({ ...statement('earlier-form-added', at(until)), after: until }));
  const kept = (a.versions ?? []).flatMap((old): readonly Fact[] => {
    const form = formBelow(b.versions, (until) => compareVersions(until, old.until) >= 0);
    if (form === undefined)
      return [{ ...statement('earlier-form-removed', at(old.until)), before: old.until }];
    return inForm(context, at(form.until), [inTheForm(a, old), inTheForm(b, form)]);
  });
  return [...added, ...kept];
}
