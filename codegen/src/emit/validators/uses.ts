import type { ContractModel } from '../../model.ts';
import type { Position } from '../names.ts';
import type { CheckedPosition } from '../positions.ts';
import type { EmitContext } from '../source-file.ts';
import { children } from '../../children.ts';
import type { Direction } from './facts.ts';
import type { TypeNode } from '../../model.ts';

/**
 * The directions that get generated code. A server receives what a client sends and the reverse, so a folder with only
 * one of them needs half of the code; for the other direction the reference schema is enough.
 */
export interface Uses {
  readonly ofPosition: (position: Position) => readonly Direction[];
  readonly ofType: (name: string) => readonly Direction[];
}

const both: readonly Direction[] = ['decode', 'encode'];

/** Direction of a position on a server; a client has the reverse. Absent: both. */
const onServer: Partial<Record<Position['at'], Direction>> = {
  auth: 'decode',
  details: 'encode',
  payload: 'decode',
  ack: 'encode',
  event: 'encode',
  reply: 'decode',
};

const reverse = { decode: 'encode', encode: 'decode' } as const;

/** Works out {@link Uses} for the targets of a folder. */
export function createUses({ model, targets }: EmitContext, places: readonly CheckedPosition[]): Uses {
  const server = targets.has('server');
  const client = targets.has('client');
  const ofPosition = ({ at }: Position): readonly Direction[] => {
    const one = server === client ? undefined : onServer[at];
    return one === undefined ? both : [server ? one : reverse[one]];
  };
  const reached = new Map<string, Set<Direction>>();
  for (const { position, node } of places)
    for (const direction of ofPosition(position)) reach(node, direction, [model.types, reached]);
  return {
    ofPosition,
    ofType: (name) => both.filter((direction) => reached.get(name)?.has(direction) ?? true),
  };
}

function reach(
  node: TypeNode,
  direction: Direction,
  [types, reached]: readonly [ContractModel['types'], Map<string, Set<Direction>>],
): void {
  for (const name of namesIn(node)) {
    const known = reached.get(name) ?? new Set();
    if (known.has(direction)) continue;
    reached.set(name, known.add(direction));
    const target = types[name];
    if (target) reach(target, direction, [types, reached]);
  }
}

/** Named types that a schema refers to, each once. Cached: schemas never change. */
function namesIn(node: TypeNode): readonly string[] {
  if (node.kind === 'ref') return [node.name];
  const known = names.get(node);
  if (known !== undefined) return known;
  const found = [...new Set(children(node).flatMap(namesIn))];
  names.set(node, found);
  return found;
}

const names = new WeakMap<TypeNode, readonly string[]>();
