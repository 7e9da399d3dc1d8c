import type { Docs, TypeNode } from './model.ts';

export interface EventModel extends Docs {
  /** One sentence. */
  readonly summary?: string;
  /** One of `payload` and `args` at most; neither for an event without payload. */
  readonly payload?: TypeNode;
  /** Positional arguments of an existing wire format. */
  readonly args?: readonly TypeNode[];
  readonly ack?: AckModel;
  /** Codes, sorted. */
  readonly errors?: readonly string[];
  readonly joins?: string;
  readonly leaves?: string;
  readonly within?: string;
  readonly room?: string;
  /** Absent for `event`, the default. */
  readonly delivery?: 'volatile' | 'durable';
  /** A once-only command. */
  readonly once?: true;
  readonly limit?: { readonly rate: number; readonly perMs: number; readonly burst: number };
  readonly timeoutMs?: number;
  /** Forms for clients of earlier versions, the oldest first. */
  readonly versions?: readonly EarlierModel[];
}

/** What clients below a version of the contract send and receive; absent parts have not changed since. */
export interface EarlierModel {
  readonly until: string;
  readonly payload?: TypeNode;
  readonly ack?: TypeNode;
}

export type AckModel =
  | { readonly kind: 'envelope'; readonly data: TypeNode }
  /** `ack(value)` of an existing wire format. `failure`: the contract declares the ack of a refused call. */
  | { readonly kind: 'raw-value'; readonly data: TypeNode; readonly failure?: true }
  /** `ack(a, b)` of an existing wire format. */
  | { readonly kind: 'raw-args'; readonly items: readonly TypeNode[]; readonly failure?: true };
