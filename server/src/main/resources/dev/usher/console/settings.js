// The lines that point an app at this server.
import { byId, copy, element, instance } from './page.js';

const url = location.origin;
const key = instance.publishable_key;
const js = url + instance.clerk_js_url;
const ui = url + instance.clerk_ui_url;

const frameworks = [
  {
    name: 'Express',
    text: `# .env
CLERK_PUBLISHABLE_KEY=${key}
CLERK_SECRET_KEY=sk_test_…  # from the terminal
CLERK_API_URL=${url}
CLERK_PROXY_URL=${url}`,
  },
  {
    name: 'Next.js',
    text: `# .env.local
NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=${key}
CLERK_SECRET_KEY=sk_test_…  # from the terminal
CLERK_API_URL=${url}
NEXT_PUBLIC_CLERK_PROXY_URL=${url}
NEXT_PUBLIC_CLERK_JS_URL=${js}
NEXT_PUBLIC_CLERK_UI_URL=${ui}`,
  },
  {
    name: 'React',
    text: `# .env (Vite)
VITE_CLERK_PUBLISHABLE_KEY=${key}
VITE_CLERK_PROXY_URL=${url}
VITE_CLERK_JS_URL=${js}
VITE_CLERK_UI_URL=${ui}

// main.jsx
<ClerkProvider
  publishableKey={import.meta.env.VITE_CLERK_PUBLISHABLE_KEY}
  proxyUrl={import.meta.env.VITE_CLERK_PROXY_URL}
  __internal_clerkJSUrl={import.meta.env.VITE_CLERK_JS_URL}
  __internal_clerkUIUrl={import.meta.env.VITE_CLERK_UI_URL}>`,
  },
];

/** Draws the tabs and keeps them to the usual keys: arrows move, the chosen one is in the tab order. */
export function showSettings() {
  const tabs = frameworks.map((framework, index) =>
    element(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `settings-tab-${index}`,
        'aria-controls': 'settings-panel',
        click: () => choose(index),
        keydown: (event) => move(event, index),
      },
      framework.name,
    ),
  );

  function choose(index) {
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
    });
    byId('settings-panel').setAttribute('aria-labelledby', tabs[index].id);
    byId('settings-text').textContent = frameworks[index].text;
  }

  function move(event, index) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (index + step + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
  }

  byId('settings-tabs').append(...tabs);
  byId('settings-copy').addEventListener('click', (event) => copy(event.target, byId('settings-text').textContent));
  choose(0);
}
