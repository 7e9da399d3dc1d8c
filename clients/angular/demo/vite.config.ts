import angular from '@analogjs/vite-plugin-angular';
import path from 'node:path';
import { defineConfig } from 'vite';
import { demoConfig } from '../../demo/vite.ts';

const root = import.meta.dirname;

export default defineConfig({
  ...demoConfig('angular', root),
  // The plugin switches it off; it is what takes the types out of everything that the plugin leaves alone.
  oxc: {},
  plugins: [
    angular({
      liveReload: true,
      tsconfig: path.join(root, 'tsconfig.json'),
      // Nothing else is decorated: what the packages and the generated files are made of is plain TypeScript.
      transformFilter: (code, file) => file.startsWith(root) && /@angular\/core/.test(code),
    }),
  ],
});
