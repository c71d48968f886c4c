package dev.usher.store;

import dev.usher.base.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is: {@code jdbc:postgresql://…} as the driver knows it, or {@code postgres://user:password@host/name} as
 * everybody else does. Parameters, those of TLS among them, go to the driver as they are. Prints without its password.
 */
public final class PostgresAddress {
    private static final String JDBC = "jdbc:postgresql:";

    private final String jdbcUrl;
    private final Optional<String> user;
    private final Optional<Secret> password;

    private PostgresAddress(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /** The address, or empty when the text is none. */
    public static Optional<PostgresAddress> parse(String text) {
        String url = text.startsWith("postgres:") ? "postgresql:" + text.substring(9) : text;
        Optional<PostgresAddress> address = url.startsWith(JDBC)
                ? Optional.of(new PostgresAddress(url, Optional.empty(), Optional.empty()))
                : ofUri(url);
        return address.filter(PostgresAddress::isUnderstood);
    }

    private static Optional<PostgresAddress> ofUri(String url) {
        if (!url.startsWith("postgresql://")) return Optional.empty();
        try {
            URI uri = new URI(url);
            String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            int colon = userInfo.indexOf(':');
            String rest = url.substring("postgresql://".length());
            return Optional.of(new PostgresAddress(
                    JDBC + "//" + (userInfo.isEmpty() ? rest : rest.substring(userInfo.length() + 1)),
                    part(colon < 0 ? userInfo : userInfo.substring(0, colon)),
                    part(colon < 0 ? "" : userInfo.substring(colon + 1)).map(Secret::of)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> part(String encoded) {
        return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty());
    }

    private boolean isUnderstood() {
        return org.postgresql.Driver.parseURL(jdbcUrl, null) != null;
    }

    PGSimpleDataSource source(Optional<String> givenUser, Optional<Secret> givenPassword) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setApplicationName("usher");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(2);
        source.setLoginTimeout(2);
        source.setUrl(jdbcUrl);
        givenUser.or(() -> user).ifPresent(source::setUser);
        givenPassword.or(() -> password).map(Secret::reveal).ifPresent(source::setPassword);
        return source;
    }

    /** Without the password, wherever it stood. */
    @Override
    public String toString() {
        return jdbcUrl.replaceAll("(?i)([?&]password=)[^&]*", "$1****");
    }
}
