import type { Level } from '../diagnostics.ts';
import type { TypeNode } from '../model.ts';
import type { ZodSchema } from './zod.ts';

/**
 * The side of a schema: the wire, or the application side of a codec, which may contain dates and the like. Inside a
 * named codec, types that only Zod can check are allowed, too.
 */
export type Side = 'wire' | 'app' | 'named-wire' | 'named-app';

/** A finding without its place. */
export interface Finding {
  readonly id: string;
  /** Default: `error`. */
  readonly level?: Level;
  readonly message: string;
  readonly hint?: string;
}

/** The place of one schema in a contract, and the operations of a builder. */
export interface Site {
  readonly side: Side;
  /** The node of a nested schema; `step` is its path segment. */
  readonly node: (schema: unknown, step: string, side?: Side) => TypeNode;
  readonly report: (finding: Finding) => void;
  /** Reports, and returns a placeholder node. */
  readonly refuse: (finding: Finding) => TypeNode;
}

/** Creates the node of one kind of schema; the walk adds checks, refinements and documentation. */
export type Builder = (schema: ZodSchema, site: Site) => TypeNode;

/** Whether values here are in application form. */
export function isApp(side: Side): boolean {
  return side === 'app' || side === 'named-app';
}

/** Whether this is inside a named codec. */
export function isNamed(side: Side): boolean {
  return side === 'named-wire' || side === 'named-app';
}
