import { success, type LoadContext, type Result } from '@sockeye/client';
import type * as t from '../generated/chat.types.gen.ts';
import type { ChatCalls } from './calls.ts';
import { isDraft } from './messages.ts';

/** Where the rows of chat come from: what a channel holds comes with joining it. */
export interface ChatLoads {
  readonly channels: {
    readonly load: (context: LoadContext) => Promise<Result<readonly t.ChannelSummary[]>>;
  };
  readonly messages: { readonly load: (params: t.ChannelParams) => readonly t.Message[] };
  readonly receipts: { readonly load: (params: t.ChannelParams) => readonly t.Receipt[] };
}

/** Makes the loads of a client, which need the client that needs them. */
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
        // The channel may have been joined a while ago: what was told since is newer than its page.
        const told = chat().channel(params).messages.getSnapshot().rows;
        return [...page, ...told.filter((row) => !isDraft(row) && row.seq > last)];
      },
    },
    receipts: { load: (params) => joined(params)?.receipts ?? [] },
  };
}
