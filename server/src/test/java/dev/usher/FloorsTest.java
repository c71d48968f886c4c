package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The floors of the house: a room may use itself and the rooms named here, and no other. */
class FloorsTest {
    private static final Set<String> GROUND = Set.of("base", "store", "http");
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("base", Set.of()),
            Map.entry("observe", Set.of("base")),
            Map.entry("store", Set.of("base")),
            Map.entry("http", Set.of("base", "store")),
            Map.entry("delivery", Set.of("base", "store")),
            Map.entry("instance", GROUND),
            Map.entry("doctor", with(GROUND, "instance")),
            Map.entry("picture", with(GROUND, "instance")),
            Map.entry("user", with(GROUND, "instance", "picture")),
            Map.entry("factor", with(GROUND, "instance", "user", "delivery")),
            Map.entry("organization", with(GROUND, "instance", "picture", "user", "delivery")),
            Map.entry("ticket", with(GROUND, "instance", "user", "organization", "delivery")),
            Map.entry("session", with(GROUND, "instance", "user", "organization")),
            Map.entry("token", with(GROUND, "instance", "picture", "user", "organization", "session")),
            Map.entry("client", with(GROUND, "instance", "user", "session")),
            Map.entry("handshake", with(GROUND, "instance", "user", "session", "client", "doctor")),
            Map.entry(
                    "signin",
                    with(GROUND, "instance", "user", "organization", "ticket", "session", "factor", "client")),
            Map.entry("reverification", with(GROUND, "instance", "user", "session", "factor", "client")),
            Map.entry("account", with(GROUND, "instance", "user", "session", "factor")),
            Map.entry("webhook", with(GROUND, "instance", "user", "organization", "session", "delivery")),
            Map.entry("intake", with(GROUND, "instance", "user", "factor")),
            Map.entry("console", with(GROUND, "instance", "delivery", "webhook")),
            Map.entry(
                    "backend",
                    with(
                            GROUND,
                            "instance",
                            "picture",
                            "user",
                            "factor",
                            "organization",
                            "ticket",
                            "session",
                            "token",
                            "client")),
            Map.entry(
                    "app",
                    with(
                            GROUND,
                            "observe",
                            "delivery",
                            "doctor",
                            "instance",
                            "picture",
                            "user",
                            "factor",
                            "organization",
                            "ticket",
                            "session",
                            "token",
                            "client",
                            "handshake",
                            "signin",
                            "account",
                            "intake",
                            "webhook",
                            "reverification",
                            "console",
                            "backend")));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.usher");

    private static Set<String> with(Set<String> ground, String... more) {
        Set<String> all = new TreeSet<>(ground);
        all.addAll(Set.of(more));
        return all;
    }

    @Test
    void everyRoomIsOnThePlan() {
        Set<String> rooms = classes.stream().map(FloorsTest::room).collect(Collectors.toSet());
        assertThat(rooms).isEqualTo(MAY_USE.keySet());
    }

    @Test
    void noRoomUsesOneThatIsNotBelowIt() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes)
            for (Dependency use : type.getDirectDependenciesFromSelf())
                if (isForbidden(type, use.getTargetClass())) wrong.add(room(type) + " -> " + use.getDescription());
        assertThat(wrong).isEmpty();
    }

    private static boolean isForbidden(JavaClass from, JavaClass to) {
        if (!to.getPackageName().startsWith("dev.usher.")) return false;
        return !room(from).equals(room(to))
                && !MAY_USE.getOrDefault(room(from), Set.of()).contains(room(to));
    }

    @Test
    void theWebServersTypesStayAtTheEdge() {
        assertThat(usersOf("io.helidon.webserver", "io.helidon.http")).containsOnly("http");
    }

    @Test
    void theDatabasesTypesStayInRoomsWithTables() {
        assertThat(usersOf("org.sqlite", "org.postgresql", "com.zaxxer", "org.flywaydb"))
                .containsOnly("store");
    }

    private Set<String> usersOf(String... packages) {
        return classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(use -> use.getTargetClass().getPackageName())
                        .anyMatch(name -> Set.of(packages).stream().anyMatch(name::startsWith)))
                .map(FloorsTest::room)
                .collect(Collectors.toSet());
    }

    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
    }
}
