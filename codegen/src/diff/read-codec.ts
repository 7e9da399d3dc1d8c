import type { CodecNode, TypeNode } from '../model.ts';
import type { Reading } from './read.ts';
import { refuse } from './refuse.ts';

/** The decoded value of a codec: equal exactly if the application receives equal values. */
export interface CodecValue {
  readonly codec: string;
  readonly value: unknown;
}

/** Decodes a codec, from its decoded wire side. */
export function codecReads(node: CodecNode, wire: Reading, given: unknown): Reading {
  if (!wire.ok) return wire;
  const name = codecName(node);
  if (given === undefined && wire.value === undefined) return wire;
  if (name === 'stringbool') return readStringbool(node, wire.value);
  const convert = conversions[name];
  const value = convert ? convert(wire.value) : wire.value;
  if (value === undefined) return refuse(`cannot be decoded by the codec ${name}`);
  const bound = appRefuses(node.app, value);
  if (bound) return refuse(bound);
  return {
    ok: true,
    value: { codec: name, value } satisfies CodecValue,
    certain: wire.certain && convert !== undefined,
  };
}

/** Bounds that a contract sets on the application side: `date().min(...)`, `bigint().max(...)`. */
function appRefuses(app: TypeNode, value: unknown): string | undefined {
  if (app.kind !== 'date' && app.kind !== 'bigint') return undefined;
  const parse = (text: string) => (app.kind === 'date' ? Date.parse(text) : BigInt(text));
  const own = parse(value as string);
  for (const { check, value: limit, exclusive } of (app.checks ?? []) as readonly {
    check: string;
    value: string;
    exclusive?: true;
  }[]) {
    if (check !== 'min' && check !== 'max') continue;
    const end = parse(limit);
    const fits = check === 'min' ? (exclusive ? own > end : own >= end) : exclusive ? own < end : own <= end;
    if (!fits) return `${String(value)} is beyond ${check} ${limit}`;
  }
  return undefined;
}

/** Name of a codec; the same for all unnamed ones, which a model cannot distinguish. */
export function codecName(node: CodecNode): string {
  return node.codec ?? 'anonymous';
}

/** What the encoder of a codec would send for a wire value, or `undefined` if the model cannot tell. */
export function canonicalWire(node: CodecNode, wire: unknown): unknown {
  const name = codecName(node);
  if (name === 'stringbool') {
    const reading = readStringbool(node, wire);
    return reading.ok ? (reading.value ? node.truthy : node.falsy)?.[0] : undefined;
  }
  return conversions[name]?.(wire);
}

/** Each returns the canonical wire form of what it decoded, which stands for the decoded value. */
const conversions: Readonly<Record<string, (wire: unknown) => unknown>> = {
  date: (wire) => {
    const time = new Date(wire as string);
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
  },
  bigint: (wire) => {
    const text = wire as string;
    return /^-?\d+$/.test(text) ? BigInt(text).toString() : undefined;
  },
  url: (wire) => (URL.canParse(wire as string) ? new URL(wire as string).href : undefined),
  map: (wire) => [
    ...new Map(
      (wire as [unknown, unknown][]).map(([key, value]) => [JSON.stringify(key), [key, value]]),
    ).values(),
  ],
  set: (wire) => [...new Map((wire as unknown[]).map((value) => [JSON.stringify(value), value])).values()],
  bytes: (wire) => wire,
};

function readStringbool(node: CodecNode, wire: unknown): Reading {
  const fold = (text: string) => (node.caseSensitive ? text : text.toLowerCase());
  const text = fold(String(wire));
  if (node.truthy?.map(fold).includes(text)) return { ok: true, value: true, certain: true };
  if (node.falsy?.map(fold).includes(text)) return { ok: true, value: false, certain: true };
  return refuse(`${JSON.stringify(wire)} is neither true nor false`);
}
