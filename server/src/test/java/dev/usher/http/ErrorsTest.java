package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal stands in the published catalogue, with its status. */
class ErrorsTest {
    private static final Map<String, Set<Integer>> CATALOGUE = catalogue();

    private static Map<String, Set<Integer>> catalogue() {
        try (var in = Objects.requireNonNull(ErrorsTest.class.getResourceAsStream("/spec/error-codes.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .filter(columns -> columns.length > 1 && columns[1].matches("\\d+"))
                    .collect(Collectors.groupingBy(
                            columns -> columns[0],
                            Collectors.mapping(columns -> Integer.valueOf(columns[1]), Collectors.toSet())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every class of this room whose name ends so makes refusals. */
    private static Stream<Class<?>> makers() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.usher.http")
                        .stream()
                        .filter(type -> type.getSimpleName().endsWith("Errors"))
                        .map(JavaClass::reflect);
    }

    static Stream<Method> refusals() {
        return makers().flatMap(maker -> Arrays.stream(maker.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == Refusal.class && !method.isSynthetic());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isPublishedWithThisStatus(Method method) throws ReflectiveOperationException {
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(ErrorsTest::any).toArray();
        Refusal refusal = (Refusal) method.invoke(null, arguments);
        assertThat(CATALOGUE).containsKey(refusal.code());
        assertThat(CATALOGUE.get(refusal.code())).contains(refusal.status());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void speaksToPeople(Method method) throws ReflectiveOperationException {
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(ErrorsTest::any).toArray();
        var json = ((Refusal) method.invoke(null, arguments)).json();
        assertThat(List.of("message", "long_message", "code")).allMatch(json::has);
        assertThat(json.get("long_message").asString()).isNotBlank();
    }

    private static Object any(Class<?> type) {
        if (type == String.class) return "x";
        if (type == int.class) return 1;
        if (type == List.class) return List.of("x");
        if (type == Duration.class) return Duration.ofSeconds(3);
        throw new IllegalStateException("an error made from " + type);
    }
}
