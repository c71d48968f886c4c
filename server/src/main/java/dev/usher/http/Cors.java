package dev.usher.http;

/** Lets allowed origins read answers, by exact echo and never by a star where cookies are concerned (Fetch, CORS protocol). */
final class Cors {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String REQUEST_HEADERS = "authorization, content-type, clerk-api-version, x-mobile,"
            + " x-expo-sdk-version, x-ios-sdk-version, x-android-sdk-version, x-native-device-id, x-clerk-client-id";
    private static final String RESPONSE_HEADERS = "Authorization, Clerk-Db-Jwt, X-Country, Retry-After, Date";

    private Cors() {}

    static void decorate(Exchange exchange, Reply reply) {
        if (!exchange.isForApi() || reply.has("Access-Control-Allow-Origin")) return;
        reply.header("Vary", "Origin");
        exchange.header("origin").filter(exchange::allowsOrigin).ifPresent(origin -> allow(reply, origin));
        boolean asksFirst = exchange.method().equals("OPTIONS") && reply.has("Access-Control-Allow-Origin");
        if (asksFirst)
            reply.header("Access-Control-Allow-Methods", METHODS)
                    .header("Access-Control-Allow-Headers", REQUEST_HEADERS)
                    .header("Access-Control-Max-Age", "86400");
    }

    /** A request that broke before its instance was known is told so, without any permission. */
    static void decorateUnrouted(Request request, Reply reply) {
        if (!request.headers("origin").isEmpty()) reply.header("Vary", "Origin");
        reply.header("Cache-Control", "no-store");
    }

    private static void allow(Reply reply, String origin) {
        reply.header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Access-Control-Expose-Headers", RESPONSE_HEADERS);
    }
}
