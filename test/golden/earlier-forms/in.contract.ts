import { defineContract, downcast, event, upcast } from '@sockeye/contract';
import * as z from 'zod';

const Task = z.object({ id: z.string(), title: z.string(), tags: z.array(z.string()) }).meta({ id: 'Task' });
const OldTask = z.object({ id: z.string(), name: z.string() });

/** Events that clients of earlier versions still speak in their own form. */
export const tasks = defineContract({
  name: 'tasks',
  version: '1.3.0',
  clientToServer: {
    'task:add': event({
      payload: z.object({ title: z.string(), tags: z.array(z.string()) }),
      ack: Task,
      versions: [
        {
          until: '1.2.0',
          payload: upcast(z.object({ name: z.string() }), ({ name }) => ({ title: name, tags: [] })),
          ack: downcast(OldTask, ({ id, title }: z.output<typeof Task>) => ({ id, name: title })),
        },
        { until: '1.3.0', payload: upcast(z.object({ title: z.string() }), ({ title }) => ({ title, tags: ['old'] })) },
      ],
    }),
  },
  serverToClient: {
    'task:added': event({
      payload: Task,
      versions: [
        {
          until: '1.2.0',
          payload: downcast(OldTask, ({ id, title }: z.output<typeof Task>) => ({ id, name: title })),
        },
      ],
    }),
  },
});
