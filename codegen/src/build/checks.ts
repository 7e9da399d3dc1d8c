import type { RefinementModel, TypeKind, TypeNode } from '../model.ts';
import { sizeCheck } from './collections.ts';
import { readConstant } from './constant.ts';
import { bigIntCheck, dateCheck, isIdle, numberCheck } from './numbers.ts';
import { stringCheck } from './strings.ts';
import type { CheckDef, ZodCheck } from './zod.ts';

/** The checks of a schema: those that the model knows, and those that only Zod can run. */
export interface Checks {
  readonly known: readonly object[];
  readonly refinements: readonly RefinementModel[];
}

/** Reads the checks of a node; those that the model does not know for its kind become refinements. */
export function readChecks(checks: readonly ZodCheck[], node: TypeNode): Checks {
  if (checks.length === 0) return none;
  const read = readers[node.kind];
  const known: object[] = [];
  const found: (RefinementModel & { readonly after: number })[] = [];
  for (const check of checks) {
    const { def } = check._zod;
    if (def.check === 'describe' || def.check === 'meta' || isIdle(def)) continue;
    if (node.kind === 'instance' && def['type'] === 'custom' && def === checks[0]?._zod.def) continue;
    const one = read?.(def, check);
    if (one === undefined) found.push({ ...refinement(def), after: known.length });
    else known.push(one);
  }
  return {
    known,
    refinements: found.map(({ after, ...rest }) => (after === known.length ? rest : { ...rest, after })),
  };
}

const none: Checks = { known: [], refinements: [] };

/** A node with more checks, which run after those that it has. */
export function withChecks(node: TypeNode, { known, refinements }: Checks): TypeNode {
  if (known.length === 0 && refinements.length === 0) return node;
  if (node.kind === 'ref') return { kind: 'union', members: [node], refinements };
  const before = 'checks' in node ? (node.checks ?? []) : [];
  const checks = [...before, ...known];
  return {
    ...node,
    ...(checks.length === 0 ? {} : { checks }),
    ...(refinements.length === 0 ? {} : { refinements: [...(node.refinements ?? []), ...refinements] }),
  } as TypeNode;
}

type Reader = (def: CheckDef, check: ZodCheck) => object | undefined;

const readers: Readonly<Partial<Record<TypeKind, Reader>>> = {
  string: stringCheck,
  number: numberCheck,
  bigint: bigIntCheck,
  date: dateCheck,
  array: sizeCheck,
  tuple: sizeCheck,
  map: sizeCheck,
  set: sizeCheck,
};

function refinement(def: CheckDef): RefinementModel {
  const id = idOf(def);
  const message = messageOf(def['error']);
  return {
    ...(id === undefined ? {} : { id }),
    ...(message === undefined ? {} : { message }),
    ...(def.check === 'overwrite' ? { overwrites: true } : {}),
  };
}

/** From `params.id` of a custom check; other checks are identified by their kind and parameter. */
function idOf(def: CheckDef): string | undefined {
  if (def.check === 'custom') {
    const id = (def['params'] as { readonly id?: unknown } | undefined)?.id;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }
  if (def.check === 'overwrite') return undefined;
  const detail = details.map((key) => def[key]).find((value) => value !== undefined);
  return detail === undefined ? def.check : `${def.check}:${textOf(detail)}`;
}

function textOf(detail: unknown): string {
  switch (typeof detail) {
    case 'string':
      return detail;
    case 'bigint':
    case 'number':
    case 'symbol':
      return detail.toString();
    default:
      return JSON.stringify(detail);
  }
}

const details = ['value', 'minimum', 'maximum', 'length', 'size', 'property', 'format', 'mime'] as const;

function messageOf(error: unknown): string | undefined {
  if (typeof error !== 'function' || error.length > 0) return undefined;
  const constant = readConstant(() => (error as () => unknown)());
  return 'value' in constant && typeof constant.value === 'string' ? constant.value : undefined;
}
