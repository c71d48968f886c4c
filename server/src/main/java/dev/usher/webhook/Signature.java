package dev.usher.webhook;

import dev.usher.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs events by Standard Webhooks: HMAC-SHA-256 over id, time and body. */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private Signature() {}

    /** A secret in its written form. */
    static Secret written(byte[] key) {
        return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The key behind a secret; empty for what is no secret of 24 to 64 bytes. */
    static Optional<byte[]> key(Secret secret) {
        String text = secret.reveal();
        if (!text.startsWith(PREFIX)) return Optional.empty();
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())))
                    .filter(bytes -> bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The headers of an event, under the names of the open standard and under those that Clerk's SDKs read. */
    static Map<String, String> headers(String id, Instant now, String body, List<byte[]> keys) {
        String time = String.valueOf(now.getEpochSecond());
        String signed = id + "." + time + "." + body;
        String signatures = keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
        Map<String, String> headers = new LinkedHashMap<>();
        for (String family : List.of("webhook", "svix")) {
            headers.put(family + "-id", id);
            headers.put(family + "-timestamp", time);
            headers.put(family + "-signature", signatures);
        }
        return headers;
    }

    private static String hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
