import { io } from 'socket.io-client';

/**
 * What any Socket.IO client does, in plain JavaScript, with nothing of Sockeye's: names and shapes come from the
 * contract's documentation alone.
 */
export function plainClient(url, auth, options = {}) {
  const socket = io(url, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 10,
    reconnectionDelayMax: 50,
    ...options,
  });
  const frames = [];
  const waiting = new Set();
  socket.onAny((event, ...args) => {
    frames.push({ event, args: args.filter((each) => typeof each !== 'function') });
    for (const look of [...waiting]) look();
  });

  /** Resolves with the arguments of the first such event, past or to come. */
  const first = (event, wanted = () => true) =>
    new Promise((resolve) => {
      const look = () => {
        const found = frames.find((frame) => frame.event === event && wanted(...frame.args));
        if (!found) return;
        waiting.delete(look);
        resolve(found.args);
      };
      waiting.add(look);
      look();
    });

  return {
    socket,
    frames,
    first,
    connected: new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    }),
    ask: (event, payload) => socket.timeout(5_000).emitWithAck(event, payload),
    close: () => socket.close(),
  };
}
