package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that lists every direct dependency, against the files that declare them. */
class DependenciesPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<(?:dependency|path)>\\s*(?:<!--.*?-->\\s*)?<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>",
            Pattern.DOTALL);

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static Set<String> listed() throws IOException {
        return ROW.matcher(text("docs/dependencies.md"))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> declared(String pom) throws IOException {
        return DEPENDENCY
                .matcher(text(pom))
                .results()
                .map(DependenciesPageTest::name)
                .collect(Collectors.toSet());
    }

    private static String name(MatchResult dependency) {
        return dependency.group(1) + ":" + dependency.group(2);
    }

    private static Set<String> ofNpm() throws IOException {
        Set<String> names = new TreeSet<>(Json.parse(text("checks/clients/package.json"))
                .path("dependencies")
                .propertyNames());
        Json.parse(text("server/frontend/bundles.json"))
                .path("bundles")
                .forEach(bundle -> names.add(bundle.path("name").asString()));
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"server/pom.xml", "checks/pom.xml", "bench/pom.xml"})
    void everyDependencyOfAModuleStandsInThePage(String pom) throws IOException {
        Set<String> declared = declared(pom);
        declared.remove("dev.usher:usher-server");
        declared.remove("*:*");
        assertThat(declared).isNotEmpty().isSubsetOf(listed());
    }

    @Test
    void everyPackageFromNpmStandsInThePage() throws IOException {
        assertThat(ofNpm()).isNotEmpty().isSubsetOf(listed());
    }

    @Test
    void thePageListsNothingThatIsGone() throws IOException {
        String everything =
                text("pom.xml") + text("server/pom.xml") + text("checks/pom.xml") + text("bench/pom.xml") + ofNpm();
        assertThat(listed())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(everything)
                        .contains(name.startsWith("@") ? name : name.substring(name.indexOf(':') + 1)));
    }
}
