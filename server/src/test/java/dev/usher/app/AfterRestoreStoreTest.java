package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A table that is new stands on one side or the other: it is ended by a restore, or it is kept on purpose. */
class AfterRestoreStoreTest {
    private static final Pattern TABLE = Pattern.compile("(?im)^create table (?:if not exists )?([a-z_]+)");

    /** What people and operators made, and what is spent already: {@code exchanged_token} keeps tokens from being used again. */
    private static final Set<String> KEPT = Set.of(
            "backup_code_set",
            "client",
            "code_budget",
            "email_address",
            "exchanged_token",
            "import_refusal",
            "import_run",
            "instance",
            "jwt_template",
            "organization",
            "organization_logo",
            "organization_membership",
            "organization_permission",
            "organization_role",
            "organization_role_permission",
            "passkey",
            "phone_number",
            "secret_key",
            "signing_key",
            "totp",
            "user_account",
            "user_picture",
            "webhook_endpoint",
            "webhook_event");

    @Test
    void everyTableIsEndedOrKeptOnPurpose() throws IOException {
        Set<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dev/usher/store/sqlite"))) {
            for (Path file : files.toList())
                TABLE.matcher(Files.readString(file)).results().forEach(found -> all.add(found.group(1)));
        }
        Set<String> decided = new TreeSet<>(KEPT);
        decided.addAll(AfterRestoreStore.VOIDED.keySet());
        assertThat(decided).isEqualTo(all);
    }
}
