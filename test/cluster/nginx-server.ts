import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/app/cluster/processes.ts';

/** The configuration that users are given. */
export const example = new URL('../../server/app/cluster/nginx.conf', import.meta.url).pathname;

/** nginx in front of some nodes. */
export interface Nginx extends AsyncDisposable {
  readonly url: string;
  /** Reads its configuration anew, with these nodes; connections of the old one live on. */
  reload(ports: readonly number[]): Promise<void>;
}

/** Asks nginx whether a configuration is sound; returns what it says. Throws where it is not. */
export async function judge(program: string, file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-nginx-'));
  try {
    return execFileSync('/bin/sh', ['-c', '"$0" -t -c "$1" -p "$2" 2>&1', program, file, folder], {
      encoding: 'utf8',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts nginx with the example, in which nothing but ports and folders is changed. */
export async function startNginx(program: string, ports: readonly number[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'sockeye-nginx-'));
  // Its workers are another user's where it is started by root.
  await chmod(folder, 0o755);
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  await write(file, folder, { port, nodes: ports });
  const child = spawn(program, ['-c', file, '-p', folder, '-g', 'daemon off;'], { stdio: 'ignore' });
  const gone = once(child, 'exit');
  gone.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([
    answers(url),
    gone.then(([code]) => Promise.reject(new Error(`nginx ended with ${code}`))),
  ]);
  return {
    url,
    reload: async (nodes) => {
      await write(file, folder, { port, nodes });
      child.kill('SIGHUP');
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function write(
  file: string,
  folder: string,
  { port, nodes }: { readonly port: number; readonly nodes: readonly number[] },
): Promise<void> {
  const text = await readFile(example, 'utf8');
  const [first = ''] = text.match(/^ *server 127\.0\.0\.1:3001.*\n/m) ?? [];
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${folder}/${name};\n`,
  );
  const changed = text
    .replace(/^ *server 127\.0\.0\.1:300[23].*\n/gm, '')
    .replace(first, nodes.map((node) => first.replace('3001', String(node))).join(''))
    .replace('listen 8080;', `listen 127.0.0.1:${port};`)
    .replace('http {\n', `http {\n${folders.join('')}`);
  await writeFile(file, changed);
}

/** Resolves when anything answers. */
async function answers(url: string): Promise<void> {
  for (;;) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
