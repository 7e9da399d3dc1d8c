import { nearest } from '@sockeye/contract';
import type { Diagnostic } from '../diagnostics.ts';
import type { ContractModel } from '../model.ts';
import { contradictionOf, listenerContradictionOf } from './arguments.ts';
import type { Mention, ModuleMentions } from './mentions.ts';

/** A module and what it mentions. */
export interface UsingModule extends ModuleMentions {
  /** Relative to the folder that findings are relative to. */
  readonly file: string;
}

/**
 * Events that no module uses, and Socket.IO calls that pass the contract by. Doubt counts as use: modules are read by
 * their syntax, so a name in both directions may be used in one of them only without a finding.
 */
export function findUsage(
  models: readonly ContractModel[],
  modules: readonly UsingModule[],
): readonly Diagnostic[] {
  return [
    ...models.flatMap((model) => findUnused(model, modules)),
    ...modules.flatMap((module) => findRawCalls(models, module)),
  ];
}

/** Why no contract allows the call; `undefined` if one does. */
function contradiction(
  models: readonly ContractModel[],
  side: Side,
  { kind, name = '', given, takes }: Mention,
): string | undefined {
  const found = models.flatMap((model) => {
    const event = Object.hasOwn(model[side], name) ? model[side][name] : undefined;
    if (event === undefined) return [];
    return [
      kind === 'send' ? contradictionOf(event, given, model.types) : listenerContradictionOf(event, takes),
    ];
  });
  return found.includes(undefined) ? undefined : found[0];
}

type Side = 'clientToServer' | 'serverToClient';

interface UseRule {
  readonly id: string;
  readonly side: Side;
  /** What counts as a use. */
  readonly kinds: readonly Mention['kind'][];
  /** Whether generated methods and hooks named after the event count as well. */
  readonly byName: boolean;
  readonly level: Diagnostic['level'];
  readonly message: string;
  readonly hint: string;
}

/** Clients are often in another repository, so an event without clients here is only a note. */
const useRules: readonly UseRule[] = [
  {
    id: 'event-unhandled',
    side: 'clientToServer',
    kinds: ['key', 'listen'],
    byName: false,
    level: 'warning',
    message: 'No module handles "{event}".',
    hint: 'Add a handler, or remove the event from the contract.',
  },
  {
    id: 'event-never-called',
    side: 'clientToServer',
    kinds: ['send'],
    byName: true,
    level: 'info',
    message: 'No client here sends "{event}".',
    hint: 'Remove it from the contract if no other client does.',
  },
  {
    id: 'event-never-sent',
    side: 'serverToClient',
    kinds: ['send'],
    byName: true,
    level: 'warning',
    message: 'No module sends "{event}".',
    hint: 'Send it, or remove the event from the contract.',
  },
  {
    id: 'event-never-heard',
    side: 'serverToClient',
    kinds: ['listen', 'key'],
    byName: true,
    level: 'info',
    message: 'No client here listens to "{event}".',
    hint: 'Remove it from the contract if no other client does.',
  },
];

function findUnused(model: ContractModel, modules: readonly UsingModule[]): readonly Diagnostic[] {
  const mentioned = new Map<string, Set<Mention['kind']>>();
  for (const { name, kind } of modules.flatMap(({ mentions }) => mentions)) {
    if (name !== undefined) mentioned.set(name, (mentioned.get(name) ?? new Set()).add(kind));
  }
  const identifiers = new Set(modules.flatMap((module) => [...module.identifiers]));
  return useRules.flatMap(({ id, side, kinds, byName, level, message, hint }) =>
    Object.entries(model[side]).flatMap(([event, { joins, leaves }]): readonly Diagnostic[] => {
      const names = byName ? generatedNames(event) : [];
      // A room handle sends these: `client.workspace(params).join()`.
      const room = id === 'event-never-called' ? (joins ?? leaves) : undefined;
      const isUsed =
        kinds.some((kind) => mentioned.get(event)?.has(kind)) ||
        [...names, ...(room === undefined ? [] : [room])].some((name) => identifiers.has(name));
      return isUsed
        ? []
        : [
            {
              id,
              level,
              message: message.replace('{event}', event),
              hint,
              contract: model.name,
              path: [side, event],
            },
          ];
    }),
  );
}

/** `taskCreated`, `onTaskCreated`, `useTaskCreated` and `injectTaskCreated` for `task:created`. */
function generatedNames(event: string): readonly string[] {
  const words = event.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return [camel, ...['on', 'use', 'inject'].map((prefix) => prefix + pascal)];
}

/** Events of Socket.IO itself. https://socket.io/docs/v4/emit-cheatsheet/#reserved-events */
const reserved = new Set(
  'connect connect_error connection disconnect disconnecting error new_namespace newListener removeListener ping reconnect reconnect_attempt reconnect_error reconnect_failed'.split(
    ' ',
  ),
);

function findRawCalls(
  models: readonly ContractModel[],
  { file, mentions }: UsingModule,
): readonly Diagnostic[] {
  return mentions.flatMap((mention): readonly Diagnostic[] => {
    const { kind, name, raw, line, column } = mention;
    if (raw === undefined || (kind !== 'send' && kind !== 'listen')) return [];
    const at = { file, line, column };
    if (name === undefined) {
      return [
        {
          id: 'raw-call-dynamic',
          level: 'info',
          message: 'The event name is computed, so it cannot be checked against the contract.',
          hint: 'Use the generated code.',
          ...at,
        },
      ];
    }
    if (reserved.has(name)) return [];
    const wanted: Side = (raw === 'client') === (kind === 'send') ? 'clientToServer' : 'serverToClient';
    const other: Side = wanted === 'clientToServer' ? 'serverToClient' : 'clientToServer';
    const has = (side: Side): boolean => models.some((model) => Object.hasOwn(model[side], name));
    const wrong = contradiction(models, wanted, mention);
    const verb = kind === 'send' ? 'sends' : 'listens to';
    if (wrong !== undefined) {
      return [
        {
          id: 'raw-call-contradicts',
          level: 'error',
          message: `The ${raw} ${verb} "${name}" in a way that the contract does not allow: ${wrong}.`,
          hint: `Use the generated ${raw}.`,
          ...at,
        },
      ];
    }
    if (has(wanted)) {
      return [
        {
          id: 'raw-call',
          level: 'warning',
          message: `"${name}" bypasses the contract: it is neither validated nor typed here.`,
          hint: `Use the generated ${raw}.`,
          ...at,
        },
      ];
    }
    if (has(other)) {
      return [
        {
          id: 'raw-call-contradicts',
          level: 'error',
          message: `The ${raw} ${verb} "${name}", which the contract declares only in the other direction.`,
          hint: `Use the generated ${raw}, or declare the event in ${wanted}.`,
          ...at,
        },
      ];
    }
    const guess = nearest(
      name,
      models.flatMap((model) => Object.keys(model[wanted])),
    );
    return [
      {
        id: 'raw-call-unknown',
        level: 'warning',
        message: `No contract declares the event "${name}".`,
        hint:
          guess === undefined
            ? `Declare it in ${wanted}.`
            : `Did you mean "${guess}"? Otherwise declare it in ${wanted}.`,
        ...at,
      },
    ];
  });
}
