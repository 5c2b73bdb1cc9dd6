import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // electron-vite would aim at Electron 45's Node 24; the tests' stand-in runtime has Node 20.
      target: 'node20',
      lib: { entry: 'main/index.ts' },
      rolldownOptions: { output: { format: 'es' } },
      sourcemap: true,
      reportCompressedSize: false,
    },
  },
  // A sandboxed preload must be one CommonJS file with nothing left to require but electron.
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      lib: { entry: 'preload/index.ts', formats: ['cjs'] },
      externalizeDeps: false,
      reportCompressedSize: false,
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      target: 'chrome130',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
})
