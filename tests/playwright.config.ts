import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  outputDir: '../out/test-results',
  globalSetup: './support/globalSetup.ts',
  // A test of two people runs two whole apps, each with a camera and an ffmpeg.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../out/test-results.json' }]],
})
