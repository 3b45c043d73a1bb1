import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page has to work under `script-src 'self'; style-src 'self'; font-src 'self'; trusted-types 'none'`, so nothing is
 * written into the HTML and no asset becomes a data: address.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [{ ...optimizeLocales.vite({ locales: ['ja-JP', 'en-US'] }), enforce: 'pre' }, react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome120', 'edge120', 'firefox121', 'safari17'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
