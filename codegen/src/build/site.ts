import type { Level } from '../diagnostics.ts';
import type { TypeNode } from '../model.ts';
import type { ZodSchema } from './zod.ts';

/**
 * Where a schema stands: on the wire, or on the application side of a codec, where dates and the like are at home.
 * Inside a codec that has a name, types that only Zod can check are let through too.
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

/** The place of one schema in a contract, and what can be done there. */
export interface Site {
  readonly side: Side;
  /** The node of a schema inside this one; `step` names the way to it. */
  readonly node: (schema: unknown, step: string, side?: Side) => TypeNode;
  readonly report: (finding: Finding) => void;
  /** Reports, and stands in for what cannot be built. */
  readonly refuse: (finding: Finding) => TypeNode;
}

/** Makes the node of one kind of schema; checks, refinements and documentation are added by the walk. */
export type Builder = (schema: ZodSchema, site: Site) => TypeNode;

/** Whether values here are in application form. */
export function isApp(side: Side): boolean {
  return side === 'app' || side === 'named-app';
}

/** Whether this is inside a codec that has a name. */
export function isNamed(side: Side): boolean {
  return side === 'named-wire' || side === 'named-app';
}
