import { createServer as createHttpServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Server } from 'socket.io';
import { onTestFinished } from 'vitest';
import { createProject, type Project } from '../cli/project.ts';
import { root } from '../compilers.ts';
import { start } from '../packages/shell.ts';
import { firstPage } from '../quick-start.ts';

/** A first page of a README under a development server, its contract under `sockeye generate --watch`. */
export interface HotApp {
  readonly url: string;
  readonly project: Project;
  readonly generator: ReturnType<Project['start']>;
  /** Changes a file as somebody who saves it does. */
  readonly edit: (file: string, from: string, to: string) => Promise<void>;
  /** Who is connected on how many connections, and in the room: `Ada`, or `Ada Ada` while there are two. */
  readonly connected: () => string;
  /** Ids of the connections. */
  readonly ids: () => readonly string[];
  /** Tells everyone on the wall of a card. */
  readonly announce: (text: string) => void;
}

/** What is read of the generated server, whose types are not known before it is generated. */
interface Generated {
  readonly createBoardServer: (
    io: Server,
    options: object,
  ) => {
    readonly board: (params: object) => { readonly emit: (event: string, payload: object) => void };
  };
}

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>Board</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;

/** What a template of the framework's command line brings. */
const templates = {
  react: {
    'index.html': page('<div id="root"></div><script type="module" src="/src/main.tsx"></script>'),
    'src/main.tsx': `import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import App from './App.tsx';

createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
`,
  },
  angular: {
    'index.html': page('<app-root></app-root><script type="module" src="/src/main.ts"></script>'),
    'src/main.ts': `import { bootstrapApplication } from '@angular/platform-browser';
import { appConfig } from './app/app.config';
import { App } from './app/app';

bootstrapApplication(App, appConfig).catch(console.error);
`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022', module: 'preserve', moduleResolution: 'bundler', strict: true, experimentalDecorators: true,
        isolatedModules: true, skipLibCheck: true, customConditions: ['@sockeye/source'], allowImportingTsExtensions: true,
        lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'], types: [],
      },
      include: ['src'],
    }), // prettier-ignore
  },
} as const;

/** What is optimized while the page is open makes it reload; so it is named beforehand. */
const packages = {
  react: ['react', 'react-dom', 'react/jsx-dev-runtime', 'react-dom/client', 'socket.io-client'],
  angular: ['@angular/core', '@angular/common', '@angular/platform-browser', 'rxjs', 'socket.io-client'],
} as const;

/** Vite's configuration with `settings`, which are code, on top: that of the README, and what `ng serve` does. */
const configOf = {
  react: (settings: string) => `import { mergeConfig } from 'vite';
import own from './vite.config.ts';

export default mergeConfig(own, ${settings});
`,
  angular: (settings: string) => `import angular from '@analogjs/vite-plugin-angular';

const root = import.meta.dirname;
const transformFilter = (code: string, file: string) => file.startsWith(root) && /@angular\\/core/.test(code);
const plugins = [angular({ liveReload: true, tsconfig: root + '/tsconfig.json', transformFilter })];

export default { ...${settings}, oxc: {}, plugins };
`,
} as const;

/** Starts a development server in a process of its own: under a test runner plugins behave otherwise. Returns its URL. */
async function startVite(folder: string): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('vite/package.json');
  const program = path.join(path.dirname(manifest), 'bin/vite.js');
  const child = start(process.execPath, [program, '--config', 'vite.hot.config.ts'], {
    cwd: folder,
    env: { NO_COLOR: '1' },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  let output = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const url = /Local: +(http\S+)/.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    void ended.then(() => reject(new Error(`Vite ended: ${output}`)));
  });
}

/** Starts the first page of a client's README; all is ended after the test. */
export async function startHotApp(client: 'react' | 'angular'): Promise<HotApp> {
  const files = { ...templates[client], ...firstPage(client) };
  const project = await createProject(files, path.join(root, 'clients', client, '.cache'));
  onTestFinished(() => project[Symbol.asyncDispose]());
  const generator = project.start('generate', '--watch');
  await generator.until('Watching');

  const http = createHttpServer();
  const io = new Server(http);
  onTestFinished(() => io.close());
  const { createBoardServer } = (await import(
    path.join(project.dir, 'generated/server/board.server.gen.ts')
  )) as Generated;
  const card = (text: string) => ({ id: crypto.randomUUID(), text, createdAt: new Date() });
  const board = createBoardServer(io, {
    authenticate: ({ name }: { name: string }) => ({ name }),
    authorize: { board: () => true },
    handlers: {
      'board:join': () => ({ cards: [] }),
      'card:add': ({ text }: { text: string }) => card(text),
    },
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const proxy = { '/socket.io': { target, ws: true } };
  const settings = {
    cacheDir: path.join(project.dir, '.vite'),
    resolve: { conditions: ['@sockeye/source', 'module', 'browser', 'development|production'] },
    optimizeDeps: { include: packages[client], noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root] }, proxy },
  };
  await project.write('vite.hot.config.ts', configOf[client](JSON.stringify(settings)));
  const url = await startVite(project.dir);

  const sockets = () => [...io.of('/').sockets.values()];
  return {
    url,
    project,
    generator,
    edit: async (file, from, to) => {
      const before = await project.read(file);
      if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
      await project.write(file, before.replace(from, to));
    },
    connected: () =>
      sockets()
        .filter(({ rooms }) => rooms.has('board:wall'))
        .map(({ data }) => (data as { identity?: { name: string } }).identity?.name)
        .concat(sockets().length === io.engine.clientsCount ? [] : ['and more'])
        .join(' '),
    ids: () => sockets().map(({ id }) => id),
    announce: (text) =>
      board.board({ boardId: 'wall' }).emit('card:added', { boardId: 'wall', card: card(text) }),
  };
}
