import { date, defineContract, event, raw } from '@sockeye/contract';
import * as z from 'zod';

const Message = z.object({ text: z.string(), at: date() }).meta({ id: 'Message' });

/** An existing wire: positional arguments, acknowledgements without an envelope. */
export const legacy = defineContract({
  name: 'legacy',
  version: '1.0.0',
  errors: {},
  clientToServer: {
    'add-user': event({ args: [z.string()] }),
    login: event({
      summary: 'Sign in with a name and a password.',
      args: [z.string(), z.string().optional()],
      ack: raw([z.string().nullable(), z.object({ token: z.string() }).optional()], {
        failure: (error) => [error.message],
      }),
    }),
    'new-message': event({ args: [z.string(), Message], ack: raw(z.enum(['ok', 'failed']), { failure: () => 'failed' }) }),
    stats: event({ ack: raw(z.object({ users: z.int() })) }),
    stop_typing: event({}),
  },
  serverToClient: {
    'are-you-there': event({ ack: raw(z.boolean()) }),
    'new-message': event({ args: [z.string(), Message] }),
    pick_one: event({ args: [z.array(z.string())], ack: raw([z.string().nullable(), z.int().optional()]) }),
    user_joined: event({ payload: z.object({ username: z.string(), numUsers: z.int() }) }),
    stop_typing: event({}),
  },
});
