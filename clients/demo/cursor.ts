import type { CursorPlace } from './generated/collab.types.gen.ts';

/** How often the user's pointer is reported, in milliseconds: 30 times a second. */
export const cursorEveryMs = 1_000 / 30;

/** Where on a board a pointer is, in a form that holds in every layout: the other one may be a phone's. */
export function placeOf(
  board: HTMLElement,
  pointer: Pick<PointerEvent, 'clientX' | 'clientY' | 'target'>,
): CursorPlace {
  const card = pointer.target instanceof Element ? pointer.target.closest<HTMLElement>('[data-task]') : null;
  const { left, top, width, height } = (card ?? board).getBoundingClientRect();
  return {
    taskId: card?.dataset['task'] ?? null,
    x: part(pointer.clientX - left, width),
    y: part(pointer.clientY - top, height),
  };
}

/** Pixels from the upper left corner of a board; undefined where the task is not shown. */
export function pointOf(
  board: HTMLElement,
  { taskId, x, y }: CursorPlace,
): { readonly left: number; readonly top: number } | undefined {
  const anchor =
    taskId === null ? board : board.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId)}"]`);
  if (!anchor) return undefined;
  const from = board.getBoundingClientRect();
  const to = anchor.getBoundingClientRect();
  return {
    left: Math.round(to.left - from.left + x * to.width),
    top: Math.round(to.top - from.top + y * to.height),
  };
}

/** A part of a length, from 0 to 1, in ten-thousandths. */
function part(offset: number, length: number): number {
  const exact = length > 0 ? offset / length : 0;
  return Math.min(1, Math.max(0, Math.round(exact * 10_000) / 10_000));
}
