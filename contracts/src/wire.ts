/**
 * What client and server share at run time: acknowledgement envelope, error codes, metadata, handshake stamp, room
 * names, and the tables that generated code passes to the runtimes. Does not depend on Zod, Node.js or the DOM, so
 * clients can import it.
 *
 * @module wire
 */
export {
  codes,
  ContractError,
  errorBody,
  type CodeRule,
  type ErrorBody,
  type ErrorExtras,
  type FixedCode,
} from './errors.ts';
export {
  control,
  isCursor,
  type Cursor,
  type Draining,
  type LogStart,
  type Revoked,
  type SyncRequest,
} from './log.ts';
export {
  compareVersions,
  isBehind,
  stampVerdict,
  type ContractStamp,
  type StampVerdict,
} from './handshake.ts';
export { memberName } from './member-name.ts';
export type { PresenceChange, PresenceFrame, PresenceHead } from './presence-frame.ts';
export { roomName, type RoomParams } from './room-name.ts';
export type {
  CastEntry,
  ContractInfo,
  ContractTable,
  EarlierEntry,
  EventEntry,
  LogRule,
  PresenceEntry,
  ProjectionEntry,
  RateRule,
  RoomEntry,
} from './table.ts';
export { INVALID, type Invalid, type Issue, type Validator } from './validator.ts';
export {
  failure,
  success,
  type Ack,
  type ClientMeta,
  type Failure,
  type Result,
  type ServerMeta,
  type Success,
} from './envelope.ts';
