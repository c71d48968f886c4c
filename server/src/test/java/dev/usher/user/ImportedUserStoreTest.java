package dev.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedUserStoreTest {
    /** An import asks once for each user: a scan of the table would make its time grow with the square. */
    @ParameterizedTest
    @CsvSource({
        "user_account_by_username, " + ImportedUserStore.BY_USERNAME,
        "user_account_by_external_id, " + ImportedUserStore.BY_EXTERNAL_ID
    })
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
