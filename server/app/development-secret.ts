import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret for development: made once, kept with the data and readable by its owner only, so that a restart does not
 * sign everyone out. `memory` as the folder keeps none.
 */
export function developmentSecret(dataDir: string): string {
  const made = randomBytes(48).toString('base64');
  if (dataDir === 'memory') return made;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'development-secret');
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8');
  }
}
