package dev.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImportedUserStoreTest {
    static Stream<Arguments> lookups() {
        return Stream.of(
                Arguments.of("user_account_by_username", ImportedUserStore.BY_USERNAME),
                Arguments.of("user_account_by_external_id", ImportedUserStore.BY_EXTERNAL_ID));
    }

    /** An import asks once for each user: a scan of the table would make its time grow with the square. */
    @ParameterizedTest
    @MethodSource("lookups")
    void everyLookupGoesByItsIndex(String index, String sql) {
        String bound = sql.replaceAll(":\\w+", "'x'");
        try (Store store = SqliteStore.inMemory()) {
            List<String> plan = store.read(tx -> tx.query("explain query plan " + bound)
                    .map((row, context) -> row.getString("detail"))
                    .list());
            assertThat(plan).singleElement().asString().startsWith("SEARCH").contains(index);
        }
    }
}
