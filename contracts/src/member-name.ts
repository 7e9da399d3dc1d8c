/**
 * The identifier of an event in generated code: `taskCreated` for `task:created`. If generated code uses another one,
 * as for `GET_USER`, the table contains it.
 */
export function memberName(event: string): string {
  return event.replace(/[^a-z0-9]+(.)/gi, (_, next: string) => next.toUpperCase());
}
