package dev.usher.app;

import dev.usher.http.Listener;
import dev.usher.http.TrustedProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How connections are taken: in the clear or with a certificate, and whose word on where they come from is believed. */
final class ListenReader {
    private final ConfigValues values;

    ListenReader(ConfigValues values) {
        this.values = values;
    }

    Config.ListenConfig read() {
        return new Config.ListenConfig(certificate(), trustedProxies());
    }

    private Optional<Listener.Certificate> certificate() {
        Optional<Path> chain = file("listen.tls.certificate");
        Optional<Path> key = file("listen.tls.key");
        if (chain.isPresent() != key.isPresent())
            values.fault("listen.tls: certificate and key are given both or not at all");
        return chain.flatMap(certificate -> key.map(secret -> new Listener.Certificate(certificate, secret)));
    }

    private Optional<Path> file(String key) {
        Optional<Path> path = values.text(key).map(Path::of);
        path.filter(file -> !Files.isReadable(file)).ifPresent(file -> values.fault(key + ": cannot read " + file));
        return path;
    }

    private TrustedProxies trustedProxies() {
        List<String> texts = values.list("listen.trusted-proxies").stream()
                .filter(text -> !text.isEmpty())
                .toList();
        Optional<TrustedProxies> trusted = TrustedProxies.parse(texts);
        if (trusted.isEmpty()) values.fault("listen.trusted-proxies: must be addresses or blocks such as 10.0.0.0/8");
        return trusted.orElse(TrustedProxies.none());
    }
}
