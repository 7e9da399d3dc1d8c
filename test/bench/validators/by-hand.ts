/**
 * The best code that a person would write for the same schemas: straight, with expressions unrolled, counting UTF-16
 * units as hand-written code does. It returns a stripped copy, or `undefined`.
 *
 * @module by-hand
 */
const objectId =
  /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/;
const uuid =
  /^(?:[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]-[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]-[1-8][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]-[89abAB][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]-[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
const email =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z][A-Za-z]+$/;
const datetime =
  /^(?:\d\d\d\d-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

type Fields = Readonly<Record<string, unknown>>;

/** {@link Small} by hand. */
export function small(value: unknown): object | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { workspaceId, taskId, typing } = value as Fields;
  if (typeof workspaceId !== 'string' || !objectId.test(workspaceId)) return undefined;
  if (typeof taskId !== 'string' || !uuid.test(taskId)) return undefined;
  if (typeof typing !== 'boolean') return undefined;
  return { workspaceId, taskId, typing };
}

/** {@link Medium} by hand. */
export function medium(value: unknown): object | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const o = value as Fields;
  const { id, workspaceId, title, description, status, priority } = o;
  if (typeof id !== 'string' || !uuid.test(id)) return undefined;
  if (typeof workspaceId !== 'string' || !objectId.test(workspaceId)) return undefined;
  if (typeof title !== 'string' || title.length < 1 || title.length > 200) return undefined;
  if (description !== undefined && (typeof description !== 'string' || description.length > 5_000))
    return undefined;
  if (status !== 'todo' && status !== 'doing' && status !== 'review' && status !== 'done') return undefined;
  if (typeof priority !== 'number' || !Number.isSafeInteger(priority) || priority < 0 || priority > 5)
    return undefined;
  const { estimate, labels, assignee, archived, createdAt, updatedAt } = o;
  if (estimate !== undefined && (typeof estimate !== 'number' || !Number.isFinite(estimate) || estimate < 0))
    return undefined;
  if (!Array.isArray(labels) || labels.length > 20) return undefined;
  const copies: string[] = new Array<string>(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label: unknown = labels[i];
    if (typeof label !== 'string' || label.length < 1 || label.length > 30) return undefined;
    copies[i] = label;
  }
  let person: object | null = null;
  if (assignee !== null) {
    if (typeof assignee !== 'object' || Array.isArray(assignee)) return undefined;
    const { id: personId, name, email: address } = assignee as Fields;
    if (typeof personId !== 'string' || !objectId.test(personId)) return undefined;
    if (typeof name !== 'string' || name.length < 1 || name.length > 80) return undefined;
    if (typeof address !== 'string' || !email.test(address)) return undefined;
    person = { id: personId, name, email: address };
  }
  if (typeof archived !== 'boolean') return undefined;
  if (typeof createdAt !== 'string' || !datetime.test(createdAt)) return undefined;
  if (typeof updatedAt !== 'string' || !datetime.test(updatedAt)) return undefined;
  if (description !== undefined) {
    return estimate !== undefined
      ? {
          id,
          workspaceId,
          title,
          description,
          status,
          priority,
          estimate,
          labels: copies,
          assignee: person,
          archived,
          createdAt,
          updatedAt,
        }
      : {
          id,
          workspaceId,
          title,
          description,
          status,
          priority,
          labels: copies,
          assignee: person,
          archived,
          createdAt,
          updatedAt,
        };
  }
  return estimate !== undefined
    ? {
        id,
        workspaceId,
        title,
        status,
        priority,
        estimate,
        labels: copies,
        assignee: person,
        archived,
        createdAt,
        updatedAt,
      }
    : {
        id,
        workspaceId,
        title,
        status,
        priority,
        labels: copies,
        assignee: person,
        archived,
        createdAt,
        updatedAt,
      };
}

/** {@link Large} by hand. */
export function large(value: unknown): object | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { tasks } = value as Fields;
  if (!Array.isArray(tasks) || tasks.length > 10_000) return undefined;
  const copies: object[] = new Array<object>(tasks.length);
  for (let i = 0; i < tasks.length; i++) {
    const copy = medium(tasks[i]);
    if (copy === undefined) return undefined;
    copies[i] = copy;
  }
  return { tasks: copies };
}
