import type { ServerOptions } from 'socket.io';

/** What {@link recommendedServerOptions} has to be told. */
export interface RecommendedOptions {
  /** Origins that web pages may connect from: `https://app.example.com`. Compared as they are; no wildcards. */
  readonly origins: readonly string[];
  /** Whether clients without an `Origin` header may connect: everything but browsers. Default: true. */
  readonly allowNoOrigin?: boolean;
  /** Largest message, in bytes. Raise it for contracts with larger payloads or binary data. Default: 65,536. */
  readonly maxHttpBufferSize?: number;
}

/**
 * Socket.IO options that are safe in production.
 *
 * One allow-list guards both transports: `cors` the polling one, and `allowRequest` the WebSocket one, which CORS does
 * not cover. Clients have 10 s to name a namespace. Frames are not compressed (perMessageDeflate costs memory for each
 * connection), the client bundle is not served, and Socket.IO's connection state recovery stays off, since it lets
 * connections back in without authentication.
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
