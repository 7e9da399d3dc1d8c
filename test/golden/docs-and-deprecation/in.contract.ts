import { defineContract, event, errorOf, room } from '@sockeye/contract';
import * as z from 'zod';

const Note = z
  .object({
    text: z.string().describe('What it says.\n\nSeveral paragraphs */ and the end of a comment.'),
    colour: z.string().meta({ title: 'Colour', description: 'A CSS colour.', deprecated: true, examples: ['red', '*/'] }).optional(),
    kind: z.string().meta({ deprecated: true }).default('plain'),
    size: z.number().meta({ title: 'Size' }),
  })
  .meta({ id: 'Note', title: 'Note', description: 'A note.', examples: [{ text: 'hi', size: 1 }] });

/** Everything that a contract can say to a reader. */
export const docs = defineContract({
  name: 'docs',
  version: '1.0.0',
  summary: 'Notes.',
  auth: z.object({ token: z.string().describe('Access token.') }),
  identity: z.object({ id: z.string().describe('Who it is.') }),
  rooms: {
    notebook: room({ notebookId: z.string().describe('Which one.') }, { summary: 'Everyone who reads a notebook.' }),
  },
  errors: {
    NOTE_GONE: errorOf(undefined, { summary: 'Someone removed the note.', retryable: true }),
    RATE_LIMITED: errorOf(z.object({ limit: z.int().describe('Calls per minute.') }), { summary: 'Slow down.' }),
  },
  clientToServer: {
    'notebook:open': event({
      summary: 'Open a notebook.',
      description: 'Its notes follow as events.\n\nOpening it again does no harm.',
      payload: z.object({ notebookId: z.string() }),
      examples: [{ notebookId: 'n1' }, { notebookId: 'n2' }],
      joins: 'notebook',
      errors: ['NOTE_GONE', 'RATE_LIMITED'],
    }),
    'note:add': event({
      description: 'Only a description.',
      deprecated: 'Use `note:put`.',
      payload: Note,
      ack: z.object({ id: z.string().describe('Of the note.') }).describe('What was stored.'),
      errors: ['RATE_LIMITED'],
    }),
    'note:drop': event({ deprecated: true }),
  },
  serverToClient: {
    'note:added': event({
      summary: 'A note was added.',
      payload: z.object({ note: Note.describe('The new one.') }),
      room: 'notebook',
      deprecated: 'Use `note:put`.',
    }),
  },
});
