import { z } from 'zod/v3';

/** The schemas of an application that has not moved to Zod 4 yet. */
export const RoomName = z.string().min(1).max(40);
export const Nick = z.string().min(1).max(20);
export const Text = z
  .string()
  .max(500)
  .refine((text) => text.trim() !== '', 'nothing but spaces');
export const Said = z.object({
  id: z.number().int().positive(),
  nick: Nick,
  text: Text,
  tags: z.array(z.string().max(20)),
  reply: z.number().int().nullable().optional(),
});
export const Who = z.object({ nick: Nick.nullable(), rooms: z.array(RoomName) });
