import type { TypeNode } from '../../model.ts';
import type { Direction } from './facts.ts';
import type { Module } from './module.ts';
import type { Scope } from './scope.ts';

/** Where in a generated function a piece of code goes. */
export interface Place {
  readonly module: Module;
  readonly direction: Direction;
  /** Words that name the value: `Task labels`. */
  readonly wanted: string;
  /** The words of `wanted` that name the function, which its variables omit. */
  readonly root: string;
  /** Expression for the number of containers around the value. */
  readonly depth: () => string;
  /** Whether a function of this schema counts depth. */
  readonly isDeep: (node: TypeNode) => boolean;
  /** Local names of the function. */
  readonly locals: Scope;
  /** Variables of any type, that may be given their converted value. */
  readonly open: Set<string>;
  /** Those of them that are. */
  readonly assigned: Set<string>;
  /** The statements so far. */
  readonly lines: string[];
}
