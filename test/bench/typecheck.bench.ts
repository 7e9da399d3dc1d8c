import { table } from './statistics.ts';
import type { Style } from './typecheck/consumer.ts';
import { createProject, type Cost, type Form } from './typecheck/measure.ts';
import { syntheticModel } from './typecheck/synthetic-model.ts';

const sizes = [10, 100, 1_000, 3_000];
const styles: readonly Style[] = ['methods', 'answers', 'keys'];
const forms: readonly Form[] = ['declarations', 'source'];

/**
 * What 50 uses of a generated client cost the type checker, by size of the contract. `of the uses` is the difference to
 * a module that uses nothing. Goals: 100 by methods and 1,300 by keys, at any size.
 */
export async function run(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const form of forms) {
    for (const size of sizes) {
      using project = await createProject(syntheticModel(size), form);
      const idle = await project.measure('idle');
      rows.push(row(`${form}, ${size} events, unused`, idle, idle));
      for (const style of styles)
        rows.push(row(`${form}, ${size} events, ${style}`, await project.measure(style), idle));
    }
  }
  console.log(table(['client', 'instantiations', 'of the uses', 'check s', 'total s', 'MB'], rows));
}

function row(name: string, cost: Cost, idle: Cost): (string | number)[] {
  const uses = cost.instantiations - idle.instantiations;
  return [name, cost.instantiations, uses, cost.checkTime, cost.totalTime, Math.round(cost.memory)];
}
