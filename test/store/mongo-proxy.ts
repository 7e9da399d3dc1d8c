import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import mongoose from 'mongoose';

/** What becomes of a command on its way to the server. */
export interface Fate {
  /** Whether the server gets it all the same; its answer is lost then. */
  readonly reaches: boolean;
  /** The command that the server gets in its place. */
  readonly as?: string;
  /** What the driver is answered. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** A server that MongoDB's wire protocol goes through, and that answers in its place. */
export interface MongoProxy {
  readonly uri: string;
  /** Decides the fate of a command; undefined lets it through. */
  interfere: ((command: Readonly<Record<string, unknown>>) => Fate | undefined) | undefined;
  stop(): Promise<void>;
}

const opMsg = 2013;
const { BSON } = mongoose.mongo;

/** Starts a proxy before a server on this machine. */
export async function startMongoProxy(uri: string): Promise<MongoProxy> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), '127.0.0.1');
    /** Answers of the server to these requests are lost. */
    const lost = new Set<number>();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    inMessages(client, (message) => {
      const fate = proxy.interfere?.(commandOf(message) ?? {});
      if (fate === undefined) return void upstream.write(toPrimary(message));
      const request = message.readInt32LE(4);
      if (fate.reaches) {
        lost.add(request);
        upstream.write(toPrimary(message, fate.as));
      }
      client.write(answerTo(request, fate.answer));
    });
    inMessages(upstream, (message) => {
      if (!lost.delete(message.readInt32LE(8))) client.write(message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: MongoProxy = {
    uri: `mongodb://127.0.0.1:${port}${target.pathname}?directConnection=true`,
    interfere: undefined,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function inMessages(socket: Socket, tell: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 16 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      tell(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  });
}

/** The command of a message: header (16 bytes), flags (4), kind of section (1), document. */
function commandOf(message: Buffer): Record<string, unknown> | undefined {
  if (message.readInt32LE(12) !== opMsg || message[20] !== 0) return undefined;
  const length = message.readInt32LE(21);
  return BSON.deserialize(message.subarray(21, 21 + length));
}

/** A direct connection asks for any member; the one-binary server wants to be asked as what it is. */
function toPrimary(message: Buffer, as?: string): Buffer {
  const command = commandOf(message);
  if (command === undefined || (as === undefined && command['$readPreference'] === undefined)) return message;
  const { $readPreference: _, ...others } = command;
  const [name = '', ...fields] = Object.keys(others);
  const named = Object.fromEntries(fields.map((field) => [field, others[field]]));
  const rest = { [as ?? name]: others[name], ...named };
  const parts = [
    message.subarray(0, 21),
    BSON.serialize(rest),
    message.subarray(21 + message.readInt32LE(21)),
  ];
  const made = Buffer.concat(parts);
  made.writeInt32LE(made.length, 0);
  return made;
}

function answerTo(request: number, answer: Readonly<Record<string, unknown>>): Buffer {
  const body = BSON.serialize(answer);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(request + 1_000_000, 4);
  head.writeInt32LE(request, 8);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, body]);
}
