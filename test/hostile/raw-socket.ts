import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket (RFC 6455) on a bare TCP connection, which sends whatever it is told to. */
export interface RawSocket {
  /** Sends one text frame, well-formed whatever its text. */
  send(text: string): void;
  /** Sends bytes as they are. */
  sendBytes(bytes: Uint8Array): void;
  /** Called with every text frame that comes. */
  onText: (text: string) => void;
  /** Resolves when the connection has ended, from whichever side. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens an Engine.IO 4 connection over WebSocket. */
export function openRawSocket(port: number): Promise<RawSocket> {
  const tcp = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => tcp.once('close', () => resolve()));
  const raw: RawSocket = {
    send: (text) => void tcp.write(textFrame(text)),
    sendBytes: (bytes) => void tcp.write(bytes),
    onText: () => undefined,
    closed,
    close: () => void tcp.destroy(),
  };
  tcp.on('error', () => tcp.destroy());
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    tcp.once('close', () => reject(new Error('closed before the upgrade')));
    readFrames(
      tcp,
      (text) => raw.onText(text),
      () => resolve(raw),
    );
  });
}

/** A masked text frame. The mask is zero, which is a legal one, so that the text can be read in a dump. */
export function textFrame(text: string): Uint8Array {
  const body = Buffer.from(text);
  const head =
    body.length < 126 ? Buffer.alloc(6) : body.length < 65_536 ? Buffer.alloc(8) : Buffer.alloc(14);
  head[0] = 0x81;
  if (head.length === 6) head[1] = 0x80 | body.length;
  else if (head.length === 8) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(body.length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  }
  return Buffer.concat([head, body]);
}

function readFrames(tcp: Socket, onText: (text: string) => void, onOpen: () => void): void {
  let open = false;
  let buffered = Buffer.alloc(0);
  const drain = (): void => {
    for (let frame = frameAt(buffered); frame !== undefined; frame = frameAt(buffered)) {
      buffered = buffered.subarray(frame.end);
      if (frame.opcode === 1) onText(frame.text);
      else if (frame.opcode === 8) tcp.destroy();
    }
  };
  tcp.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    if (open) return drain();
    const end = buffered.indexOf('\r\n\r\n');
    if (end < 0) return;
    buffered = buffered.subarray(end + 4);
    open = true;
    onOpen();
    // Whoever waits for the opening has a listener by then.
    setImmediate(drain);
  });
}

function frameAt(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly end: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const end = start + length;
  if (bytes.length < end) return undefined;
  return { opcode: bytes[0]! & 0x0f, text: bytes.toString('utf8', start, end), end };
}
