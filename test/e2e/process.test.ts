import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
// @ts-expect-error: plain JavaScript, as somebody without our types would write it.
import { plainClient } from './plain-client.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A process starts slowly on a busy machine. */
const patienceMs = 60_000;

interface Running {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Resolves as soon as the output matches. */
  readonly said: (wanted: RegExp) => Promise<RegExpMatchArray>;
  readonly ended: Promise<number | null>;
}

/** Starts the reference server as a process of its own; it is killed after the test. */
function run(environment: Record<string, string>): Running {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@sockeye/source', 'server/app/main.ts'],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of [...watchers]) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const said = (wanted: RegExp): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = output.match(wanted);
        if (match) resolve(match);
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${String(wanted)}:\n${output}`)));
    });
  return { process: child, output: () => output, said, ended };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'sockeye-app-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function post<Body>(url: string, body: object, token?: string): Promise<Body> {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  return (await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Body;
}

describe('the process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'prints where it is and who may sign in, and ends well on %s',
    async (signal) => {
      const server = run({ DATA_DIR: 'memory' });
      const [, url = ''] = await server.said(/reference server: (http:\S+)/);
      await server.said(/Sign in as alice, bob, carol; the password is sockeye-demo/);
      const { accessToken } = await post<{ accessToken: string }>(`${url}/auth/login`, {
        username: 'alice',
        password: 'sockeye-demo',
      });
      const client = plainClient(url, { token: accessToken }, { reconnection: false });
      await client.connected;
      const cut = new Promise((resolve) => client.socket.once('disconnect', resolve));
      server.process.kill(signal);
      expect(await client.first('announcement')).toMatchObject([{ level: 'warning' }]);
      await cut;
      expect(await server.ended).toBe(0);
      expect(server.output()).not.toContain(accessToken);
      expect(server.output()).not.toContain('sockeye-demo"');
    },
    patienceMs,
  );

  test(
    'waits for a request that is under way, and a second signal does not',
    async () => {
      const server = run({ DATA_DIR: 'memory' });
      const [, port = ''] = await server.said(/reference server: http:.*:(\d+)/);
      const half = connect(Number(port), '127.0.0.1');
      onTestFinished(() => void half.destroy());
      await once(half, 'connect');
      half.write(
        'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      );
      // Answered behind it: the half of a request has arrived by then.
      await fetch(`http://127.0.0.1:${port}/health`);
      server.process.kill('SIGTERM');
      await server.said(/"stopping"/);
      server.process.kill('SIGTERM');
      expect(await server.ended).toBe(1);
      expect(server.output()).not.toContain('"stopped"');
    },
    patienceMs,
  );

  test(
    'keeps tasks, sessions and its development secret across a restart',
    async () => {
      const dataDir = await folder();
      const first = run({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
      const [, one = ''] = await first.said(/reference server: (http:\S+)/);
      const login = { username: 'alice', password: 'sockeye-demo' };
      const { accessToken } = await post<{ accessToken: string }>(`${one}/auth/login`, login);
      await post(`${one}/workspaces/ws_design/tasks`, { title: 'Outlive the process' }, accessToken);
      first.process.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      const second = run({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
      const [, two = ''] = await second.said(/reference server: (http:\S+)/);
      const answer = await fetch(`${two}/workspaces/ws_design/tasks`, {
        headers: { Authorization: `Bearer ${accessToken}` },
      });
      const { tasks } = (await answer.json()) as { tasks: { title: string }[] };
      expect(tasks.filter(({ title }) => title === 'Outlive the process')).toHaveLength(1);
      expect(tasks).toHaveLength(6);
      const secret = join(dataDir, 'development-secret');
      expect((await stat(secret)).mode & 0o077).toBe(0);
      expect((await readFile(secret, 'utf8')).length).toBeGreaterThanOrEqual(32);
    },
    patienceMs,
  );

  test(
    'says what is wrong with its environment and ends with 2',
    async () => {
      const server = run({ NODE_ENV: 'production', PORT: 'http' });
      expect(await server.ended).toBe(2);
      expect(server.output()).toContain('PORT must be a whole number from 0 to 65535');
      expect(server.output()).toContain('JWT_SECRET must be set in production');
    },
    patienceMs,
  );

  test(
    'says that its port is taken and ends with 1',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      onTestFinished(() => void other.close());
      await once(other, 'listening');
      const server = run({ DATA_DIR: 'memory', PORT: String((other.address() as AddressInfo).port) });
      expect(await server.ended).toBe(1);
      expect(server.output()).toContain('The port is already in use. Set PORT to another one.');
    },
    patienceMs,
  );
});
