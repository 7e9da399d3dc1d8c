import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Cursor } from '@sockeye/contract/wire';
import type { LogEntry, StoredCommand } from './log.ts';

/** An entry before it is copied to a document of its own. */
export interface NewestEntry extends LogEntry {
  readonly key?: string;
}

/**
 * One room. What it holds changes only by comparing `epoch` and `offset`, so that offsets have neither gap nor
 * double.
 */
export interface RoomDocument extends Cursor {
  readonly _id: string;
  /** The room's name as it is. */
  readonly room: string;
  /** The newest entry that was taken away: offset 0 and an empty id where none was. */
  readonly floor: { readonly offset: number; readonly id: string };
  /** What was appended last: it may not have a document of its own yet, everything before has. */
  readonly last: readonly NewestEntry[];
}

/** One entry. */
export interface EntryDocument extends LogEntry {
  readonly _id: string;
  readonly room: string;
  readonly epoch: string;
}

/** A key that was used, and for which entry. */
export interface KeyDocument extends Cursor {
  readonly _id: string;
  readonly room: string;
  readonly expiresAt: Date;
}

/** A command. */
export interface CommandDocument extends StoredCommand {
  readonly _id: string;
  readonly expiresAt: Date;
}

/** The collections of a log. */
export function collectionsOf(connection: Connection, prefix: string) {
  return {
    rooms: connection.collection<RoomDocument>(`${prefix}rooms`),
    entries: connection.collection<EntryDocument>(`${prefix}entries`),
    keys: connection.collection<KeyDocument>(`${prefix}keys`),
    commands: connection.collection<CommandDocument>(`${prefix}commands`),
  };
}

/** A name as a document's id: of bounded length, and without what BSON cannot hold. */
export function idOf(name: string): string {
  return /^[\w:.%-]{1,200}$/.test(name)
    ? name
    : `#${createHash('sha256').update(JSON.stringify(name)).digest('base64url')}`;
}

/** Id of an entry's document. */
export function entryId(room: string, epoch: string, offset: number): string {
  return `${room}/${epoch}/${offset}`;
}

/** Whether a write failed because the document is there already. */
export function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 11_000;
}
