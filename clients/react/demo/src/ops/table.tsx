import type { ReactNode } from 'react';

/** A titled table; wide ones scroll within themselves. */
export function Table({
  title,
  columns,
  children,
}: {
  title: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    <section className="ops-card" aria-label={title}>
      <h3>{title}</h3>
      <div className="ops-table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column || <span className="visually-hidden">Action</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}
