import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import expressiveCode from 'astro-expressive-code';
import { codeThemes } from './site/styles/code-theme.ts';

// Feeds, the sitemap and share images need absolute addresses. A build for
// the reader's own machine has no better one than its own.
const site = process.env.SITE_URL ?? 'http://127.0.0.1:4321';

export default defineConfig({
  site,
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist',
  output: 'static',
  trailingSlash: 'always',
  // Lossless: a line break between two words in a template stays a space.
  compressHTML: true,
  // Prefetching would fetch pages that nobody asked for; the site is fast
  // without it, and a crash figure should not race a prefetch.
  prefetch: false,
  devToolbar: { enabled: false },
  integrations: [
    expressiveCode({
      themes: codeThemes(),
      // The themes are called 'light' and 'dark': Expressive Code then follows
      // the same `data-theme` attribute and media query as the tokens.
      useDarkModeMediaQuery: true,
      minSyntaxHighlightingColorContrast: 0,
      defaultProps: { wrap: true, preserveIndent: true },
      // Our own frame says which file and symbol an excerpt comes from.
      frames: false,
      styleOverrides: {
        borderWidth: 'var(--line-hair)',
        borderColor: 'var(--rule)',
        borderRadius: 'var(--radius)',
        codeBackground: 'var(--code-ground)',
        codeFontFamily: 'var(--font-mono)',
        codeFontSize: 'var(--text-code)',
        codeLineHeight: '1.55',
        codePaddingBlock: 'var(--space-3)',
        codePaddingInline: 'var(--space-2)',
        codeForeground: 'var(--code-text)',
        codeSelectionBackground: 'var(--selection)',
        uiFontFamily: 'var(--font-sans)',
        focusBorder: 'var(--ink)',
      },
    }),
    mdx(),
    preact(),
    sitemap({ filter: (page) => !page.endsWith('/404/') }),
  ],
  vite: {
    build: {
      // The first browsers with `light-dark()`, so that it is left as written.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      rolldownOptions: {
        onLog(level, log, report) {
          // Astro's own marker at the top of each post; nothing to act on.
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
    worker: { format: 'es' },
    optimizeDeps: {
      include: ['crc-32', 'lz-string', 'preact', '@preact/signals'],
    },
  },
});
