import type { IncomingMessage } from 'node:http';

/**
 * Decides which web pages may call the server: its own, and those of the list. The same policy applies to CORS, to
 * Socket.IO's polling, and to WebSockets, which CORS does not cover.
 */
export interface OriginPolicy {
  /** Whether a request may be served. One without an `Origin` does not come from another site's page. */
  readonly allows: (request: Pick<IncomingMessage, 'headers'>) => boolean;
}

/**
 * Creates the policy.
 *
 * A page is the server's own when its origin names the host that the request was sent to. Behind a proxy that ends TLS
 * only the host can be compared, and the proxy has to forward the `Host` header. Tokens are sent in headers and in the
 * handshake, never in cookies, so DNS rebinding gives a page no credentials.
 */
export function originPolicy(allowed: readonly string[]): OriginPolicy {
  const list = new Set(allowed);
  return {
    allows: ({ headers: { origin, host } }) => {
      if (origin === undefined || list.has(origin)) return true;
      return (
        host !== undefined &&
        URL.canParse(origin) &&
        new URL(origin).host === withoutDefaultPort(host, origin)
      );
    },
  };
}

/** Browsers leave 80 and 443 out of an origin, proxies may write them into `Host`. */
function withoutDefaultPort(host: string, origin: string): string {
  const port = origin.startsWith('https:') ? ':443' : ':80';
  const lower = host.toLowerCase();
  return lower.endsWith(port) ? lower.slice(0, -port.length) : lower;
}
