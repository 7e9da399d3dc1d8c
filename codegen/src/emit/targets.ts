import { emitAngular } from './angular.ts';
import { emitClient } from './client.ts';
import type { EmitContext, EmitOptions } from './source-file.ts';
import { emitReact } from './react.ts';
import { emitServer } from './server.ts';
import { emitTypes } from './types.ts';
import { emitValidators } from './validators/index.ts';

/** Names of targets. */
export type TargetName = 'types' | 'validators' | 'server' | 'client' | 'react' | 'angular';

/** One kind of generated file. */
export interface Target {
  readonly name: TargetName;
  /** Targets that its file imports, generated into the same folder. */
  readonly needs: (options: EmitOptions) => readonly TargetName[];
  readonly fileName: (contract: string) => string;
  readonly emit: (context: EmitContext) => string;
}

/** Every target. A new one is a row here and a file beside this one. */
export const targets: readonly Target[] = [
  { name: 'types', needs: () => [], fileName: (contract) => `${contract}.types.gen.ts`, emit: emitTypes },
  {
    name: 'validators',
    needs: () => ['types'],
    fileName: (contract) => `${contract}.validators.gen.ts`,
    emit: emitValidators,
  },
  {
    name: 'server',
    needs: ({ validators }) => (validators === 'zod' ? ['types'] : ['types', 'validators']),
    fileName: (contract) => `${contract}.server.gen.ts`,
    emit: emitServer,
  },
  {
    name: 'client',
    needs: () => ['types', 'validators'],
    fileName: (contract) => `${contract}.client.gen.ts`,
    emit: emitClient,
  },
  {
    name: 'react',
    needs: () => ['client'],
    fileName: (contract) => `${contract}.react.gen.ts`,
    emit: emitReact,
  },
  {
    name: 'angular',
    needs: () => ['client'],
    fileName: (contract) => `${contract}.angular.gen.ts`,
    emit: emitAngular,
  },
];
