import { typeName } from './names.ts';

/** Name of an Angular function: of a room, of an event of the server's, or of the contract with a noun after it. */
export function injectName(name: string, noun = ''): string {
  return `inject${typeName(name)}${noun}`;
}

/** Type of the state of a room: `BoardWorkspaceState`. */
export function stateType(contract: string, room: string): string {
  return `${typeName(contract)}${typeName(room)}State`;
}
