import type { Contract } from '@sockeye/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Json, NumberNode, StringNode, TypeNode } from '../model.ts';

/** Name, a schema by `zod`, the same by `zod/mini`, and the node of both. */
export type Row = readonly [name: string, classic: unknown, mini: unknown, node: TypeNode];

export const text: TypeNode = { kind: 'string' };
export const int: NumberNode = { kind: 'number', checks: [{ check: 'format', format: 'safeint' }] };
export const bool: TypeNode = { kind: 'boolean' };

/** A format that Zod decides by the pattern of `schema`. */
export function format(
  name: string,
  schema: z.core.$ZodType,
  options?: { readonly [key: string]: Json },
): StringNode {
  const { pattern } = schema._zod.def as unknown as { readonly pattern: RegExp };
  const flags = pattern.flags === '' ? {} : { flags: pattern.flags };
  const check = {
    check: 'format',
    format: name,
    pattern: pattern.source,
    ...flags,
    ...(options && { options }),
  };
  return { kind: 'string', checks: [check as never] };
}

/** A format that Zod decides by code. */
export function code(name: string, options?: { readonly [key: string]: Json }): TypeNode {
  return { kind: 'string', checks: [{ check: 'format', format: name, ...(options && { options }) }] };
}

export function object(properties: Readonly<Record<string, TypeNode>>, more: object = {}): TypeNode {
  return { kind: 'object', properties, unknownKeys: 'strip', ...more };
}

export function codec(name: string, wire: TypeNode, app: TypeNode): TypeNode {
  return { kind: 'codec', codec: name, wire, app };
}

export const dateNode: TypeNode = codec('date', format('datetime', z.iso.datetime()), { kind: 'date' });

/** What a contract with one event of this payload is built to. */
export function build(payload: unknown): {
  readonly node: unknown;
  readonly diagnostics: readonly Diagnostic[];
} {
  const event = { kind: 'event', spec: { payload } };
  const spec = { name: 't', version: '1.0.0', clientToServer: { e: event }, serverToClient: {} };
  const { model, diagnostics } = buildModel({ spec } as unknown as Contract);
  return { node: model.clientToServer['e']?.payload, diagnostics };
}

/** Tests that both schemas of each row are built to its node, without a finding. */
export function describeRows(groups: Readonly<Record<string, readonly Row[]>>): void {
  describe.each(Object.entries(groups))('%s', (_group, rows) => {
    test.each(rows)('%s', (...[, classic, mini, node]) => {
      expect(build(classic), 'zod').toEqual({ node, diagnostics: [] });
      expect(build(mini), 'zod/mini').toEqual({ node, diagnostics: [] });
    });
  });
}
