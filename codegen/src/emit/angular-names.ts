import { typeName } from './names.ts';

/** Name of an Angular function: of a room, of a server event, or of the contract followed by a noun. */
export function injectName(name: string, noun = ''): string {
  return `inject${typeName(name)}${noun}`;
}

/** Type of the state of a room: `BoardWorkspaceState`. */
export function stateType(contract: string, room: string): string {
  return `${typeName(contract)}${typeName(room)}State`;
}
