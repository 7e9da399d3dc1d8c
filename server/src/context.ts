import { errorBody } from '@sockeye/contract/wire';
import type { Scope } from './call.ts';
import { failWith, type HandlerFailure } from './failure.ts';
import { allTarget, roomTarget, socketTarget } from './create-target.ts';
import { transact } from './durable/transaction.ts';
import type { Runtime } from './runtime.ts';

const scopeKey: unique symbol = Symbol('sockeye.scope');

interface Context {
  [scopeKey]: Scope;
}

/** Reserved names of a context; rooms cannot use them. */
export const contextNames = [
  'identity',
  'rawSocket',
  'signal',
  'event',
  'meta',
  'fail',
  'all',
  'socket',
  'sender',
  'presence',
  'transaction',
] as const;

/** The context of a handler, authorizer or hook. Its properties are computed on first access. */
export function contextOf(scope: Scope): object {
  const context = Object.create(scope.runtime.contexts) as Context;
  context[scopeKey] = scope;
  return context;
}

/** Creates the prototype of a runtime's contexts: the common properties, and one target for each room. */
export function createContexts(runtime: Runtime): object {
  const prototype: Record<string, unknown> & ThisType<Context> = {
    get identity() {
      return this[scopeKey].session.identity;
    },
    get rawSocket() {
      return this[scopeKey].session.socket;
    },
    get signal() {
      return signalOf(this[scopeKey]);
    },
    get event() {
      return this[scopeKey].event;
    },
    get meta() {
      return this[scopeKey].meta;
    },
    get presence() {
      return runtime.presence?.targets;
    },
    get sender() {
      return socketTarget(runtime, this[scopeKey].session.socket.id);
    },
    fail(code: string, details?: unknown, message?: string): HandlerFailure {
      return failWith(code, { details, message });
    },
    transaction(work: (tx: object) => unknown) {
      return transact(runtime, work, this[scopeKey]);
    },
    all() {
      return allTarget(runtime, this[scopeKey].session.socket.id);
    },
    socket(id: string) {
      return socketTarget(runtime, id);
    },
  };
  for (const room of Object.keys(runtime.table.rooms)) {
    prototype[room] = function (this: Context, ...params: Readonly<Record<string, unknown>>[]) {
      return roomTarget(runtime, { room, params, sender: this[scopeKey].session.socket.id });
    };
  }
  return prototype;
}

function signalOf(scope: Scope): AbortSignal {
  if (scope.controller === undefined) {
    scope.controller = new AbortController();
    if (!scope.settled) scope.session.signals.add(scope);
  }
  if (scope.settled || scope.session.socket.disconnected) abort(scope, 'DISCONNECTED');
  return scope.controller.signal;
}

/** Aborts a handler's signal; without effect if the handler never read it. */
export function abort(scope: Scope, code: 'DISCONNECTED' | 'TIMEOUT'): void {
  if (scope.controller !== undefined && !scope.controller.signal.aborted) {
    scope.controller.abort(Object.assign(new Error(errorBody(code).message), { name: 'AbortError', code }));
  }
}
