import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A project in a folder of its own, from which the packages of this repository can be imported. */
export interface Project extends AsyncDisposable {
  readonly dir: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  remove(file: string): Promise<void>;
  /** Names of the files of a folder, sorted. */
  list(folder: string): Promise<readonly string[]>;
  /** Runs the command to its end. */
  sockeye(...args: readonly string[]): Promise<Finished>;
  /** Starts the command; disposing of the project ends it. */
  start(...args: readonly string[]): Running;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  /** Resolves when the output, after what was last waited for, has this in it; rejects with the output when it ends before that. */
  until(text: string): Promise<string>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Finished>;
}

/**
 * Makes a project of these files: path to text.
 *
 * @param root Where its folder is made; packages are found from there. Default: below this workspace.
 */
export async function createProject(
  files: Readonly<Record<string, string>>,
  root = path.join(import.meta.dirname, '../.cache'),
): Promise<Project> {
  await mkdir(root, { recursive: true });
  const dir = await mkdtemp(path.join(root, 'cli-'));
  const children: ChildProcess[] = [];
  const project: Project = {
    dir,
    async write(file, text) {
      await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
      await writeFile(path.join(dir, file), text);
    },
    read: (file) => readFile(path.join(dir, file), 'utf8'),
    remove: (file) => rm(path.join(dir, file), { recursive: true }),
    list: async (folder) => (await readdir(path.join(dir, folder))).sort(),
    sockeye: (...args) => finish(launch(dir, args, children)),
    start: (...args) => follow(launch(dir, args, children)),
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL');
      await rm(dir, { recursive: true, force: true });
    },
  };
  for (const [file, text] of Object.entries(files)) await project.write(file, text);
  return project;
}

/** A configuration that generates both targets of all contracts into `out`. */
export const config = `import { defineConfig } from '@sockeye/codegen';
export default defineConfig({
  contracts: ['*.contract.ts'],
  outputs: [{ dir: 'out', targets: ['server', 'client'] }],
});
`;

/** A contract with one event from each side; `fields` are the payload of `note:add`. */
export const contract = (
  name: string,
  fields = 'text: z.string()',
): string => `import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';
export const ${name} = defineContract({
  name: '${name}',
  version: '1.0.0',
  clientToServer: { 'note:add': event({ payload: z.object({ ${fields} }) }) },
  serverToClient: { 'note:added': event({ payload: z.object({ text: z.string() }) }) },
});
`;

const cli = path.join(import.meta.dirname, '../../codegen/src/cli.ts');
const tsx = fileURLToPath(import.meta.resolve('tsx'));

function launch(cwd: string, args: readonly string[], children: ChildProcess[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', `file://${tsx}`, '--conditions=@sockeye/source', cli, ...args],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  children.push(child);
  return child;
}

function finish(child: ChildProcess): Promise<Finished> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
}

function follow(child: ChildProcess): Running {
  let unread = '';
  let ended = false;
  let notify = (): void => undefined;
  const take = (chunk: string): void => {
    unread += chunk;
    notify();
  };
  const finished = finish(child);
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  void finished.then(() => {
    ended = true;
    notify();
  });
  return {
    async until(text) {
      for (;;) {
        const at = unread.indexOf(text);
        if (at !== -1) {
          const end = at + text.length;
          const read = unread.slice(0, end);
          unread = unread.slice(end);
          return read;
        }
        if (ended) throw new Error(`The command ended without "${text}". It said:\n${unread}`);
        await new Promise<void>((resolve) => (notify = resolve));
      }
    },
    stop(signal) {
      child.kill(signal);
      return finished;
    },
  };
}
