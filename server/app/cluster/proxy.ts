import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Nodes behind one address. */
export interface ClusterProxy {
  readonly server: Server;
  /** Cuts what is open and stops listening. */
  close(): Promise<void>;
}

/** Name of the cookie that keeps a browser at its node. */
const cookieName = 'sockeye_node';

/** Engine.IO sessions that are remembered for clients without cookies; the oldest are forgotten beyond. */
const maxSessions = 10_000;

/**
 * Shares requests among nodes, each in turn, for development: what nginx does with `server/app/cluster/nginx.conf`.
 * Polling needs all requests of a session at the same node: a cookie or the session's id identifies it. An unreachable
 * node is skipped.
 *
 * @param nodes Origins such as `http://127.0.0.1:3001`; asked anew for every request.
 */
export function createProxy(nodes: () => readonly string[]): ClusterProxy {
  const sessions = new Map<string, string>();
  const open = new Set<Duplex>();
  let turn = 0;

  /** Nodes to try, the one that the request belongs to first. */
  function candidates(request: IncomingMessage): readonly URL[] {
    const all = nodes();
    const { searchParams } = new URL(request.url ?? '/', 'http://proxy');
    const cookie = new RegExp(`(?:^|;\\s*)${cookieName}=(\\d+)`).exec(request.headers.cookie ?? '')?.[1];
    const sticky = sessions.get(searchParams.get('sid') ?? '') ?? (cookie ? all[Number(cookie)] : undefined);
    turn += 1;
    const others = all.map((_, index) => all[(turn + index) % all.length]!);
    return [...new Set(sticky === undefined ? others : [sticky, ...others])].map((node) => new URL(node));
  }

  function forward(
    [request, response]: readonly [IncomingMessage, ServerResponse],
    [node, ...others]: readonly URL[],
  ): void {
    if (node === undefined) return void response.writeHead(502).end('No node is reachable.\n');
    const { method, headers, url } = request;
    const inner = httpRequest(node, { method, headers, path: url }, (answer) => {
      const index = nodes().indexOf(node.origin);
      const cookies = [
        answer.headers['set-cookie'] ?? [],
        `${cookieName}=${index}; Path=/; HttpOnly; SameSite=Lax`,
      ];
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'set-cookie': cookies.flat() });
      const isHandshake = url?.includes('transport=polling') && !url.includes('sid=');
      if (isHandshake) answer.once('data', (chunk: Buffer) => remember(chunk, node.origin));
      answer.pipe(response);
    });
    inner.once('error', () => {
      const canGoElsewhere = !response.headersSent && (request.method === 'GET' || request.method === 'HEAD');
      if (canGoElsewhere) forward([request, response], others);
      else if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    response.once('close', () => inner.destroy());
    request.pipe(inner);
  }

  /** Engine.IO's protocol 4: the first answer of a session is `0{"sid":"..."`. */
  function remember(chunk: Buffer, node: string): void {
    const sid = /^0\{"sid":"([\w-]+)"/.exec(chunk.subarray(0, 100).toString())?.[1];
    if (sid === undefined) return;
    sessions.set(sid, node);
    if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value!);
  }

  function upgrade(
    [request, socket, head]: readonly [IncomingMessage, Duplex, Buffer],
    nodesLeft: readonly URL[],
  ): void {
    const [node, ...others] = nodesLeft;
    if (node === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const inner: Socket = connect(Number(node.port), node.hostname);
    inner.once('error', () =>
      inner.connecting || inner.bytesRead === 0 ? upgrade([request, socket, head], others) : socket.destroy(),
    );
    inner.once('connect', () => {
      const headers = request.rawHeaders.flatMap((text, index, all) =>
        index % 2 ? [] : `${text}: ${all[index + 1]}`,
      );
      inner.write(`${[`${request.method} ${request.url} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
      inner.write(head);
      for (const [from, to] of [
        [socket, inner],
        [inner, socket],
      ] as const) {
        open.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          open.delete(from);
          to.destroy();
        });
      }
    });
  }

  const server = createServer((request, response) => forward([request, response], candidates(request)));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    upgrade([request, socket, head], candidates(request));
  });
  return {
    server,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
