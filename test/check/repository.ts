import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createProject, type Project } from '../cli/project.ts';

/** A project in a git repository of its own, whose main branch is `main`. */
export interface Repository extends Project {
  git(...args: readonly string[]): Promise<string>;
  /** Commits everything that is there. */
  commit(): Promise<void>;
}

const run = promisify(execFile);

/** Makes a repository of these files; nothing is committed yet. */
export async function createRepository(files: Readonly<Record<string, string>>): Promise<Repository> {
  const project = await createProject(files);
  const repository: Repository = {
    ...project,
    async git(...args) {
      const { stdout } = await run('git', args, { cwd: project.dir, env: environment });
      return stdout.trim();
    },
    async commit() {
      await repository.git('add', '--all');
      await repository.git('commit', '--quiet', '--no-verify', '--message', 'state');
    },
  };
  await repository.git('init', '--quiet', '--initial-branch', 'main');
  return repository;
}

const identity = { NAME: 'Test', EMAIL: 'test@example.org' };

/** Without the settings of whoever runs the tests. */
const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(identity).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  ),
};

/** A contract whose event `note:add` has these fields. */
export const noteContract = (fields: string, version = '1.0.0'): string =>
  `import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';
export const note = defineContract({
  name: 'note',
  version: '${version}',
  clientToServer: {
    'note:add': event({ payload: z.object({ ${fields} }) }),
  },
  serverToClient: {},
});
`;

/** A configuration with more keys, as source text. */
export const noteConfig = (more = ''): string => `import { defineConfig } from '@sockeye/codegen';
export default defineConfig({
  contracts: ['*.contract.ts'],
  outputs: [{ dir: 'out', targets: ['types'] }],
  ${more}
});
`;
