import type { ServerOptions } from 'socket.io';

/** Options of {@link recommendedServerOptions}. */
export interface RecommendedOptions {
  /** Origins that web pages may connect from: `https://app.example.com`. Compared exactly; no wildcards. */
  readonly origins: readonly string[];
  /** Whether clients without an `Origin` header may connect, that is, all but browsers. Default: true. */
  readonly allowNoOrigin?: boolean;
  /** Largest message, in bytes. Raise it for contracts with larger payloads or binary data. Default: 65,536. */
  readonly maxHttpBufferSize?: number;
}

/**
 * Socket.IO options that are safe in production.
 *
 * One allow-list protects both transports: `cors` for polling, and `allowRequest` for WebSocket, which CORS does not
 * cover. Clients have 10 s to connect to a namespace. Frames are not compressed (`perMessageDeflate` costs memory per
 * connection), the client bundle is not served, and Socket.IO's connection state recovery stays off, because it
 * reconnects clients without authentication.
 *
 * @example new Server(http, recommendedServerOptions({ origins: ['https://app.example.com'] }))
 */
export function recommendedServerOptions(options: RecommendedOptions): Partial<ServerOptions> {
  const origins = new Set(options.origins);
  const allowNoOrigin = options.allowNoOrigin ?? true;
  return {
    maxHttpBufferSize: options.maxHttpBufferSize ?? 65_536,
    connectTimeout: 10_000,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    allowEIO3: false,
    cleanupEmptyChildNamespaces: true,
    cors: { origin: [...origins], credentials: true },
    allowRequest: ({ headers: { origin } }, answer) => {
      const allowed = origin === undefined ? allowNoOrigin : origins.has(origin);
      answer(allowed ? null : 'origin not allowed', allowed);
    },
  };
}
