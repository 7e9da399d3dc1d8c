import 'node:events';
