import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './compilers.ts';

/** Files that a README tells its reader to write, by the path that it gives them. */
export function filesOf(readme: string): Readonly<Record<string, string>> {
  const text = readFileSync(path.join(root, readme), 'utf8');
  const blocks = text.matchAll(/```[a-z]+ file=(\S+)\n([\s\S]*?)```/g);
  return Object.fromEntries([...blocks].map(([, file = '', content = '']) => [file, content]));
}

/** The first page of a client's README, with the contract and the server of the root README. */
export function firstPage(client: 'react' | 'angular'): Readonly<Record<string, string>> {
  const { 'board.contract.ts': contract = '', 'server.ts': server = '' } = filesOf('README.md');
  const files = filesOf(`clients/${client}/README.md`);
  return { 'board.contract.ts': contract, 'server.ts': server, ...files };
}
