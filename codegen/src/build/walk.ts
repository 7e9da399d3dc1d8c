import { zod3Key } from '@sockeye/contract';
import { meaningOf } from '../canonical.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Docs, TypeNode } from '../model.ts';
import { readChecks, withChecks } from './checks.ts';
import { metaOf, newDocs, readDocs } from './docs.ts';
import {
  brokenSchema,
  coercion,
  duplicateTypeId,
  invalidTypeId,
  maxDepth,
  notASchema,
  recursiveWithoutId,
  tooDeep,
  unknownKind,
} from './findings.ts';
import { kinds } from './kinds.ts';
import { isTypeName, nameOf, type Name } from './names.ts';
import { createSharing } from './share.ts';
import type { Builder, Finding, Side, Site } from './site.ts';
import { checksOf, isSchema, type ZodSchema } from './zod.ts';
import { zod3Node } from './zod3.ts';

/** Turns the schemas of one contract into nodes, and collects its named types. */
export interface Walk {
  /** The node of a root schema: a payload, an ack. */
  readonly root: (schema: unknown, path: readonly string[]) => TypeNode;
  /** The named types; call it after all roots were visited. */
  readonly types: () => ReadonlyMap<string, TypeNode>;
  /** Runs some work and says which schemas it met that concern the contract as a whole. */
  readonly record: (work: () => void) => readonly Meeting[];
  /** Meets these schemas again, in place of what led to them. */
  readonly meet: (meetings: readonly Meeting[]) => void;
}

/** A schema that has a name, or that was walked before and may hold one that has. */
export interface Meeting {
  readonly schema: ZodSchema;
  readonly side: Side;
  readonly path: readonly string[];
  readonly depth: number;
  /** Which root it was below, counted from the beginning of the record. */
  readonly root: number;
}

const building = Symbol('building');

/** Placeholder for a refused schema; the contract then has an error and is not generated. */
const refusedNode: TypeNode = Object.freeze({ kind: 'any' });

interface NamedType extends Name {
  readonly path: readonly string[];
  readonly side: Side;
  node?: TypeNode;
}

interface Place {
  readonly side: Side;
  readonly path: readonly string[];
}

/** Begins a walk; every schema is visited once for each side it stands on. It never throws. */
export function createWalk(report: (finding: Diagnostic) => void): Walk {
  const memo = new Map<Side, Map<ZodSchema, TypeNode | typeof building>>();
  const named = new Map<string, NamedType>();
  const share = createSharing();
  /** Definitions of named types that were looked into, by side. */
  const opened = new Map<Side, Set<unknown>>();
  /** Definitions of named types being visited: their getters may refer to the schema before it was named. */
  const inProgress = new Map<unknown, string>();
  /** Other schemas that have a name which is taken. */
  let rivals: NamedType[] = [];
  let depth = 0;
  let exhausted = false;
  let checkingRivals = false;
  let meetings: Meeting[] | undefined;
  let roots = 0;

  const tell = (finding: Finding, { path }: Place): TypeNode => {
    report({ level: 'error', ...finding, path });
    return refusedNode;
  };

  function visit(schema: unknown, place: Place): TypeNode {
    if (exhausted) return refusedNode;
    if (!isSchema(schema)) return tell(notASchema(schema), place);
    const known = memoOf(place.side).get(schema);
    if (known === building) return tell(recursiveWithoutId, place);
    if (known !== undefined) {
      meetings?.push({ schema, ...place, depth, root: roots });
      return known;
    }
    const node = share(attempt(schema, place));
    memoOf(place.side).set(schema, node);
    return node;
  }

  function attempt(schema: ZodSchema, place: Place): TypeNode {
    try {
      const meta = metaOf(schema);
      const name = nameOf(schema, meta);
      if (name !== undefined) return reference(name, schema, place);
      const outer = inProgress.size === 0 ? undefined : inProgress.get(schema._zod.def);
      if (outer !== undefined) return { kind: 'ref', name: outer };
      memoOf(place.side).set(schema, building);
      return structure(schema, place, meta);
    } catch (error) {
      return tell(brokenSchema(error), place);
    }
  }

  function structure(schema: ZodSchema, place: Place, meta = metaOf(schema)): TypeNode {
    if (depth >= maxDepth) {
      exhausted = true;
      return tell(tooDeep, place);
    }
    const { def } = schema._zod;
    const adopted = def[zod3Key];
    const build: Builder | undefined =
      adopted === undefined ? kinds.get(def.type) : (_schema, site) => zod3Node(adopted, site);
    if (build === undefined) return tell(unknownKind(def.type), place);
    if (def['coerce'] === true) return tell(coercion(def.type), place);
    depth += 1;
    try {
      const node = build(schema, siteAt(place));
      if (node === refusedNode) return node;
      const isCodec = def.type === 'pipe' && node.kind === 'codec';
      const checked = isCodec ? node : withChecks(node, readChecks(checksOf(schema), node));
      return meta === undefined
        ? checked
        : { ...checked, ...readDocs(meta, (finding) => tell(finding, place)) };
    } finally {
      depth -= 1;
    }
  }

  function reference(name: Name, schema: ZodSchema, place: Place): TypeNode {
    const { id, definition } = name;
    const { def } = definition._zod;
    meetings?.push({ schema, ...place, depth, root: roots });
    const recorded = meetings;
    meetings = undefined;
    try {
      open(name, place, def);
    } finally {
      meetings = recorded;
    }
    return { kind: 'ref', name: id, ...refDocs(schema, definition) };
  }

  /** Looks into the definition of a named type, once for each side. */
  function open(name: Name, place: Place, def: unknown): void {
    const { id, definition } = name;
    const type = named.get(id);
    const seen = opened.get(place.side) ?? new Set();
    opened.set(place.side, seen);
    if (type === undefined) {
      if (!isTypeName(id)) tell(invalidTypeId(id), place);
      const fresh: NamedType = { ...name, ...place };
      named.set(id, fresh);
      seen.add(def);
      inProgress.set(def, id);
      try {
        fresh.node = structure(definition, place);
      } finally {
        inProgress.delete(def);
      }
    } else if (!seen.has(def)) {
      seen.add(def);
      if (type.definition._zod.def === def) structure(definition, place);
      else if (!checkingRivals) rivals.push({ ...name, ...place });
    }
  }

  function siteAt(place: Place): Site {
    return {
      side: place.side,
      node: (schema, step, side = place.side) =>
        visit(schema, { side, path: step === '' ? place.path : [...place.path, step] }),
      report: (finding) => void tell(finding, place),
      refuse: (finding) => tell(finding, place),
    };
  }

  function memoOf(side: Side): Map<ZodSchema, TypeNode | typeof building> {
    let one = memo.get(side);
    if (one === undefined) memo.set(side, (one = new Map<ZodSchema, TypeNode | typeof building>()));
    return one;
  }

  function checkRivals(): void {
    checkingRivals = true;
    for (const rival of rivals) {
      exhausted = false;
      const node = structure(rival.definition, rival);
      const taken = named.get(rival.id);
      if (taken?.node !== undefined && meaningOf(taken.node) !== meaningOf(node))
        tell(duplicateTypeId(rival.id), rival);
    }
    rivals = [];
    checkingRivals = false;
  }

  return {
    root: (schema, path) => {
      exhausted = false;
      roots += 1;
      return visit(schema, { side: 'wire', path });
    },
    types: () => {
      checkRivals();
      return new Map([...named].map(([id, type]) => [id, type.node ?? refusedNode]));
    },
    record(work) {
      const met: Meeting[] = [];
      meetings = met;
      roots = 0;
      work();
      meetings = undefined;
      return met;
    },
    meet(met) {
      met.forEach(({ schema, side, path, depth: deep, root }, index) => {
        if (root !== met[index - 1]?.root) exhausted = false;
        if (meetings === undefined && memoOf(side).has(schema)) return;
        depth = deep;
        visit(schema, { side, path });
        depth = 0;
      });
    },
  };
}

/** Documentation that a use of a named type adds to that of the type. */
function refDocs(schema: ZodSchema, definition: ZodSchema): Docs {
  if (schema === definition) return {};
  const silent = (): void => {};
  return newDocs(readDocs(metaOf(schema) ?? {}, silent), readDocs(metaOf(definition) ?? {}, silent));
}
