// How the console is built. The pages are served under `default-src 'none'; script-src 'self'; style-src 'self'`, so nothing may
// end up inline: no data: URLs, no preload polyfill in the page.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    manifest: 'manifest.json',
    rollupOptions: {
      onwarn: (warning, warn) => {
        // The kit marks its files for servers that render React; there is none here, and hundreds of such lines hide real ones.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { proxy: { '/api': process.env['CHILANG_CENTRAL'] ?? 'http://127.0.0.1:8080' } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], maxWorkers: 1, minWorkers: 1 },
});
