/**
 * Sends one broadcast to clients of several versions, each in its own form, on every node. Socket.IO can exclude rooms
 * from a broadcast, but cannot intersect two. For each version at which a server event changed, every connection is
 * therefore in one of two rooms, and a form goes to everyone except those who use another one.
 *
 * @module version-rooms
 */
import {
  compareVersions,
  type ContractTable,
  type EarlierEntry,
  type EventEntry,
} from '@sockeye/contract/wire';
import type { Audience } from './audience.ts';
import { formOf, spokenVersion } from './earlier-forms.ts';
import { sessionOf } from './runtime.ts';
import type { Session } from './session.ts';

/** Versions at which a server event changed its form. */
export function turningPoints({ serverToClient }: ContractTable): string[] {
  const all = Object.values(serverToClient).flatMap(({ versions = [] }) =>
    versions.map(({ until }) => until),
  );
  return [...new Set(all)];
}

/**
 * The rooms that represent a connection's version; none if each server event has one form. A client of this node never
 * uses a form that only later nodes know.
 */
export function versionRooms(session: Session): readonly string[] {
  const version = spokenVersion(session);
  const { table, turningPoints } = session.runtime;
  const isBefore = (until: string): boolean =>
    compareVersions(table.contract.version, until) < 0 ||
    (version !== undefined && compareVersions(version, until) < 0);
  return turningPoints.map((until) => (isBefore(until) ? before(until) : since(until)));
}

// No room of a contract starts with a space.
const before = (until: string): string => ` before ${until}`;
const since = (until: string): string => ` since ${until}`;

/** A part of an audience, and the form of the event for it; undefined for the current one. */
export interface Share {
  readonly audience: Audience;
  readonly form: EarlierEntry | undefined;
}

/** Splits an audience by the forms of an event. */
export function sharesOf(audience: Audience, entry: EventEntry): readonly Share[] {
  const { versions } = entry;
  if (versions === undefined) return [{ audience, form: undefined }];
  const { runtime, only } = audience;
  const socket = only === undefined ? undefined : runtime.namespace.sockets.get(only);
  const session = socket && sessionOf(runtime, socket);
  if (session) return [{ audience, form: formOf(entry, session) }];
  const without = (...rooms: readonly string[]): Audience => ({
    ...audience,
    except: [...audience.except, ...rooms],
  });
  const current = { audience: without(before(versions.at(-1)!.until)), form: undefined };
  const earlier = versions.map((form, index): Share => {
    const older = versions[index - 1];
    return { audience: without(since(form.until), ...(older ? [before(older.until)] : [])), form };
  });
  return [current, ...earlier];
}
