/**
 * The search page's behaviour. The index is fetched when the field is first
 * used, in pieces, so the page costs nothing until then.
 */
type Found = { data: () => Promise<FoundPage> };

type FoundPage = {
  url: string;
  excerpt: string;
  meta: { title?: string };
};

type Pagefind = {
  init: () => Promise<void>;
  debouncedSearch: (query: string) => Promise<{ results: Found[] } | null>;
};

const RESULTS_MAX = 12;

/** Wires the search form of this page. Requires the form to be there. */
export function startSearch(): void {
  const input = find<HTMLInputElement>('#query');
  const status = find<HTMLElement>('[data-status]');
  const list = find<HTMLElement>('[data-results]');
  let pagefind: Promise<Pagefind> | undefined;
  const load = () => {
    pagefind ??= loadPagefind();
    return pagefind;
  };

  async function search(): Promise<void> {
    const query = input.value.trim();
    keepInAddress(query);
    if (query === '') {
      list.replaceChildren();
      status.textContent = '';
      return;
    }
    try {
      const answer = await (await load()).debouncedSearch(query);
      // A newer query is under way; its answer will come.
      if (answer === null) return;
      const pages = await Promise.all(
        answer.results.slice(0, RESULTS_MAX).map((result) => result.data()),
      );
      list.replaceChildren(...pages.map(resultItem));
      status.textContent = countText(answer.results.length, query);
    } catch {
      pagefind = undefined;
      status.textContent =
        'The search index is not here. It is made by a full build of the site.';
    }
  }

  input.addEventListener('focus', () => void load().catch(() => {}), {
    once: true,
  });
  input.addEventListener('input', () => void search());
  input.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    void search();
  });
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  if (input.value !== '') void search();
  else input.focus({ preventScroll: true });
}

async function loadPagefind(): Promise<Pagefind> {
  // Made after the build, so the bundler must not look for it.
  const address = '/pagefind/pagefind.js';
  const pagefind: Pagefind = await import(/* @vite-ignore */ address);
  await pagefind.init();
  return pagefind;
}

function find<T extends Element>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in this page`);
  return element;
}

function keepInAddress(query: string): void {
  const url = new URL(location.href);
  if (query === '') url.searchParams.delete('q');
  else url.searchParams.set('q', query);
  history.replaceState(null, '', url);
}

function countText(count: number, query: string): string {
  if (count === 0) return `Nothing about “${query}”.`;
  const pages = count === 1 ? '1 page' : `${count} pages`;
  return count > RESULTS_MAX
    ? `${pages}, the best ${RESULTS_MAX} below.`
    : `${pages}.`;
}

function resultItem(page: FoundPage): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = page.url;
  link.textContent = page.meta.title ?? page.url;
  const excerpt = document.createElement('p');
  // Pagefind escapes the page's text and adds nothing but <mark>.
  excerpt.innerHTML = page.excerpt;
  item.append(link, excerpt);
  return item;
}
