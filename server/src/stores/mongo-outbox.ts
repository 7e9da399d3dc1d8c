import type { Connection } from 'mongoose';
import type { Appended, NewEntry } from './log.ts';

/** An event on its way into the log. */
export interface OutboxItem {
  readonly id: string;
  /** With a key, so that it is appended once however often it is relayed. */
  readonly entry: NewEntry;
}

/** Events that travel in the documents of an application until they are in the log. */
export interface MongoOutbox {
  /** Runs a write that takes events along, then relays them. */
  write(
    collection: string,
    items: readonly OutboxItem[],
    run: (fields: Readonly<Record<string, string>>) => Promise<unknown>,
  ): Promise<void>;
  /** Relays what could not be relayed right after its write. */
  retry(): Promise<void>;
  /** Appends what a crash has left in the documents of some collections. */
  relayAll(collections: readonly string[]): Promise<void>;
}

/** The field of a document that holds its events, by id. */
const field = 'sockeyeOutbox';

interface Carrier {
  readonly _id: unknown;
  readonly [field]?: Readonly<Record<string, string>>;
}

/** Makes the outbox of an application's collections. */
export function createMongoOutbox(
  connection: Connection,
  append: (entry: NewEntry) => Promise<Appended>,
): MongoOutbox {
  const late = new Set<string>();

  const relay = async (name: string): Promise<void> => {
    const collection = connection.collection(name);
    const carriers = (await collection
      .find({ [field]: { $exists: true } })
      .toArray()) as unknown as Carrier[];
    for (const { _id, [field]: held = {} } of carriers) {
      const one = { _id } as never;
      for (const [id, text] of Object.entries(held)) {
        await append(JSON.parse(text) as NewEntry);
        await collection.updateOne(one, { $unset: { [`${field}.${id}`]: '' } });
      }
      await collection.updateOne({ _id, [field]: {} } as never, { $unset: { [field]: '' } });
    }
  };

  return {
    write: async (name, items, run) => {
      await run(Object.fromEntries(items.map(({ id, entry }) => [`${field}.${id}`, JSON.stringify(entry)])));
      // Committed: that the log cannot be reached now must not make it look otherwise.
      if (items.length > 0) await relay(name).catch(() => void late.add(name));
    },
    retry: async () => {
      for (const name of [...late]) {
        late.delete(name);
        await relay(name).catch(() => void late.add(name));
      }
    },
    relayAll: async (names) => {
      for (const name of names) await relay(name);
    },
  };
}
