import type { ContractModel } from '../../../codegen/src/model.ts';
import { identifier, typeName } from '../../../codegen/src/emit/names.ts';

/**
 * How a consumer reaches the events: not at all, by generated methods, or by their names as strings; `answers` is
 * methods whose results are awaited and read.
 */
export type Style = 'idle' | 'methods' | 'keys' | 'answers';

/** Source of a module that uses 25 client events and 25 server events, spread over the contract. */
export function consumer(model: ContractModel, style: Style): string {
  const sent = spread(Object.entries(model.clientToServer).filter(([, event]) => !event.joins));
  const heard = spread(Object.entries(model.serverToClient));
  const uses =
    style === 'idle'
      ? []
      : [
          ...sent.map(([name, event], index) =>
            send(style, { name, acknowledged: event.ack !== undefined, index }),
          ),
          ...heard.map(([name]) => listen(style, name)),
        ];
  return `import type { LoadClient } from './load.client.gen.ts';
import type * as t from './load.types.gen.ts';

declare const client: LoadClient;
declare const payloads: { ${sent.map(([name], index) => `p${index}: t.${typeName(name)}Payload`).join('; ')} };
export { client, payloads };
${uses.join('\n')}
`;
}

interface Sent {
  readonly name: string;
  readonly acknowledged: boolean;
  readonly index: number;
}

function send(style: Style, { name, acknowledged, index }: Sent): string {
  const byKey = `client.${acknowledged ? 'request' : 'emit'}('${name}', payloads.p${index})`;
  const call = style === 'keys' ? byKey : `client.${identifier(name)}(payloads.p${index})`;
  if (!acknowledged || style !== 'answers') return `void ${call};`;
  return `const r${index} = await ${call};\nif (r${index}.ok) void r${index}.data.version;\nelse void r${index}.error.code;`;
}

function listen(style: Style, name: string): string {
  const handler = '({ title, author }) => title + author.name';
  return style === 'methods'
    ? `client.on${typeName(name)}(${handler});`
    : `client.on('${name}', ${handler});`;
}

/** 25 of them, or all where there are fewer; the same mixture at any size, since what they carry repeats every 12. */
function spread<Item>(items: readonly Item[]): Item[] {
  const widest = Math.max(1, Math.floor(items.length / 25));
  const step = widest - ((widest - 1) % 12);
  return items.filter((_, index) => index % step === 0).slice(0, 25);
}
