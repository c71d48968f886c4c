import { ClerkProvider } from '@clerk/react';
import { createRoot } from 'react-dom/client';
import { App } from './app.jsx';

const env = import.meta.env;

createRoot(document.getElementById('root')).render(
  <ClerkProvider
    publishableKey={env.VITE_CLERK_PUBLISHABLE_KEY}
    proxyUrl={env.VITE_CLERK_PROXY_URL}
    __internal_clerkJSUrl={env.VITE_CLERK_JS_URL}
    __internal_clerkUIUrl={env.VITE_CLERK_UI_URL}
    telemetry={false}
  >
    <App />
  </ClerkProvider>,
);
