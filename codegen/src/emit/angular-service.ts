import type { AngularContext } from './angular.ts';
import { functionText } from './angular-function.ts';
import { docText, interfaceText, method } from './declare.ts';
import { codeName } from './doc-comment.ts';
import type { NamedEvents } from './events.ts';
import { sortedEntries } from './literal.ts';

/** The facade for those who expect a service: its token, and the feature that provides it. */
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
  const summary = `The client of ${codeName(model.name)} as a service, with events as Observables. Provided by {@link ${feature}}.`;
  return [
    `${docText({ summary })}export abstract class ${service} {}\n${interfaceText({
      doc: {},
      name: service,
      parents: [`${type('SocketServiceBase')}<${client(`${prefix}Client`)}>`],
      members,
    })}`,
    functionText({
      doc: { summary: `Provides {@link ${service}}; given to {@link provide${prefix}}.` },
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
      summary:
        'Payloads of every such event; of one room where it is given. Every subscriber listens by itself.',
    },
    head: `on<E extends keyof ${events}>`,
    params: ['event: E', `room?: ${type('Listens')}<E, ${events}[E]>`],
    result: `${type('Observable')}<${events}[E]>`,
  });
}

function emitMethod(emits: string, type: TypeOf): string {
  return method({
    doc: { summary: 'Sends an event that nobody answers. Returns false where it was dropped.' },
    head: `emit<E extends keyof ${emits}>`,
    params: ['event: E', `payload: ${emits}[E]`, `options?: ${type('EmitOptions')}`],
    result: 'boolean',
  });
}

function requestMethod(requests: string, type: TypeOf): string {
  return method({
    doc: { summary: 'Sends an event and waits for its answer; never rejects.' },
    head: `request<E extends keyof ${requests}>`,
    params: ['event: E', `payload: ${requests}[E]['payload']`, `options?: ${type('RequestOptions')}`],
    result: `Promise<${type('Result')}<${requests}[E]['data'], ${requests}[E]['error']>>`,
  });
}

function has(events: NamedEvents, answered: boolean): boolean {
  return events.some(([, { ack }]) => (ack !== undefined) === answered);
}
