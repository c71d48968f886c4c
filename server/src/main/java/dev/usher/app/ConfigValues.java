package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.base.Spans;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Keys and values from a file with the environment over it; collects every fault instead of stopping at the first. */
final class ConfigValues {
    private static final String PREFIX = "USHER_";
    private static final String INSTANCE = "instance.";
    /** Variables of this name space that are no settings: the env file's address, and the launcher's own. */
    private static final Set<String> NO_SETTINGS =
            Set.of("USHER_URL", "USHER_JAVA_HOME", "USHER_JAVA_OPTIONS", "USHER_HOME");

    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Set<String> asked;
    private final Map<String, String> effective;
    private final List<String> faults;
    private final String instancePlace;

    private ConfigValues(Map<String, String> file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
        this.asked = new LinkedHashSet<>();
        this.effective = new LinkedHashMap<>();
        this.faults = new ArrayList<>();
        this.instancePlace = INSTANCE;
    }

    private ConfigValues(ConfigValues all, String instancePlace) {
        this.file = all.file;
        this.environment = all.environment;
        this.asked = all.asked;
        this.effective = all.effective;
        this.faults = all.faults;
        this.instancePlace = instancePlace;
    }

    /** The same values, of which those of the instance stand at this place of the list of instances. */
    ConfigValues ofInstance(int index) {
        return new ConfigValues(this, "instances." + index + ".");
    }

    /** How many instances the list has. */
    int instances() {
        int count = 0;
        while (hasInstance(count)) count++;
        return count;
    }

    private boolean hasInstance(int index) {
        return file.keySet().stream().anyMatch(key -> key.startsWith("instances." + index + "."))
                || environment.keySet().stream().anyMatch(name -> name.startsWith(PREFIX + "INSTANCES_" + index + "_"));
    }

    private String placed(String key) {
        return key.startsWith(INSTANCE) ? instancePlace + key.substring(INSTANCE.length()) : key;
    }

    static ConfigValues read(Optional<Path> path, Map<String, String> environment) {
        if (path.isEmpty()) return new ConfigValues(Map.of(), environment);
        if (!Files.isReadable(path.get())) return unreadable("cannot read " + path.get(), environment);
        return ofFile(path.get(), environment);
    }

    private static ConfigValues ofFile(Path path, Map<String, String> environment) {
        try {
            var config = io.helidon.config.Config.builder()
                    .addSource(ConfigSources.file(path))
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .disableFilterServices()
                    .disableValueResolving()
                    .build();
            return new ConfigValues(new TreeMap<>(config.asMap().orElse(Map.of())), environment);
        } catch (ConfigException e) {
            return unreadable(path + " is no YAML that can be read: " + innermost(e), environment);
        } catch (StackOverflowError e) {
            return unreadable(path + " contains itself", environment);
        }
    }

    private static ConfigValues unreadable(String fault, Map<String, String> environment) {
        ConfigValues none = new ConfigValues(Map.of(), environment);
        none.faults.add(fault);
        return none;
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** The value of a key, by environment first, then by file. */
    Optional<String> text(String setting) {
        String key = placed(setting);
        asked.add(key);
        String variable =
                PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        asked.add(variable);
        Optional<String> value = Optional.ofNullable(environment.get(variable))
                .or(() -> Optional.ofNullable(file.get(key)))
                .map(String::trim)
                .filter(text -> !text.isEmpty());
        value.ifPresent(text -> effective.put(key, text));
        return value;
    }

    String text(String key, String byDefault) {
        return text(key).orElseGet(() -> defaulted(key, byDefault, byDefault));
    }

    private <T> T defaulted(String key, T value, String shown) {
        effective.put(placed(key), shown);
        return value;
    }

    boolean flag(String key, boolean byDefault) {
        String text = text(key, String.valueOf(byDefault));
        if (!text.equals("true") && !text.equals("false")) fault(key + ": must be true or false, not " + text);
        return text.equals("true");
    }

    int number(String key, int byDefault, int least, int most) {
        String text = text(key, String.valueOf(byDefault));
        if (text.matches("\\d{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) return value;
        }
        fault(key + ": must be a number from " + least + " to " + most + ", not " + text);
        return byDefault;
    }

    Duration span(String key, Duration byDefault, Duration least, Duration most) {
        String text = text(key, Spans.text(byDefault));
        Optional<Duration> value = within(Spans.parse(text), least, most);
        if (value.isEmpty()) fault(range(key, least, most, text));
        return value.orElse(byDefault);
    }

    /** A duration, or empty for {@code off}. */
    Optional<Duration> spanOrOff(String key, Optional<Duration> byDefault, Duration least, Duration most) {
        String text = text(key, byDefault.map(Spans::text).orElse("off"));
        if (text.equals("off") || text.equals("false")) return Optional.empty();
        Optional<Duration> value = within(Spans.parse(text), least, most);
        if (value.isPresent()) return value;
        fault(range(key, least, most, text) + " (or off)");
        return Optional.of(least);
    }

    private static Optional<Duration> within(Optional<Duration> value, Duration least, Duration most) {
        return value.filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0);
    }

    private static String range(String key, Duration least, Duration most, String found) {
        return key + ": must be a duration from " + Spans.text(least) + " to " + Spans.text(most) + ", not " + found;
    }

    /** A list with a default. */
    List<String> list(String key, List<String> byDefault) {
        List<String> given = list(key);
        return given.isEmpty() ? defaulted(key, byDefault, String.join(",", byDefault)) : given;
    }

    /** A list, written as such in the file or with commas in the environment. */
    List<String> list(String setting) {
        String key = placed(setting);
        List<String> items = new ArrayList<>();
        String item = file.get(key + ".0");
        for (int i = 1; item != null; i++) {
            asked.add(key + "." + (i - 1));
            items.add(item.trim());
            item = file.get(key + "." + i);
        }
        text(key).ifPresent(commas -> {
            items.clear();
            items.addAll(List.of(commas.split("\\s*,\\s*", -1)));
        });
        effective.put(key, String.join(",", items));
        return List.copyOf(items);
    }

    /** The words that stand right below a key in the file. */
    Set<String> names(String key) {
        String prefix = key + ".";
        return file.keySet().stream()
                .filter(other -> other.startsWith(prefix))
                .map(other -> other.substring(prefix.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A secret, given by value or in a file of its own. */
    Optional<Secret> secret(String setting) {
        Optional<String> secret = document(setting);
        effective.computeIfPresent(placed(setting), (name, value) -> "****");
        return secret.map(Secret::of);
    }

    /** A text that may be long, given by value or in a file of its own. */
    Optional<String> document(String setting) {
        String key = placed(setting);
        Optional<String> value = text(key);
        value.ifPresent(text -> effective.put(key, text.replaceAll("\\s*\\R\\s*", " ")));
        Optional<String> path = text(key + "-file");
        if (value.isPresent() && path.isPresent()) fault(key + ": give the value or the file, not both");
        return value.or(() -> path.flatMap(name -> contents(key, name)));
    }

    private Optional<String> contents(String key, String name) {
        try {
            return Optional.of(Files.readString(Path.of(name)).trim());
        } catch (IOException e) {
            fault(key + "-file: cannot read " + name);
            return Optional.empty();
        }
    }

    /** What of a value may be seen. */
    void shown(String key, String text) {
        effective.put(key, text);
    }

    void fault(String text) {
        faults.add(placed(text));
    }

    Map<String, String> effective() {
        return effective;
    }

    /** Every fault, the keys that nobody asked for among them. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        file.keySet().stream()
                .filter(key -> !asked.contains(key))
                .filter(key -> file.keySet().stream().noneMatch(other -> other.startsWith(key + ".")))
                .forEach(key -> all.add(key + ": no setting of this name"));
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !asked.contains(name) && !NO_SETTINGS.contains(name))
                .sorted()
                .forEach(name -> all.add(name + ": no setting of this name"));
        return all;
    }
}
