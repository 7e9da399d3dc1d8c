/**
 * React hooks for generated clients. The client owns all state; hooks hold leases while a component is mounted, and
 * return the state. Components use the generated hooks, which are named after their contract.
 *
 * @module react
 */
export { skipToken, type SkipToken } from './skip-token.ts';
export { useStore, type StoreValue } from './use-store.ts';
export type { ProviderProps } from './define-react.ts';
export type { RequestState, SendArguments } from '@sockeye/client';
export type { RequestView } from './use-request.ts';
export type { RoomView, SkippedRoom } from './use-seat.ts';
