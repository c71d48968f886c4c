package dev.usher.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Contract;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that says which operations work, against the published documents and a running server. */
class CompatibilityTest {
    private static final Path PAGE = Path.of("../docs/compatibility.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+) (/[^` ]*)` \\| ([a-z ]+?) \\| ?(.*?) ?\\|");
    private static final Set<String> SERVED = Set.of("done", "partial");
    private static final Set<String> STATUSES = Set.of("done", "partial", "planned", "not planned");

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static List<Row> rows = List.of();

    private enum Api {
        FRONTEND,
        BACKEND
    }

    private record Row(Api api, String verb, String template, String status, String note) {
        String operation() {
            return verb + " " + template;
        }

        boolean isServed() {
            return SERVED.contains(status);
        }

        /** A path with a made-up word for each parameter. */
        String path() {
            return template.replaceAll("\\{[^}]+}", "nobody");
        }

        /** Whether a request for the other's path fits this one's template too. */
        boolean shadows(Row other) {
            if (this.equals(other) || api != other.api || !verb.equals(other.verb)) return false;
            String regex = Pattern.quote(template).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
            return other.path().matches(regex);
        }

        @Override
        public String toString() {
            return api + " " + operation() + " (" + status + ")";
        }
    }

    @BeforeAll
    static void readThePage() throws IOException {
        List<Row> read = new ArrayList<>();
        Api api = Api.FRONTEND;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.equals("## Backend API")) api = Api.BACKEND;
            if (!line.startsWith("| `") || line.startsWith("| `GET /npm") || line.contains("`GET /_usher")) continue;
            Matcher row = ROW.matcher(line);
            if (row.matches()) read.add(new Row(api, row.group(1), row.group(2), row.group(3), row.group(4)));
        }
        rows = List.copyOf(read);
    }

    @ParameterizedTest
    @EnumSource
    void everyPublishedOperationStandsInThePageOnce(Api api) {
        Contract published = Contract.published();
        assertThat(rows.stream().filter(row -> row.api() == api).map(Row::operation))
                .containsExactlyInAnyOrderElementsOf(
                        api == Api.FRONTEND ? published.frontendOperations() : published.backendOperations());
    }

    @Test
    void everyStatusIsOneOfTheFourAndPartialOnesSayWhatIsMissing() {
        assertThat(rows).allMatch(row -> STATUSES.contains(row.status()));
        assertThat(rows)
                .filteredOn(row -> row.status().equals("partial"))
                .allMatch(row -> !row.note().isBlank());
    }

    @Test
    void whatThePageCallsDoneOrPartialIsAnswered() {
        assertThat(rows.stream().filter(Row::isServed)).isNotEmpty().noneMatch(CompatibilityTest::leadsNowhere);
    }

    @Test
    void whatThePageCallsPlannedOrNotPlannedLeadsNowhere() {
        assertThat(rows.stream().filter(row -> !row.isServed())).isNotEmpty().allMatch(CompatibilityTest::leadsNowhere);
    }

    private static boolean leadsNowhere(Row row) {
        Answer answer = usher.knock(request(row));
        boolean noRoute = answer.status() == 404 && answer.text().contains("This URL leads to no resource.");
        // A page asks for what only servers may ask: the key is missed, since nothing is there for pages.
        boolean forServers = row.api() == Api.FRONTEND && answer.code().equals("clerk_key_invalid");
        boolean isTakenForAnother = answer.status() == 404 && !row.isServed() && isShadowed(row);
        return noRoute || forServers || isTakenForAnother;
    }

    /** {@code /users/count} without a route of its own is taken for the user "count", who is not found. */
    private static boolean isShadowed(Row row) {
        return rows.stream().filter(Row::isServed).anyMatch(other -> other.shadows(row));
    }

    private static Call request(Row row) {
        Call call = Call.of(row.verb(), row.path());
        if (row.api() == Api.BACKEND) {
            String key = usher.process().key("CLERK_SECRET_KEY");
            return call.with("Authorization", "Bearer " + key);
        }
        return row.verb().equals("GET") ? call : call.with("Origin", usher.url());
    }
}
