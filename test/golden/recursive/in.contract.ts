import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

const Category = z
  .object({
    name: z.string(),
    get parent() {
      return Category.optional();
    },
    get children() {
      return z.array(Category);
    },
  })
  .meta({ id: 'Category', description: 'A category and those below it.' });

/** Two that contain each other. */
const Folder = z
  .object({
    name: z.string(),
    get entries() {
      return z.array(Entry);
    },
  })
  .meta({ id: 'Folder' });

const File = z.object({ kind: z.literal('file'), size: z.int() });

const Entry: z.ZodType<unknown> = z.lazy(() => z.union([Folder, File])).meta({ id: 'Entry' });

/** A value that is a record of itself: `Record` would be a circular alias. */
const Tree: z.ZodType<unknown> = z
  .lazy(() => z.union([z.string(), z.record(z.enum(['right', 'left']), Tree), z.array(Tree), z.record(z.string(), Tree)]))
  .meta({ id: 'Tree' });

export const recursive = defineContract({
  name: 'recursive',
  version: '1.0.0',
  clientToServer: {
    'category:save': event({ payload: Category, ack: Category }),
    'folder:list': event({ payload: z.object({ root: z.string() }), ack: z.object({ entries: z.array(Entry) }) }),
    'tree:plant': event({ payload: Tree }),
  },
  serverToClient: {
    'category:moved': event({ payload: z.object({ from: Category, to: Category.nullable() }) }),
  },
});
