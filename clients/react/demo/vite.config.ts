import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { demoConfig } from '../../demo/vite.ts';

export default defineConfig({ ...demoConfig('react', import.meta.dirname), plugins: [react()] });
