import { defineContract, downcast, event, upcast } from '@sockeye/contract';
import * as z from 'zod';

const Note = z.object({ title: z.string(), tags: z.array(z.string()) });
const Old = z.object({ name: z.string() });
const incomplete = upcast(Old, ({ name }) => ({ title: name }));
const raised = upcast(Old, ({ name }) => ({ title: name, tags: [] }));
const foreign = downcast(Old, ({ subject }: { subject: string }) => ({ name: subject }));
export const unlike = downcast(Old, ({ title }: { title: string }) => ({ title })); // expect: TS2345

export const contract = defineContract({
  name: 'x',
  version: '1.1.0',
  clientToServer: {
    right: event({ payload: Note, versions: [{ until: '1.1.0', payload: raised }] }),
    makes: event({ payload: Note, versions: [{ until: '1.1.0', payload: incomplete }] }), // expect: TS2322
    wrongWay: event({ payload: Note, ack: Note, versions: [{ until: '1.1.0', ack: raised }] }), // expect: TS2322
  },
  serverToClient: {
    expects: event({ payload: Note, versions: [{ until: '1.1.0', payload: foreign }] }), // expect: TS2322
  },
});
