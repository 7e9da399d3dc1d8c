import type { Json, TypeNode } from '../model.ts';

/** The outcome when one version sends a payload and the other receives it; later is worse. */
export const verdicts = ['ok', 'differs', 'unknown', 'rejects'] as const;

/**
 * `ok`: decoded as intended. `differs`: accepted, but decoded to another value. `rejects`: some payload is refused.
 * `unknown`: the models cannot tell, for example because of a refinement that only Zod runs.
 */
export type Verdict = (typeof verdicts)[number];

/** The worse of two verdicts. */
export function worse(a: Verdict, b: Verdict): Verdict {
  return verdicts.indexOf(a) >= verdicts.indexOf(b) ? a : b;
}

/** The part of a contract that a schema is in. It determines who sends and who receives the payload. */
export type Position =
  'contract' | 'auth' | 'identity' | 'room' | 'error' | 'type' | 'event' | 'payload' | 'ack';

/** `inbound`: from client to server. `outbound`: from server to client. */
export type Direction = 'inbound' | 'outbound';

/** The same thing in both versions. */
export type Change<T> = readonly [before: T, after: T];

/** The opposite direction. */
export function opposite(direction: Direction): Direction {
  return direction === 'inbound' ? 'outbound' : 'inbound';
}

/** One step from a payload to a part of it. */
export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'item' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'key' }
  | { readonly kind: 'value' }
  | { readonly kind: 'unknown-keys' }
  /** A member of a union, with its index on either side. */
  | { readonly kind: 'member'; readonly label: string; readonly before?: number; readonly after?: number };

/** The outcome of both combinations of versions. */
export interface Verdicts {
  /** The new version receives what the old one sends. */
  readonly backward: Verdict;
  /** The old version receives what the new one sends. */
  readonly forward: Verdict;
  /** The same for a sender that does not encode with the contract, such as a plain Socket.IO client. */
  readonly rawBackward: Verdict;
  readonly rawForward: Verdict;
}

/** A difference between two schemas, relative to their place. */
export interface SchemaFact extends Verdicts {
  /** Rule id. */
  readonly fact: string;
  readonly steps: readonly Step[];
  readonly before?: TypeNode | Json;
  readonly after?: TypeNode | Json;
  /** Sides of the innermost schemas that the fact is about, where a payload can be made of them. */
  readonly nodes?: { readonly before?: TypeNode; readonly after?: TypeNode };
  /** Innermost named type around it. */
  readonly type?: string;
  /** Its path inside that type. */
  readonly inType?: readonly Step[];
}

/** A payload that proves a verdict. */
export interface Witness {
  /** In wire form; the arguments, for an event with `args`. */
  readonly payload: Json | undefined;
  /** Why the receiver refuses it, or what it decodes it to. */
  readonly effect: string;
  readonly verdict: 'differs' | 'rejects';
  /** A custom check that only Zod runs may keep the sender from sending it. */
  readonly unsure?: true;
  /** Only a sender that does not encode can send it. */
  readonly raw?: true;
}

/** A neutral statement about two versions of a contract, judged by {@link Rule} and policy. */
export interface Fact extends Verdicts {
  /** Rule id. */
  readonly fact: string;
  readonly position: Position;
  readonly direction: Direction;
  /** Path of the change: `clientToServer["task:create"].payload.title`. */
  readonly path: string;
  readonly event?: string;
  readonly field?: string;
  readonly before?: TypeNode | Json;
  readonly after?: TypeNode | Json;
  /** `Task.title`, for a difference inside a named type. */
  readonly origin?: string;
  /**
   * Who is not affected, regardless of the verdicts: deployed clients that are served an earlier form, or deployed
   * servers if the change concerns such a form.
   */
  readonly spares?: 'clients' | 'servers';
  /** Payloads are stored and read later by clients of either version: both directions count under every policy. */
  readonly stored?: true;
  /** Payloads that prove `backward` and `forward`. */
  readonly witness?: { readonly backward?: Witness; readonly forward?: Witness };
  /** An addition to the message, such as the new name of a renamed event. */
  readonly detail?: string;
}

/** Verdicts of a difference that affects no payload. */
export const silent: Verdicts = { backward: 'ok', forward: 'ok', rawBackward: 'ok', rawForward: 'ok' };

/** The same verdicts for senders that encode and those that do not. */
export function both(backward: Verdict, forward: Verdict): Verdicts {
  return { backward, forward, rawBackward: backward, rawForward: forward };
}

/** The same difference with the versions swapped. */
export function swapped(given: Verdicts): Verdicts {
  return {
    backward: given.forward,
    forward: given.backward,
    rawBackward: given.rawForward,
    rawForward: given.rawBackward,
  };
}

/** The worst of many. */
export function worst(all: readonly Verdicts[]): Verdicts {
  let { backward, forward, rawBackward, rawForward } = silent;
  for (const one of all) {
    backward = worse(backward, one.backward);
    forward = worse(forward, one.forward);
    rawBackward = worse(rawBackward, one.rawBackward);
    rawForward = worse(rawForward, one.rawForward);
  }
  return { backward, forward, rawBackward, rawForward };
}

/** A readable path: `.items[].shape<circle>.radius`. */
export function stepsText(steps: readonly Step[]): string {
  return steps.map(stepText).join('');
}

function stepText(step: Step): string {
  switch (step.kind) {
    case 'property':
      return /^[A-Za-z_$][\w$]*$/.test(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`;
    case 'item':
      return '[]';
    case 'index':
      return `[${step.index}]`;
    case 'key':
      return '{key}';
    case 'value':
      return '{}';
    case 'unknown-keys':
      return '{*}';
    case 'member':
      return `<${step.label}>`;
    default:
      return step satisfies never;
  }
}
