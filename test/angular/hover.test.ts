// @vitest-environment node
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, '../types');

/** One program of one file with what it imports. */
const timeoutMs = 60_000;

it(
  'what an editor shows of an inject function is named types',
  () => {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const project = ts.getParsedCommandLineOfConfigFile(path.join(folder, 'tsconfig.json'), {}, host);
    const file = path.join(folder, 'angular.test-d.ts');
    const program = ts.createProgram([file], project?.options ?? {});
    const checker = program.getTypeChecker();
    const shown: Record<string, string> = {};
    ts.forEachChild(program.getSourceFile(file)!, (node) => {
      if (!ts.isVariableStatement(node)) return;
      for (const { name } of node.declarationList.declarations)
        shown[name.getText()] = checker.typeToString(checker.getTypeAtLocation(name));
    });
    expect(shown).toEqual({
      client: 'Board',
      board: 'RoomRef<BoardBoardState>',
      perhaps: 'RoomRef<BoardBoardState | SkippedRoom>',
      add: 'RequestRef<CardAddPayload, Card, CardAddError>',
      sent: 'Result<Card, CardAddError>',
      notices: 'Observable<NoticeEvent>',
      service: 'BoardSocketService',
    });
  },
  timeoutMs,
);
