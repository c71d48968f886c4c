package dev.usher.doctor;

import java.util.Locale;

/** Everything that the doctor can find: what it means and how it is mended, in plain words and without a word of the request. */
public enum Fault {
    ENV_FILE_MISSING(
            "There is no such file, so that the app has no keys.",
            "Name the app's file with --env-file, or write one with the lines that Usher prints when it starts."),
    ENV_FILE_ENCODING(
            "Apps read these files as UTF-8. The first variable, or all of them, is not found otherwise.",
            "Save the file as UTF-8 without a byte order mark."),
    VARIABLE_TWICE(
            "A variable stands twice with different values, and the last one wins, which may be the old one.",
            "Delete the line that is not meant."),
    VALUE_WITH_BLANKS(
            "A value has blanks, quotes or a line end inside. SDKs use it as it is, and nothing fits.",
            "Copy the value again, without blanks and without typographic quotes."),
    PUBLISHABLE_KEY_MISSING(
            "Without a publishable key SDKs do not start.",
            "Set CLERK_PUBLISHABLE_KEY (Next.js: NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY; Vite: VITE_CLERK_PUBLISHABLE_KEY)."),
    PUBLISHABLE_KEY_MALFORMED(
            "A publishable key is pk_test_ or pk_live_ and a host name in base64 that ends in $. SDKs refuse this one.",
            "Copy the publishable key again, whole."),
    PUBLISHABLE_KEYS_DIFFER(
            "The app's pages and its server have different publishable keys, and look for different cookies.",
            "Give both the same publishable key."),
    PUBLISHABLE_KEY_OF_ANOTHER_INSTANCE(
            "Tokens of this server name another issuer than the app expects. Nobody is ever signed in.",
            "Use the publishable key that this server prints when it starts; after its data were deleted, the new one."),
    SECRET_KEY_MISSING(
            "Without a secret key the app's server can neither verify a token nor take part in a handshake.",
            "Set CLERK_SECRET_KEY."),
    SECRET_KEY_MALFORMED(
            "A secret key begins with sk_test_ or sk_live_. This is another value, perhaps the publishable key.",
            "Copy the secret key into CLERK_SECRET_KEY and the publishable key into its own variable."),
    SECRET_KEY_PUBLIC(
            "A secret key stands in a variable that is built into the pages, where everybody can read it.",
            "Take it out of that variable, make a new key with `usher secret-key create` and revoke this one."),
    SECRET_KEY_REFUSED(
            "The server does not know the secret key, or it was revoked. Handshakes are never completed.",
            "Use a key that this server prints when it starts, or make one with `usher secret-key create`."),
    KEYS_OF_DIFFERENT_INSTANCES(
            "The secret key is valid, but belongs to another instance than the publishable key.",
            "Take both keys from the same instance."),
    KEYS_OF_DIFFERENT_ENVIRONMENTS(
            "One key is for development (test), the other one for production (live).",
            "Take both keys from the same instance."),
    API_URL_MISSING(
            "Without CLERK_API_URL the app's server asks a public server, which knows neither the keys nor the sessions.",
            "Set CLERK_API_URL to the address of this server."),
    API_URL_MALFORMED("An address begins with http:// or https:// and names a host.", "Write CLERK_API_URL whole."),
    API_URL_WITH_PATH(
            "SDKs put /v1 after this address by themselves. With a path in it, every call goes astray.",
            "Leave the address at scheme, host and port."),
    API_URL_WRONG_SCHEME(
            "The address says https:// and the server there speaks http, or the other way round.",
            "Write the scheme that the server speaks."),
    API_URL_UNREACHABLE(
            "Nothing answers at the address of the API, seen from here.",
            "Start Usher, or put its host and port into CLERK_API_URL. In containers, localhost is the container itself."),
    API_URL_NOT_USHER(
            "Something answers at the address of the API, and it is not Usher. It may be the app itself.",
            "Put the address of Usher into CLERK_API_URL."),
    API_VERSION_UNKNOWN(
            "CLERK_API_VERSION is the beginning of the path of every call. There is no other than v1.",
            "Take CLERK_API_VERSION out."),
    SERVER_UNWELL("The server answers and its database does not.", "Look at the server's log."),
    PROXY_URL_MISSING(
            "The host in the publishable key leads nowhere, and browsers are sent there without a proxy address.",
            "Set CLERK_PROXY_URL (Next.js: NEXT_PUBLIC_CLERK_PROXY_URL; Vite: VITE_CLERK_PROXY_URL) to this server."),
    PROXY_URL_MALFORMED(
            "A proxy address is absolute, or a path that begins with a slash.", "Write the proxy address whole."),
    PROXY_URL_WITH_VERSION(
            "SDKs put /v1 after the proxy address by themselves. Every call goes astray.",
            "Take /v1 off the end of the proxy address."),
    PROXY_URL_UNREACHABLE(
            "Nothing answers at the proxy address. Browsers that are sent to it stay there.",
            "Start Usher, or correct the proxy address."),
    PROXY_URL_NOT_USHER(
            "Something answers at the proxy address, and it is not Usher's Frontend API.",
            "Put the address of Usher, or of the proxy in front of it, into the proxy address."),
    PROXY_URLS_DIFFER(
            "The app's pages and its server have different proxy addresses.", "Give both the same proxy address."),
    PROXY_PATH_WITHOUT_TARGET(
            "With a proxy address that is a path, the SDK's own proxy forwards to CLERK_FAPI_URL, which is not set.",
            "Set CLERK_FAPI_URL to the address of this server."),
    URLS_OF_DIFFERENT_SERVERS(
            "Browsers are sent to one instance, and the app's server asks another one.",
            "Let the API address and the proxy address lead to the same instance."),
    JWT_KEY_MALFORMED(
            "CLERK_JWT_KEY is no public key in PEM. No token can be verified with it.",
            "Copy the key again, with \\n for each line end and double quotes around it, or take the variable out."),
    JWT_KEY_OF_ANOTHER_INSTANCE(
            "CLERK_JWT_KEY is not a key that this server signs with: an old one, or another instance's.",
            "Copy the present key, or take the variable out, so that the SDK asks for the keys itself."),
    SCRIPT_URL_MISSING(
            "With an http:// proxy address SDKs load their scripts by https:// from the same port, where nothing answers.",
            "Set the address of clerk-js too: NEXT_PUBLIC_CLERK_JS_URL, VITE_CLERK_JS_URL, with the path below /npm/."),
    SCRIPT_URL_NOT_FOUND(
            "There is no script at the address of clerk-js. Pages stay empty.",
            "Use /npm/@clerk/clerk-js@6/dist/clerk.browser.js at this server."),
    SATELLITE_UNSUPPORTED(
            "The app is configured as a satellite of another domain, which this server does not offer.",
            "Take CLERK_IS_SATELLITE out."),
    DOMAIN_AND_PROXY(
            "Both a domain and a proxy address are set, and SDKs refuse or ignore one of them.",
            "Take CLERK_DOMAIN out."),
    WEBHOOK_SECRET_MALFORMED(
            "A signing secret of webhooks is whsec_ and base64. Every webhook would be refused.",
            "Copy the signing secret again."),
    SIGN_IN_URL_NOT_FOUND(
            "The app's sign-in page does not exist. People who have to sign in end there.",
            "Make the page, or correct CLERK_SIGN_IN_URL."),
    SIGN_IN_URL_CIRCLE(
            "The app's sign-in page asks for a sign-in itself and sends people to itself.",
            "Leave the sign-in page open to everybody in the app's middleware."),
    CLOCK_OF_THE_APP(
            "The clocks of the app's server and of Usher differ by more than five seconds. Tokens are refused as too old"
                    + " or as not valid yet, and pages go round in circles.",
            "Set both clocks by a time server (NTP). In a virtual machine, wake its clock up after a pause."),
    CLOCK_OF_THIS_MACHINE(
            "The clock of this machine and Usher's differ by more than five seconds. If the app runs here, its tokens are"
                    + " refused as too old or as not valid yet.",
            "Set both clocks by a time server (NTP). On a development server, restart after its clock was moved."),
    APP_UNREACHABLE("Nothing answers at the address of the app.", "Start the app, or name its address with --app."),
    APP_FAILS("The app answers with an error of its own.", "Read the app's log; the findings above often explain it."),
    MIDDLEWARE_MISSING(
            "The app's answer shows no sign of Clerk's middleware (x-clerk-auth-status). It knows nobody.",
            "Put clerkMiddleware() before the routes, and let it match this path."),
    HANDSHAKE_ELSEWHERE(
            "The app sends browsers to a host that is not this server to find out who is signed in.",
            "Give the app the proxy address, and the middleware too where it has options of its own."),
    HANDSHAKE_CIRCLE(
            "The app asks again and again who is signed in. A browser goes round in circles.",
            "See the reason that the app gives, and the other findings."),
    REDIRECT_URL_WRONG_HOST(
            "The app does not know under which host it is called, and has browsers sent back to another one. Cookies do"
                    + " not arrive.",
            "Let the proxy in front of the app send X-Forwarded-Host."),
    REDIRECT_URL_WRONG_SCHEME(
            "The app does not know whether it is called by http or https, and has browsers sent back to the wrong one.",
            "Let the proxy in front of the app send X-Forwarded-Proto."),
    REDIRECT_URL_NOT_ALLOWED(
            "Pages wanted a browser back at an address that is not one of this instance's. It was not sent there.",
            "Add the origin to instance.allowed-origins, or call the app by localhost in development."),
    COOKIES_NOT_SET(
            "The app's answer to the handshake sets no cookies; something between takes them out.",
            "Let the proxy in front of the app pass Set-Cookie on."),
    COOKIES_BLOCKED(
            "A browser did not bring back the cookies that it was given, neither here nor in the app.",
            "Allow cookies for both, and call both by names of one kind: localhost and localhost, not an address."),
    POLICY_BLOCKS_USHER(
            "The app's Content-Security-Policy forbids scripts or requests to this server. Pages stay empty.",
            "Allow this server in script-src and connect-src."),
    PAGE_KEY_DIFFERS(
            "The app's page carries another publishable key than the app's settings: an old build, or another instance.",
            "Build the app again with the present key."),
    PAGE_CACHED(
            "The app allows caches to keep a page that depends on who is signed in.",
            "Answer such pages with Cache-Control: private or no-store."),
    ORIGIN_NOT_ALLOWED(
            "Pages of an origin that is not one of this instance's called, and were refused.",
            "Add the origin to instance.allowed-origins."),
    ORIGIN_MISSING(
            "Changes were asked for without an Origin header, which browsers always send with them.",
            "Let the proxy pass Origin on; apps that are no pages call with _is_native=1."),
    ORIGIN_AND_AUTHORIZATION(
            "Requests came with Origin and Authorization both. A page's requests carry no Authorization.",
            "Send one of them: pages rely on cookies, apps on Authorization."),
    PROXY_WITHOUT_KEY(
            "A proxy sent Clerk-Proxy-Url without Clerk-Secret-Key.", "Let the proxy send the secret key as well."),
    PROXY_KEY_REFUSED(
            "A proxy showed a secret key that is none of this server's.", "Give the proxy a valid secret key."),
    PROXY_URL_INVALID(
            "A proxy sent something in Clerk-Proxy-Url that is no address.",
            "Let it send the whole public address, such as https://example.com/__clerk."),
    PROXY_NOT_TRUSTED(
            "A proxy said by X-Forwarded-Proto or X-Forwarded-Host how it was called, and is not believed.",
            "Name the proxy's address in listen.trusted-proxies, or let it send the three headers of a Clerk proxy."),
    HOST_UNKNOWN(
            "Requests came under a host name that is none of this server's instances.",
            "Let the proxy in front of Usher pass Host on, or correct instance.frontend-api-host and public-url."),
    KEY_REFUSED_BY_SERVER(
            "Somebody called the Backend API with a secret key that is not valid here.",
            "Look for an app with an old key or one of another instance."),
    DATE_VERSION_UNKNOWN(
            "An SDK asked for a dated API version that this server does not know.",
            "Update Usher, or take an older version of the SDK."),
    DEVELOPMENT_BROWSER_UNKNOWN(
            "A browser showed a development token that this server never gave out, or has forgotten.",
            "Nothing, when the server's data were deleted: the page gets a new one. Otherwise delete its cookies."),
    NATIVE_OFF(
            "An app that keeps its client token itself was refused: the native API is off.",
            "Set instance.native-api to true."),
    REQUEST_TOO_LARGE(
            "A request had more headers than the server reads, mostly too many cookies on one domain.",
            "Delete old cookies; keep custom claims small."),
    CIRCLE_CLOCK(
            "A circle was cut. The clocks of this server and of the app's server differ.",
            "Set both by a time server (NTP)."),
    CIRCLE_COOKIES(
            "A circle was cut. The browser does not send the app the cookies that it was given: they are blocked, or the"
                    + " app is called under another name than its pages are.",
            "Allow cookies, and let proxies pass Cookie and Set-Cookie on."),
    CIRCLE_KEYS(
            "A circle was cut. The app does not accept this server's session tokens. Its publishable key or its secret key"
                    + " belongs to another instance, or CLERK_JWT_KEY is an old one.",
            "Compare the app's keys with those that the server prints when it starts."),
    CIRCLE_ORGANIZATION(
            "A circle was cut. The address names an organization that the person is no member of, or that does not exist.",
            "Correct the address or its pattern in the app's organizationSyncOptions."),
    CIRCLE_ORIGIN(
            "A circle was cut. A page is asked for from another origin again and again; a proxy may be hiding its address.",
            "Let the proxy in front of the app send X-Forwarded-Host and X-Forwarded-Proto."),
    CONFIGURATION_FAULTY(
            "The server's own configuration has faults. It does not start with it.", "Mend each fault that is named."),
    PUBLIC_URL_INSECURE(
            "The production server's public address is http. Cookies with Secure do not come back.",
            "Put TLS in front of it and write https:// into public-url.");

    private final String means;
    private final String mend;

    Fault(String means, String mend) {
        this.means = means;
        this.mend = mend;
    }

    /** The name that scripts and people look for. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String means() {
        return means;
    }

    public String mend() {
        return mend;
    }

    /** Whether things work in spite of it, or might. */
    public boolean isWarning() {
        return switch (this) {
            case VARIABLE_TWICE,
                    DOMAIN_AND_PROXY,
                    MIDDLEWARE_MISSING,
                    PAGE_CACHED,
                    KEY_REFUSED_BY_SERVER,
                    DEVELOPMENT_BROWSER_UNKNOWN,
                    ORIGIN_MISSING,
                    ORIGIN_AND_AUTHORIZATION,
                    REQUEST_TOO_LARGE,
                    NATIVE_OFF,
                    HOST_UNKNOWN,
                    PROXY_NOT_TRUSTED -> true;
            default -> false;
        };
    }
}
