import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { buildDemo, demoNames, type BuiltFiles, type DemoName } from './demo-build.ts';
import { statusPage } from './demo-status-page.ts';

/** The demo applications, each at its name: `/react/`, `/angular/`. */
export interface DemoApps {
  readonly serve: RequestHandler;
  /** Resolves when an application is served, or could not be built. */
  readonly ready: (name: DemoName) => Promise<boolean>;
  /** Ends builds that are under way. */
  readonly stop: () => void;
}

interface ServedFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzip: Buffer | undefined;
}

/** Where an application stands. */
type State =
  | { readonly phase: 'building' }
  | { readonly phase: 'ready'; readonly files: ReadonlyMap<string, ServedFile> }
  | { readonly phase: 'failed'; readonly output: string };

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Builds the applications one after the other in the background, and serves each as soon as it is there. */
export function createDemoApps(log: Logger, build = buildDemo): DemoApps {
  const states = new Map<DemoName, State>(demoNames.map((name) => [name, { phase: 'building' }]));
  const stopped = new AbortController();

  const start = async (name: DemoName): Promise<boolean> => {
    const startedAt = performance.now();
    states.set(name, { phase: 'building' });
    try {
      const files = served(await build(name, stopped.signal));
      states.set(name, { phase: 'ready', files });
      log.info({ name, ms: Math.round(performance.now() - startedAt) }, 'demo application built');
      return true;
    } catch (error) {
      const output = error instanceof Error ? error.message : String(error);
      states.set(name, { phase: 'failed', output });
      if (!stopped.signal.aborted) log.error({ name, output }, 'a demo application could not be built');
      return false;
    }
  };

  let previous: Promise<unknown> = Promise.resolve();
  const builds = new Map<DemoName, Promise<boolean>>();
  for (const name of demoNames) {
    const done = previous.then(() => start(name));
    builds.set(name, done);
    previous = done;
  }

  return {
    serve: (request, response, next) => {
      const [, first, ...rest] = request.path.split('/');
      const name = demoNames.find((each) => each === first);
      const state = name && states.get(name);
      if (!state || !['GET', 'HEAD'].includes(request.method)) return next();
      if (rest.length === 0) return response.redirect(308, `/${name}/`);
      switch (state.phase) {
        case 'building':
          response.set('Retry-After', '1');
          return void answer(response, 503, statusPage(name));
        case 'failed':
          return void answer(response, 500, statusPage(name, state.output));
        case 'ready':
          return sendFile(state.files, rest.join('/'), { request, response });
        default:
          return state satisfies never;
      }
    },
    ready: (name) => builds.get(name) ?? Promise.resolve(false),
    stop: () => stopped.abort(),
  };
}

function served(files: BuiltFiles): ReadonlyMap<string, ServedFile> {
  return new Map(
    [...files].map(([path, body]) => {
      const type = types[extname(path)] ?? 'application/octet-stream';
      return [path, { type, body, gzip: type.includes('octet') ? undefined : gzipSync(body) }];
    }),
  );
}

/** Sends a file; the page itself for every path of the application's own. */
function sendFile(
  files: ReadonlyMap<string, ServedFile>,
  path: string,
  { request, response }: { readonly request: Request; readonly response: Response },
): void {
  const isPage = path === '' || extname(path) === '';
  const file = files.get(isPage ? 'index.html' : path);
  if (!file)
    return void response.status(404).set('Cache-Control', 'no-store').type('text').send('Not found.');
  // A file below `assets` is named after its content.
  const isFixed = path.startsWith('assets/');
  const compressed = file.gzip && request.acceptsEncodings('gzip') ? file.gzip : undefined;
  response.set({
    'Content-Type': file.type,
    'Cache-Control': isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.vary('Accept-Encoding');
  if (compressed) response.set('Content-Encoding', 'gzip');
  response.send(compressed ?? file.body);
}

function answer(response: Response, status: number, html: string): void {
  response.status(status).set({ 'Content-Type': types['.html'], 'Cache-Control': 'no-store' }).send(html);
}
