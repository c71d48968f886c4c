package dev.usher.app;

import dev.usher.instance.Instance;

/** What a developer needs after the start of a development instance, on one screen. */
final class DevBanner {
    private DevBanner() {}

    static void print(Server server, String url) {
        Instance instance = server.instances().instance();
        System.out.print("""

                Usher %1$s is ready, for development, signing by %5$s

                  Sign in        %2$s/
                  Inbox (codes)  %2$s/_usher/inbox

                  Publishable key  %3$s
                  Secret key       %4$s

                Express (.env)
                  CLERK_PUBLISHABLE_KEY=%3$s
                  CLERK_SECRET_KEY=%4$s
                  CLERK_API_URL=%2$s
                  CLERK_PROXY_URL=%2$s

                Next.js (.env.local)
                  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=%3$s
                  CLERK_SECRET_KEY=%4$s
                  CLERK_API_URL=%2$s
                  NEXT_PUBLIC_CLERK_PROXY_URL=%2$s
                  NEXT_PUBLIC_CLERK_JS_URL=%2$s/npm/@clerk/clerk-js@6/dist/clerk.browser.js
                  NEXT_PUBLIC_CLERK_UI_URL=%2$s/npm/@clerk/ui@1/dist/ui.browser.js

                React with Vite (.env): <ClerkProvider publishableKey proxyUrl __internal_clerkJSUrl __internal_clerkUIUrl>
                  VITE_CLERK_PUBLISHABLE_KEY=%3$s
                  VITE_CLERK_PROXY_URL=%2$s
                  VITE_CLERK_JS_URL=%2$s/npm/@clerk/clerk-js@6/dist/clerk.browser.js
                  VITE_CLERK_UI_URL=%2$s/npm/@clerk/ui@1/dist/ui.browser.js

                """.formatted(
                        Version.text(),
                        url,
                        instance.publishableKey(),
                        server.instances().secretKey().reveal(),
                        server.keys().providerName()));
        System.out.flush();
    }
}
