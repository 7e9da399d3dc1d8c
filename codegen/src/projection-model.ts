import type { TypeNode } from './model.ts';

/**
 * Client state. `room` is the room that clients join and to which all its events are sent; without it, the state
 * belongs to the client. If a record maps events, its values are fields of their payloads.
 */
export type ProjectionModel = {
  readonly summary?: string;
  readonly room?: string;
} & (
  | {
      readonly kind: 'collection';
      /** A row. */
      readonly of: TypeNode;
      readonly key: string;
      readonly version?: string;
      readonly upsert?: Readonly<Record<string, string | true>>;
      readonly patch?: Readonly<
        Record<string, { readonly key: string; readonly changes: string; readonly version?: string }>
      >;
      readonly remove?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'expiring';
      readonly event: string;
      readonly key: string;
      readonly ttlMs: number;
      readonly clear?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'presence';
      /** A user. */
      readonly of: TypeNode;
      readonly key: string;
      /** Event that other clients receive, and the field of its payload with the users. */
      readonly list?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'latest'; readonly event: string; readonly pick?: string }
  | { readonly kind: 'feed'; readonly event: string; readonly key: string; readonly limit: number }
);
