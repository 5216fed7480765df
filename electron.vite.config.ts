import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Native addons and what they bring stay outside the bundle. */
const external = ['electron', 'better-sqlite3', /^@tensorflow\//, 'webgpu', 'iconv-lite', 'subset-font', /^@fontsource/];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: file('src/main/index.ts'),
          serve: file('src/main/serve-built.ts'),
          trainer: file('src/main/trainer/process.ts'),
          beside: file('src/main/trainer/beside-thread.ts'),
          importer: file('src/main/services/importing/process.ts'),
          backup: file('src/main/services/backups/process.ts'),
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script must be CommonJS.
      rollupOptions: {
        input: { index: file('src/preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: file('out/renderer'),
      emptyOutDir: true,
      minify: true,
      chunkSizeWarningLimit: 1500,
      rollupOptions: { input: file('src/renderer/index.html') },
    },
  },
});
