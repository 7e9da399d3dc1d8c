import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket connection that costs next to nothing: it writes frames made beforehand and hands over what comes. */
export interface FrameWriter {
  readonly write: (frames: Buffer) => Promise<void>;
  /** Called with the payload of every text frame, in order. */
  onText: (text: Buffer) => void;
  readonly close: () => void;
}

/** Connects to a Socket.IO server's namespace `/` and waits until it is welcome. */
export async function openWriter(port: number, auth: object = {}): Promise<FrameWriter> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setNoDelay(true);
  await once(socket, 'connect');
  socket.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '',
      '',
    ].join('\r\n'),
  );
  const writer: FrameWriter = {
    write: (frames) =>
      new Promise((resolve) => (socket.write(frames) ? resolve() : socket.once('drain', resolve))),
    onText: () => undefined,
    close: () => socket.destroy(),
  };
  const welcome = new Promise<void>((resolve, reject) => {
    writer.onText = (text) => {
      const packet = text.toString();
      if (packet.startsWith('0')) socket.write(textFrame(`40${JSON.stringify(auth)}`));
      else if (packet.startsWith('40')) resolve();
      else if (packet.startsWith('44')) reject(new Error(packet));
    };
  });
  readFrames(socket, (text) => {
    // Engine.IO's heartbeat: a ping is answered, or the server hangs up.
    if (text.length === 1 && text[0] === 0x32) socket.write(textFrame('3'));
    else writer.onText(text);
  });
  await welcome;
  return writer;
}

/** A client's text frame (RFC 6455, section 5). The mask is zero, so that masking costs the writer nothing. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const size = payload.length;
  const header =
    size < 126 ? Buffer.from([0x81, 0x80 | size]) : Buffer.from([0x81, 0x80 | 126, size >> 8, size & 0xff]);
  return Buffer.concat([header, Buffer.alloc(4), payload]);
}

function readFrames(socket: Socket, onText: (text: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  let upgraded = false;
  socket.on('data', (chunk: Buffer) => {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!upgraded) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (rest = data);
      upgraded = true;
      data = data.subarray(end + 4);
    }
    let at = 0;
    while (data.length - at >= 2) {
      let size = (data[at + 1] ?? 0) & 0x7f;
      let header = 2;
      if (size === 126) {
        if (data.length - at < 4) break;
        size = data.readUInt16BE(at + 2);
        header = 4;
      } else if (size === 127) {
        if (data.length - at < 10) break;
        size = Number(data.readBigUInt64BE(at + 2));
        header = 10;
      }
      if (data.length - at < header + size) break;
      if (((data[at] ?? 0) & 0x0f) === 1) onText(data.subarray(at + header, at + header + size));
      at += header + size;
    }
    rest = data.subarray(at);
  });
}

function once(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
  });
}
