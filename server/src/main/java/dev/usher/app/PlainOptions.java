package dev.usher.app;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a server's command where they are written plainly: {@code --name value} or {@code --name=value}. The command
 * line's library takes a fifth of the time to start to come to the same result; it is asked about everything else.
 */
record PlainOptions(Map<String, String> values) {
    private static final String SET = "";

    /** The options after the command's name.
     *
     * @param valued the options that have a value
     * @param flags the options that have none
     * @return empty when anything is not plain: unknown, given twice, without its value, or with an empty one
     */
    static Optional<PlainOptions> of(String[] command, Set<String> valued, Set<String> flags) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> words =
                Arrays.asList(command).subList(1, command.length).iterator();
        while (words.hasNext()) {
            String word = words.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = SET;
            if (valued.contains(name)) {
                value = equals >= 0 ? word.substring(equals + 1) : words.hasNext() ? words.next() : "";
                if (value.isEmpty() || value.startsWith("-")) return Optional.empty();
            } else if (equals >= 0 || !flags.contains(name)) return Optional.empty();
            if (values.putIfAbsent(name, value) != null) return Optional.empty();
        }
        return Optional.of(new PlainOptions(values));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean isSet(String flag) {
        return values.containsKey(flag);
    }
}
