/**
 * What an event with a plain name is called in generated code: `task:created` is `taskCreated`. Tables say the
 * identifier of every event for which generated code has another one, such as `GET_USER`.
 */
export function memberName(event: string): string {
  return event.replace(/[^a-z0-9]+(.)/gi, (_, next: string) => next.toUpperCase());
}
