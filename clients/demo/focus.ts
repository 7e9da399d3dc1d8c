let kept: { readonly taskId: string; readonly control: string } | undefined;

/** Remembers which control of a task has the focus, before the task moves to another place on the page. */
export function keepFocus(taskId: string): void {
  const control = document.activeElement?.getAttribute('data-focus');
  kept = control ? { taskId, control } : undefined;
}

/** Gives the focus to the same control of the task's new element, if it was remembered. */
export function takeFocus(taskId: string, element: HTMLElement | null): void {
  if (kept?.taskId !== taskId) return;
  element?.querySelector<HTMLElement>(`[data-focus="${kept.control}"]`)?.focus();
  kept = undefined;
}
