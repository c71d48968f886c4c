package dev.usher.checks.harness;

import java.util.HashMap;
import java.util.Map;

/** The published catalogue of error codes, each with its status. */
final class ErrorCodes {
    private final Map<String, String> statusByCode = new HashMap<>();

    ErrorCodes() {
        for (String line : Resources.lines("spec/error-codes.tsv")) {
            String[] columns = line.split("\t", -1);
            statusByCode.put(columns[0], columns[1]);
        }
    }

    boolean knows(String code, int status) {
        String published = statusByCode.get(code);
        return published != null && (published.isEmpty() || published.equals(String.valueOf(status)));
    }
}
