package dev.usher.store;

import dev.usher.base.Secret;
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

    /** Not by the JDK's URI, which knows no list of hosts. */
    private static Optional<PostgresAddress> ofUri(String url) {
        if (!url.startsWith("postgresql://")) return Optional.empty();
        String rest = url.substring("postgresql://".length());
        int end = (rest + "/").indexOf('/');
        int at = rest.lastIndexOf('@', end);
        String userInfo = at < 0 ? "" : rest.substring(0, at);
        int colon = (userInfo + ":").indexOf(':');
        return Optional.of(new PostgresAddress(
                JDBC + "//" + rest.substring(at + 1),
                part(userInfo.substring(0, colon)),
                part(userInfo.substring(Math.min(colon + 1, userInfo.length()))).map(Secret::of)));
    }

    private static Optional<String> part(String encoded) {
        try {
            return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .filter(text -> !text.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.of(encoded); // a percent sign that is none of ours
        }
    }

    private boolean isUnderstood() {
        return org.postgresql.Driver.parseURL(jdbcUrl, null) != null;
    }

    /** The same with these credentials, where they are given. */
    public PostgresAddress with(Optional<String> otherUser, Optional<Secret> otherPassword) {
        return new PostgresAddress(jdbcUrl, otherUser.or(() -> user), otherPassword.or(() -> password));
    }

    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setApplicationName("usher");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(1);
        source.setLoginTimeout(1);
        source.setUrl(jdbcUrl);
        user.ifPresent(source::setUser);
        password.map(Secret::reveal).ifPresent(source::setPassword);
        return source;
    }

    /** Without the password, wherever it stood. */
    @Override
    public String toString() {
        return jdbcUrl.replaceAll("(?i)([?&]password=)[^&]*", "$1****");
    }
}
