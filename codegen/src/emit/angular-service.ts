import type { AngularContext } from './angular.ts';
import { functionText } from './angular-function.ts';
import { docText, interfaceText, method } from './declare.ts';
import { codeName } from './doc-comment.ts';
import type { NamedEvents } from './events.ts';
import { sortedEntries } from './literal.ts';

/** The service: its token, and the feature that provides it. */
export function serviceText({ model, prefix, client, file, run, heard }: AngularContext): string[] {
  const { type } = file;
  const service = `${prefix}SocketService`;
  const feature = `with${service}`;
  const sent = sortedEntries(model.clientToServer).filter(([, { joins, leaves }]) => !joins && !leaves);
  const members = [
    ...(heard.length > 0 ? [onMethod(client(`${prefix}Events`), type)] : []),
    ...(has(sent, false) ? [emitMethod(client(`${prefix}Emits`), type)] : []),
    ...(has(sent, true) ? [requestMethod(client(`${prefix}Requests`), type)] : []),
  ];
  const summary = `The client of ${codeName(model.name)} as a service with Observables. Provide it with {@link ${feature}}.`;
  return [
    `${docText({ summary })}export abstract class ${service} {}\n${interfaceText({
      doc: {},
      name: service,
      parents: [`${type('SocketServiceBase')}<${client(`${prefix}Client`)}>`],
      members,
    })}`,
    functionText({
      doc: { summary: `Provides {@link ${service}}. Pass it to {@link provide${prefix}}.` },
      name: feature,
      params: [],
      result: type('Feature'),
      call: run('withService'),
      with: ['binding', service],
    }),
  ];
}

type TypeOf = (name: string) => string;

function onMethod(events: string, type: TypeOf): string {
  return method({
    doc: {
      summary: 'Returns an Observable of the payloads of these events; with `room`, only of that room.',
    },
    head: `on<E extends keyof ${events}>`,
    params: ['event: E', `room?: ${type('Listens')}<E, ${events}[E]>`],
    result: `${type('Observable')}<${events}[E]>`,
  });
}

function emitMethod(emits: string, type: TypeOf): string {
  return method({
    doc: { summary: 'Sends an event that has no ack. Returns `false` if it was dropped.' },
    head: `emit<E extends keyof ${emits}>`,
    params: ['event: E', `payload: ${emits}[E]`, `options?: ${type('EmitOptions')}`],
    result: 'boolean',
  });
}

function requestMethod(requests: string, type: TypeOf): string {
  return method({
    doc: { summary: 'Sends an event and resolves with its answer. Never rejects.' },
    head: `request<E extends keyof ${requests}>`,
    params: ['event: E', `payload: ${requests}[E]['payload']`, `options?: ${type('RequestOptions')}`],
    result: `Promise<${type('Result')}<${requests}[E]['data'], ${requests}[E]['error']>>`,
  });
}

function has(events: NamedEvents, answered: boolean): boolean {
  return events.some(([, { ack }]) => (ack !== undefined) === answered);
}
