import type { ContractTable, RoomEntry, RoomParams } from '@sockeye/contract/wire';
import { paramsOfRoom } from '../presence/room.ts';

/** Which room of a contract a name is of. */
export interface Place {
  /** Name of the room in the contract. */
  readonly kind: string;
  readonly params: RoomParams;
  readonly entry: RoomEntry;
}

/** Reads a room's name; undefined where it is none of the contract's. */
export function placeOf({ rooms }: ContractTable, name: string): Place | undefined {
  for (const [kind, entry] of Object.entries(rooms)) {
    const params = name === kind && entry.params.length === 0 ? {} : paramsOfRoom(name, kind, entry);
    if (params !== undefined) return { kind, params, entry };
  }
  return undefined;
}
