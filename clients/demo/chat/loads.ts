import { success, type LoadContext, type Result } from '@sockeye/client';
import type * as t from '../generated/chat.types.gen.ts';
import type { ChatCalls } from './calls.ts';
import { isDraft } from './messages.ts';

/** Loads of the chat's collections. The messages of a channel come with the answer to its join. */
export interface ChatLoads {
  readonly channels: {
    readonly load: (context: LoadContext) => Promise<Result<readonly t.ChannelSummary[]>>;
  };
  readonly messages: { readonly load: (params: t.ChannelParams) => readonly t.Message[] };
  readonly receipts: { readonly load: (params: t.ChannelParams) => readonly t.Receipt[] };
}

/** Creates the loads of a client. They call the client that uses them. */
export function chatLoads(chat: () => ChatCalls): ChatLoads {
  const joined = (params: t.ChannelParams): t.ChannelJoinAck | undefined =>
    chat().channel(params).status.getSnapshot().data;
  return {
    channels: {
      load: async ({ signal }) => {
        const result = await chat().channelList(undefined, { signal });
        return result.ok ? success(result.data.channels) : result;
      },
    },
    messages: {
      load: (params) => {
        const page = joined(params)?.page.messages ?? [];
        const last = page.at(-1)?.seq ?? 0;
        // The channel may have been joined some time ago: events since then are newer than its page.
        const told = chat().channel(params).messages.getSnapshot().rows;
        return [...page, ...told.filter((row) => !isDraft(row) && row.seq > last)];
      },
    },
    receipts: { load: (params) => joined(params)?.receipts ?? [] },
  };
}
