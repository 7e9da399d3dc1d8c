/** One of the rooms that everyone is in. */
export const roomId = '0123456789abcdef01234567';

/** About 90 bytes, of two hidden classes' worth of variety in its values. */
export function small(index: number) {
  return { roomId, userId: hex(index), x: (index * 37) % 10_000, typing: index % 2 === 0 };
}

/** About 500 bytes; every second one leaves out what is optional. */
export function medium(index: number) {
  return {
    id: hex(index),
    roomId,
    title: `Prepare the quarterly report, part ${index % 97}`,
    ...(index % 2 === 0
      ? { notes: 'Figures are in the shared folder; ask for access when the link fails.' }
      : {}),
    status: (['todo', 'doing', 'done'] as const)[index % 3] ?? 'todo',
    priority: (index % 5) + 1,
    labels: ['finance', 'q3', `team-${index % 7}`],
    assignee: index % 4 === 0 ? null : { id: hex(index + 1), name: 'Ada Lovelace', email: 'ada@example.com' },
    createdAt: '2026-03-01T09:30:00.000Z',
    updatedAt: '2026-03-02T10:00:00.000Z',
    position: { column: index % 4, row: index % 50 },
  };
}

function hex(index: number): string {
  return index.toString(16).padStart(24, 'a');
}
