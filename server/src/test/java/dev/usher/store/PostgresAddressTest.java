package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAddressTest {
    private static PGSimpleDataSource source(String url) {
        return PostgresAddress.parse(url).orElseThrow().source();
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://ann:s%40cret@db.example:6432/usher, ann, s@cret, db.example, 6432, usher",
        "postgresql://ann@db.example/usher, ann, , db.example, 0, usher",
        "jdbc:postgresql://db.example:5433/usher?user=ann&password=p, ann, p, db.example, 5433, usher",
        "postgres://db.example/usher, , , db.example, 0, usher",
        "postgres://a+b:c+d@db.example/usher, a+b, c+d, db.example, 0, usher",
    })
    void isReadInEveryForm(String url, String user, String password, String host, int port, String database) {
        PGSimpleDataSource source = source(url);
        assertThat(source.getUser()).isEqualTo(user);
        assertThat(source.getPassword()).isEqualTo(password);
        assertThat(source.getServerNames()).containsExactly(host);
        assertThat(source.getPortNumbers()).containsExactly(port == 0 ? 5432 : port);
        assertThat(source.getDatabaseName()).isEqualTo(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "usher.db",
                "mysql://db/usher",
                "jdbc:mysql://db/usher",
                "postgres://db:port/usher",
                "http://x"
            })
    void otherTextsAreNone(String text) {
        assertThat(PostgresAddress.parse(text)).isEmpty();
    }

    @Test
    void parametersGoToTheDriver() {
        PGSimpleDataSource source = source("postgres://db.example/usher?sslmode=verify-full&sslrootcert=/etc/ca.pem");
        assertThat(source.getSslMode()).isEqualTo("verify-full");
        assertThat(source.getSslRootCert()).isEqualTo("/etc/ca.pem");
    }

    @Test
    void severalHostsAreTriedInTurn() {
        assertThat(source("postgres://ann@one:1,two:2/usher?targetServerType=primary")
                        .getServerNames())
                .containsExactly("one", "two");
    }

    @Test
    void whatIsGivenBesideItWins() {
        PGSimpleDataSource source = PostgresAddress.parse("postgres://ann:old@db/usher")
                .orElseThrow()
                .with(Optional.of("bob"), Optional.of(Secret.of("new")))
                .source();
        assertThat(source.getUser()).isEqualTo("bob");
        assertThat(source.getPassword()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ann:hush@db/usher?sslmode=require",
                "jdbc:postgresql://db/usher?password=hush&user=ann",
            })
    void printsWithoutItsPassword(String url) {
        assertThat(PostgresAddress.parse(url).orElseThrow().toString())
                .doesNotContain("hush")
                .contains("db/usher");
    }
}
