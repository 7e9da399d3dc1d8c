import { describe, expect, test } from 'vitest';
import { runGenerate } from '../../codegen/src/command-generate.ts';
import { runUsage } from '../../codegen/src/command-usage.ts';
import { contract, createProject } from './project.ts';
import path from 'node:path';

const files = {
  'contract/package.json': '{ "name": "@acme/contract", "type": "module" }',
  'contract/note.contract.ts': contract('note', `text: z.string().refine((text) => text !== 'x')`),
  'contract/sockeye.config.ts': `import { defineConfig } from '@sockeye/codegen';
export default defineConfig({
  contracts: ['*.contract.ts'],
  lock: 'lock',
  outputs: [
    { dir: '../api/src/generated', targets: ['server'], contractsFrom: '@acme/contract' },
    { dir: '../web/generated', targets: ['client'] },
  ],
});
`,
  'api/package.json': '{ "name": "@acme/api" }',
  'api/src/server.ts': `import { createNoteServer } from './generated/note.server.gen.js';
export const note = createNoteServer(io, { handlers: { 'note:add': ({ text }) => note.all().emit('note:added', { text }) } });
`,
  'web/package.json': '{ "name": "@acme/web" }',
  'web/note.ts': `import { createNoteClient } from './generated/note.client.gen.js';
const client = createNoteClient({});
client.noteAdd({ text: 'Hello' });
client.onNoteAdded(({ text }) => console.log(text));
`,
  'other/package.json': '{ "name": "@acme/other" }',
  'other/chat.ts': `import { io } from 'socket.io-client';
io().emit('note:add', { text: 'raw' });
`,
};

describe('a contract in a package of its own', { timeout: 60_000 }, () => {
  test('is imported from that package where generated code needs it', async () => {
    await using project = await createProject(files);
    expect((await runGenerate({ cwd: path.join(project.dir, 'contract') })).outcome).toBe('ok');
    const server = await project.read('api/src/generated/note.server.gen.ts');
    expect(server).toContain(`import { note } from '@acme/contract';\n`);
  });

  test('is looked for in the packages that have an output, and in no others', async () => {
    await using project = await createProject(files);
    const report = await runUsage({ cwd: path.join(project.dir, 'contract') });
    expect(report).toMatchObject({ outcome: 'ok', findings: [] });
    expect(report.summary).toBe('Analyzed 3 modules.');
  });
});
