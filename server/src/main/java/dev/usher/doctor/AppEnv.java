package dev.usher.doctor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of an app, as its environment files give them; a later file goes over an earlier one.
 *
 * @param values by name
 * @param twice names that one file gives more than one value
 * @param misread files that are no UTF-8, or begin with a byte order mark
 */
record AppEnv(Map<String, String> values, List<String> twice, List<String> misread, List<String> missing) {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern PUBLIC =
            Pattern.compile("(NEXT_PUBLIC|VITE|EXPO_PUBLIC|PUBLIC|NUXT_PUBLIC|REACT_APP|GATSBY)_.*");
    private static final String MARK = "\ufeff";

    /** A file that was looked for. */
    record File(String name, Optional<byte[]> bytes) {}

    static AppEnv of(List<File> files) {
        AppEnv env = new AppEnv(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (File file : files)
            file.bytes().ifPresentOrElse(bytes -> env.read(file.name(), bytes), () -> env.missing.add(file.name()));
        return env;
    }

    private void read(String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isWide = text.indexOf('\0') >= 0;
        if (isWide || text.startsWith(MARK)) misread.add(name);
        String plain = isWide ? new String(bytes, StandardCharsets.UTF_16) : text;
        Map<String, String> here = new LinkedHashMap<>();
        for (String line : logical(plain.replace(MARK, ""))) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) continue;
            String value = value(parts.group(2));
            String before = here.put(parts.group(1), value);
            if (before != null && !before.equals(value)) twice.add(parts.group(1));
        }
        values.putAll(here);
    }

    /** Lines, with those inside double quotes put together. */
    private static List<String> logical(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : text.split("\\R", -1)) {
            if (open.isEmpty() && line.stripLeading().startsWith("#")) continue;
            open.append(open.isEmpty() ? "" : "\n").append(line);
            boolean isOpen = open.toString().matches("(?s)[^=\"]*=\\s*\"[^\"]*");
            if (!isOpen) lines.add(open.toString());
            if (!isOpen) open.setLength(0);
        }
        lines.add(open.toString());
        return lines;
    }

    private static String value(String text) {
        String stripped = text.strip();
        if (stripped.length() > 1 && stripped.startsWith("\"") && stripped.lastIndexOf('"') > 0)
            return stripped.substring(1, stripped.lastIndexOf('"')).replace("\\n", "\n");
        if (stripped.length() > 1 && stripped.startsWith("'") && stripped.endsWith("'"))
            return stripped.substring(1, stripped.length() - 1);
        return stripped.replaceFirst("\\s+#.*$", "");
    }

    /** A variable of this very name. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** Variables of this name and those with the prefix of a framework before it, by their names. */
    Map<String, String> all(String name) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            boolean meant = key.equals(name) || key.endsWith("_" + name);
            if (meant && !value.isEmpty()) found.put(key, value);
        });
        return found;
    }

    Optional<String> any(String name) {
        return all(name).values().stream().findFirst();
    }

    Optional<String> publishableKey() {
        return any("CLERK_PUBLISHABLE_KEY");
    }

    Optional<String> secretKey() {
        return get("CLERK_SECRET_KEY").filter(AppEnv::isSecretKey);
    }

    static boolean isSecretKey(String value) {
        return value.matches("sk_(test|live)_[A-Za-z0-9]{8,}");
    }

    Optional<String> proxyUrl() {
        return any("CLERK_PROXY_URL");
    }

    Optional<String> absoluteProxyUrl() {
        return proxyUrl().filter(Asking::isAddress);
    }

    /** Names that are built into pages. */
    List<String> publicNames() {
        return values.keySet().stream()
                .filter(name -> PUBLIC.matcher(name).matches())
                .toList();
    }

    /** The host inside a publishable key; empty when it is none. */
    static Optional<String> host(String publishableKey) {
        Matcher parts = Pattern.compile("pk_(?:test|live)_([A-Za-z0-9+/_-]+=*)").matcher(publishableKey);
        if (!parts.matches()) return Optional.empty();
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(parts.group(1).replace('-', '+').replace('_', '/'));
            String host = new String(bytes, StandardCharsets.UTF_8);
            return Optional.of(host)
                    .filter(text -> text.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(:\\d+)?\\$"))
                    .map(text -> text.substring(0, text.length() - 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
