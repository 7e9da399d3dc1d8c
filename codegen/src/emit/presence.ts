import type { ContractModel } from '../model.ts';
import type { ProjectionModel } from '../projection-model.ts';
import { property } from './declare.ts';
import { print, typeArguments } from './layout.ts';
import { quote, sortedEntries } from './literal.ts';
import { entryType, paramsType } from './names.ts';
import type { SourceFile } from './source-file.ts';

/** Input of the functions that write a server file. */
interface ServerFile {
  readonly model: ContractModel;
  readonly file: SourceFile;
  /** Type of the identity. */
  readonly identity: string;
}

/** The option that maps an identity to the user that others see; none without presence. */
export function presenceOption({ model, file, identity }: ServerFile): string[] {
  const lines = presences(model).map(([name, { room = '' }]) => {
    const types = typeArguments([identity, file.t(paramsType(room)), file.t(entryType(name))]);
    return `    readonly ${print([`${name}: ${file.type('PresentUser')}`, types, ';'], '    ', [13, 0])}
`;
  });
  if (lines.length === 0) return [];
  const summary = 'Returns the user that others see for a connection in the room.';
  return [
    property(
      'readonly presence',
      `{
${lines.join('')}  }`,
      { summary },
    ),
  ];
}

/** The member that reads and changes who is present; none without presence. */
export function presenceMember({ model, file }: ServerFile): string[] {
  const lines = presences(model).map(([name, { room = '', key }]) => {
    const user = file.t(entryType(name));
    const types = typeArguments([user, file.t(paramsType(room)), `${user}[${quote(key)}]`]);
    return `    readonly ${print([`${name}: ${file.type('PresenceTarget')}`, types, ';'], '    ', [13, 0])}
`;
  });
  if (lines.length === 0) return [];
  return [
    property(
      'readonly presence',
      `{
${lines.join('')}  }`,
      { summary: 'Who is in each room.' },
    ),
  ];
}

type Presence = Extract<ProjectionModel, { kind: 'presence' }>;

function presences({ projections = {} }: ContractModel): readonly (readonly [string, Presence])[] {
  return sortedEntries(projections).flatMap(([name, projection]) =>
    projection.kind === 'presence' ? [[name, projection] as const] : [],
  );
}
