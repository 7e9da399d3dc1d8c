import type { BoardClient } from '../golden/board/out/board.client.gen.ts';
import type {
  BoardContext,
  BoardHandlers,
  BoardServer,
  BoardServerOptions,
} from '../golden/board/out/board.server.gen.ts';

/** A generated client; it exists for the compiler alone. */
export declare const client: BoardClient;

/** A generated server; it exists for the compiler alone. */
export declare const server: BoardServer;

/** Context of a handler whose event declares BOARD_FULL. */
export declare const ctx: BoardContext<'BOARD_FULL'>;

/** Handlers that are right. */
export declare const handlers: BoardHandlers;

/** Options that are right. */
export declare const options: BoardServerOptions;
