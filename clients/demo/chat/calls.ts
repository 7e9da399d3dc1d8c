import type { ClientBase, CollectionStore, Result, RoomBase, Unsubscribe } from '@sockeye/client';
import type * as t from '../generated/chat.types.gen.ts';

/** The part of the generated client of `chat` that is used here. */
export interface ChatCalls extends ClientBase {
  readonly channels: CollectionStore<t.ChannelSummary, string>;
  channel(params: t.ChannelParams): ChannelRoom;
  on(event: 'channel:added', handler: () => void): Unsubscribe;
  messageSend(payload: t.MessageSendPayload): Promise<Result<t.Message>>;
  messageHistory(payload: t.MessageHistoryPayload): Promise<Result<t.Page>>;
  messageDelivered(payload: t.MessageDeliveredPayload): Promise<Result<unknown>>;
  messageRead(payload: t.MessageReadPayload): Promise<Result<unknown>>;
  typingStart(payload: t.TypingStartPayload): boolean;
  typingStop(payload: t.TypingStopPayload): boolean;
  channelList(
    payload?: undefined,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Result<t.ChannelListAck>>;
}

/** The part of the generated room `channel` that is used here. */
export interface ChannelRoom extends RoomBase<t.ChannelParams, t.ChannelJoinAck> {
  readonly messages: CollectionStore<t.Message, string>;
}
